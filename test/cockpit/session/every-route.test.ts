import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formToken } from "../../../src/cockpit/session/form-token.ts";
import { hashSessionId } from "../../../src/cockpit/session/hash-session-id.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";

let cockpit: OpenCockpit;
let cookie: string;
beforeAll(async () => {
  cockpit = await openCockpit();
  cookie = await cockpit.signIn("octocat", [[await cockpit.repository("acme/storefront"), "admin"]]);
});
afterAll(() => cockpit.close());

/** What a stranger may ask for: how to come in, and what browsers load for it. */
const OPEN = /^\/(?:-\/(?:sign-in|sign-in\/github|signed-in|assets\/1\/1|appearance)|signed-in|api\/1)$/;

/** Every address that there is, with something in the place of each parameter. */
function addresses(method: string): readonly string[] {
  const paths = cockpit.app.routes
    .filter((route) => route.method === method && !route.path.includes("*"))
    .map(({ path }) =>
      path
        .replace(":owner", "acme")
        .replace(/:repo(?:\{[^}]*\})?/, "storefront")
        .replaceAll(/:[a-z]+(?:\{[^}]*\})?/gi, "1"),
    );
  return [...new Set(paths)];
}

describe("REL-76: every address of the cockpit", () => {
  test("takes no form that another site sends, whatever token it carries", async () => {
    const forms = addresses("POST");
    expect(forms.length).toBeGreaterThan(5);
    const token = formToken({ sessionHash: hashSessionId(cookie.replace("holdpoint=", "")) });
    const answers = await Promise.all(
      forms.flatMap((path) =>
        ["https://evil.example", "null"].map(async (origin) => {
          const answer = await cockpit.post(path, cookie, { token }, { origin });
          return `${path} ${origin} ${answer.status}`;
        }),
      ),
    );
    // Light or dark is nothing to be asked about: it is not there for others.
    expect(answers.filter((answer) => !/ 403$|^\/-\/appearance .* 404$/.test(answer))).toEqual([]);
  });

  test("takes no form without its session's token", async () => {
    const forms = addresses("POST").filter((path) => path !== "/-/sign-out" && !OPEN.test(path));
    const answers = await Promise.all(
      forms.map(async (path) => `${path} ${(await cockpit.post(path, cookie, { token: "x" })).status}`),
    );
    expect(answers.filter((answer) => !/ 4\d\d$/.test(answer))).toEqual([]);
  });

  test("leads those who are not signed in to sign-in, and shows them nothing", async () => {
    const pages = addresses("GET").filter((path) => !OPEN.test(path));
    expect(pages.length).toBeGreaterThan(5);
    const answers = await Promise.all(
      pages.map(async (path) => {
        const answer = await cockpit.get(path);
        return `${path} ${answer.status} ${answer.headers.get("location")?.split("?")[0]}`;
      }),
    );
    expect(answers.filter((answer) => !answer.endsWith(" 302 /-/sign-in"))).toEqual([]);
  });
});
