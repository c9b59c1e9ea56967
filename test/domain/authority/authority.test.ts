import { describe, expect, test } from "vitest";
import {
  authorityOf,
  type BasePermission,
  type TeamAnswer,
} from "../../../src/domain/authority/authority.ts";
import type { OverridePolicy } from "../../../src/domain/policy.ts";
import { known, unread } from "../build-snapshot.ts";

type Said = "active" | "pending" | "none" | "unread";

function team(name: string, said: Said): TeamAnswer {
  return { team: name, membership: said === "unread" ? unread("github-forbidden") : known(said) };
}

const ADMINS: OverridePolicy["allow"] = { kind: "permission", permission: "admin" };
const WRITERS: OverridePolicy["allow"] = { kind: "permission", permission: "write" };
const TEAMS: OverridePolicy["allow"] = { kind: "teams", teams: ["acme/a", "acme/b"] };

describe("who may lift and who may halt", () => {
  test.each<readonly [OverridePolicy["allow"], BasePermission, lifts: boolean, halts: boolean]>([
    [ADMINS, "admin", true, true],
    [ADMINS, "write", false, true],
    [ADMINS, "read", false, false],
    [ADMINS, "none", false, false],
    [WRITERS, "admin", true, true],
    [WRITERS, "write", true, true],
    [WRITERS, "read", false, false],
    [WRITERS, "none", false, false],
    [TEAMS, "admin", false, true],
    [TEAMS, "none", false, false],
  ])("%j: %s", (allow, permission, mayLift, mayWrite) => {
    expect(authorityOf(allow, "octocat", permission, [])).toEqual({
      login: "octocat",
      mayWrite,
      mayLift,
      unreadTeam: null,
    });
  });

  test.each<readonly [readonly Said[], lifts: boolean, unread: string | null]>([
    [["active"], true, null],
    [["none", "active"], true, null],
    [["unread", "active"], true, null],
    [["pending", "none"], false, null],
    [["none", "unread"], false, "acme/b"],
    [["unread", "pending"], false, "acme/a"],
  ])("REL-59: of teams that say %j: %s", (said, mayLift, unreadTeam) => {
    const teams = said.map((one, index) => team(index === 0 ? "acme/a" : "acme/b", one));
    expect(authorityOf(TEAMS, "octocat", "write", teams)).toMatchObject({ mayLift, unreadTeam });
  });
});
