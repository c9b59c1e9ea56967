import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formToken } from "../../../src/cockpit/session/form-token.ts";
import { hashSessionId } from "../../../src/cockpit/session/hash-session-id.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";

let cockpit: OpenCockpit;
let cookie: string;
let token: string;
beforeAll(async () => {
  cockpit = await openCockpit();
  cookie = await cockpit.signIn("octocat", [[await cockpit.repository(), "read"]]);
  token = formToken({ sessionHash: hashSessionId(cookie.split("=")[1] ?? "") });
});
afterAll(() => cockpit.close());

describe("POST /-/appearance", () => {
  test("keeps what was chosen, and leads back", async () => {
    const form = { token, mode: "dark", return_to: "/acme/storefront" };
    const answer = await cockpit.post("/-/appearance", cookie, form);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/acme/storefront");
    expect(answer.headers.get("set-cookie")).toBe(
      "holdpoint-appearance=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax",
    );
    const page = await cockpit.get("/", `${cookie}; holdpoint-appearance=dark`);
    expect(await page.text()).toContain('data-color-mode="dark"');
  });

  test("keeps nothing that is no appearance, and leads nowhere else", async () => {
    const form = { token, mode: "<script>", return_to: "//evil.example" };
    const answer = await cockpit.post("/-/appearance", cookie, form);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/");
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test.each([
    ["another site", { token: true, origin: "https://evil.example" }],
    ["nobody", { token: true, origin: "null" }],
    ["a page without the token", { token: false, origin: "http://127.0.0.1:3000" }],
  ])("REL-76: takes nothing from %s", async (_, { token: withToken, origin }) => {
    const form = { ...(withToken ? { token } : {}), mode: "dark", return_to: "/" };
    const answer = await cockpit.post("/-/appearance", cookie, form, { origin });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });
});
