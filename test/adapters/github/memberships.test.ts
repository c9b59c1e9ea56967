import { describe, expect, test } from "vitest";
import { like } from "./answers.ts";
import { faultOf, type GitHubUnderTest, isJson, REPOSITORY, startGitHub } from "./github-under-test.ts";

const TEAM = "/orgs/acme/teams/release";
const MEMBER = `${TEAM}/memberships/octocat`;
const UNREADABLE = {
  state: "unknown",
  because: "github-forbidden",
  detail: "The team acme/release was not found, or the App may not see it.",
  retryAt: null,
};

function membership(state: string): unknown {
  return { ...like("team-membership-response-if-user-is-a-team-maintainer"), state };
}

function read({ github }: GitHubUnderTest, team = "acme/release"): Promise<unknown> {
  return github.readMembership(REPOSITORY, team, "octocat");
}

describe("the membership of a person in a team", () => {
  test.each(["active", "pending"])("%s is told apart", async (state) => {
    const under = startGitHub();
    under.on("GET", MEMBER, { body: membership(state) });
    expect(await read(under)).toEqual({ state: "known", value: state });
  });

  test("404 is a no where the team itself can be seen", async () => {
    const under = startGitHub();
    under.on("GET", MEMBER, { status: 404, body: {} });
    const { organization } = like("team-full");
    const whole = isJson(organization) ? { ...organization, archived_at: null } : null;
    under.on("GET", TEAM, { body: like("team-full", { type: "organization", organization: whole }) });
    expect(await read(under)).toEqual({ state: "known", value: "none" });
  });

  test("404 of the team, too: there is none, or the App may not look, and nobody knows", async () => {
    const under = startGitHub();
    under.on("GET", MEMBER, { status: 404, body: {} });
    under.on("GET", TEAM, { status: 404, body: {} });
    expect(await read(under)).toEqual(UNREADABLE);
  });

  test("a refusal says nothing of anybody", async () => {
    const under = startGitHub();
    under.on("GET", MEMBER, { status: 403, body: { message: "Resource not accessible by integration" } });
    expect(await read(under)).toEqual(UNREADABLE);
  });

  test.each([
    ["a limit", { status: 403, body: { message: "secondary rate limit" } }, "github-rate-limited"],
    ["an outage", { status: 503, body: {} }, "github-unreachable"],
    [
      "a word that GitHub does not document",
      { body: membership("owner"), lies: true },
      "github-inconsistent",
    ],
  ])("REL-59: %s is a fault, not a no", async (_, reply, code) => {
    const under = startGitHub();
    under.on("GET", MEMBER, reply);
    expect((await faultOf(read(under))).code).toBe(code);
  });

  test.each(["release", "acme/", "/release", "acme/release/x"])("%s is no team", async (team) => {
    const under = startGitHub();
    expect(await read(under, team)).toMatchObject({ state: "unknown" });
    expect(under.requests).toEqual([]);
  });
});
