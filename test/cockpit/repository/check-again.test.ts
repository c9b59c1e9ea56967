import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerRequest } from "../../../src/handlers/answer-request.ts";
import type { JobRequest } from "../../../src/queue/jobs.ts";
import { findRequest } from "../../../src/store/request.ts";
import { openHandlerTest, type HandlerTest } from "../../handlers/small-github.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { keepDeploy, wordsOf } from "./build-deploy.ts";

let cockpit: OpenCockpit;
const asked: JobRequest[] = [];
let handlers: HandlerTest;
beforeAll(async () => {
  handlers = await openHandlerTest();
  cockpit = await openCockpit({
    queue: {
      enqueue: (_, jobs) => Promise.resolve(void asked.push(...jobs)),
      counts: () => Promise.reject(new Error("not asked")),
    },
  });
});
afterAll(async () => {
  await cockpit.close();
  await handlers.db.drop();
});

/** What stands in the form of the page. */
function tokenIn(page: string): string {
  return /id="check-again"[\s\S]*?name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

describe("“Check again”", () => {
  test("asks for it in the person's name, answers with the page, and the page says what became of it", async () => {
    const repository = await cockpit.repository("acme/again");
    await keepDeploy(cockpit, repository);
    const cookie = await cockpit.signIn("octocat", [[repository, "read"]]);
    const page = await (await cockpit.get("/acme/again", cookie)).text();
    const sent = await cockpit.post("/acme/again/gate/check", cookie, {
      token: tokenIn(page),
      environment: "",
    });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/acme/again?request=1"]);
    const request = await findRequest(cockpit.db.database, 1);
    expect([request?.wish, request?.by.login, request?.state]).toEqual([
      { kind: "check" },
      "octocat",
      "asked",
    ]);
    expect(wordsOf(await (await cockpit.get("/acme/again?request=1", cookie)).text())).toContain(
      "On its way",
    );
    const subject = { kind: "request", repositoryId: repository.id, requestId: 1 } as const;
    expect(asked.map(({ data }) => data)).toContainEqual(expect.objectContaining({ subject }));
    const { dependencies } = handlers;
    await answerRequest({ ...dependencies, database: cockpit.db.database }, subject);
    const after = wordsOf(await (await cockpit.get("/acme/again?request=1", cookie)).text());
    expect(after).toContain("Done Everything is being read again; what is found appears here by itself.");
    const stranger = await cockpit.signIn("hubot", [[repository, "read"]]);
    const theirs = wordsOf(await (await cockpit.get("/acme/again?request=1", stranger)).text());
    expect(theirs).not.toContain("Everything is being read again");
  });

  test("without the form's own token, or from another place, does nothing", async () => {
    const repository = await cockpit.repository("acme/guarded");
    await keepDeploy(cockpit, repository);
    const cookie = await cockpit.signIn("octocat", [[repository, "admin"]]);
    const page = await (await cockpit.get("/acme/guarded", cookie)).text();
    const token = tokenIn(page);
    const before = asked.length;
    for (const [form, headers] of [
      [{}, {}],
      [{ token: "guessed" }, {}],
      [{ token }, { origin: "https://evil.example" }],
    ] as const) {
      const answer = await cockpit.post("/acme/guarded/gate/check", cookie, { ...form }, { ...headers });
      expect([403, 409]).toContain(answer.status);
    }
    expect(asked.length).toBe(before);
  });

  test("of what somebody may not see is not there", async () => {
    const theirs = await cockpit.repository("acme/theirs");
    await cockpit.repository("acme/hidden");
    await keepDeploy(cockpit, theirs);
    const cookie = await cockpit.signIn("octocat", [[theirs, "admin"]]);
    const page = await (await cockpit.get("/acme/theirs", cookie)).text();
    const sent = await cockpit.post("/acme/hidden/gate/check", cookie, { token: tokenIn(page) });
    expect(sent.status).toBe(404);
  });
});
