import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenCockpit, openCockpit } from "./open-cockpit.ts";
import { storeWorld } from "./overview/overview-world.ts";

let cockpit: OpenCockpit;
beforeAll(async () => {
  cockpit = await openCockpit();
});
afterAll(() => cockpit.close());

describe("a repository's page", () => {
  test("is there for those who may see it, and for nobody else", async () => {
    const theirs = await cockpit.repository("acme/storefront");
    await storeWorld(cockpit, theirs, { fresh: true });
    const secret = await cockpit.repository("acme/secret");
    const cookie = await cockpit.signIn("octocat", [[theirs, "read"]]);
    expect((await cockpit.get("/acme/storefront", cookie)).status).toBe(200);
    const forbidden = await cockpit.get("/acme/secret", cookie);
    const absent = await cockpit.get("/acme/nothing", cookie);
    expect(forbidden.status).toBe(404);
    expect(await forbidden.text()).toBe(await absent.text());
    expect(secret.id).not.toBe(theirs.id);
  });

  test("REL-74: is not there under a name that no database takes", async () => {
    const cookie = await cockpit.signIn("hubot", [[await cockpit.repository("acme/website"), "read"]]);
    const paths = ["/acme/web%00site", "/ac%00me/website/history", "/acme/website%00/mend/PLAY-1"];
    const answers = await Promise.all(paths.map((path) => cockpit.get(path, cookie)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  test("sends those who are not signed in to sign in, and back", async () => {
    const answer = await cockpit.get("/acme/storefront?environment=staging");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(
      "/-/sign-in?return_to=%2Facme%2Fstorefront%3Fenvironment%3Dstaging",
    );
  });
});
