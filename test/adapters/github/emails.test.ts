import { expect, test } from "vitest";
import { like } from "./answers.ts";
import { faultOf, REPOSITORY, startGitHub } from "./github-under-test.ts";

test.each([
  [
    "a person who shows an address",
    { body: like("public-user-default-response", { email: "o@example.com" }) },
    "o@example.com",
  ],
  ["a person who shows none", { body: like("public-user-default-response", { email: null }) }, null],
  ["nobody of that name", { status: 404, body: { message: "Not Found" } }, null],
])("%s", async (_, answer, email) => {
  const under = startGitHub();
  under.on("GET", "/users/octocat", answer);
  expect(await under.github.readEmail(REPOSITORY, "octocat")).toBe(email);
});

test("an answer that is none is a fault", async () => {
  const under = startGitHub();
  under.on("GET", "/users/octocat", { status: 410, body: { message: "Gone" } });
  const { code } = await faultOf(under.github.readEmail(REPOSITORY, "octocat"));
  expect(code).toBe("github-inconsistent");
});
