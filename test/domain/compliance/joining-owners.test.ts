import { expect, test } from "vitest";
import { joiningOwners, withOwners } from "../../../src/domain/compliance/joining-owners.ts";
import type { TaggedPeople } from "../../../src/domain/compliance/issue-view.ts";
import { buildCase } from "./build-issue-view.ts";

const PEOPLE: TaggedPeople = {
  tagged: [
    { kind: "person", name: "octocat", because: "author" },
    { kind: "team", name: "acme/server", because: "owner" },
  ],
  listed: [],
  ownersMayBeIncomplete: false,
};
const MONA = { kind: "person", name: "mona", because: "owner" } as const;

test("the issue names the owners of checks that joined it, each once, though they wrote part of it", () => {
  const cases = [buildCase(), buildCase({ id: 2, owners: ["@Mona", "@acme/Server", "@mona", "@octocat"] })];
  expect(withOwners(PEOPLE, cases)).toEqual({
    ...PEOPLE,
    tagged: [...PEOPLE.tagged, MONA, { kind: "person", name: "octocat", because: "owner" }],
  });
});

test("of those who join, whoever was told already is not told again", () => {
  const joining = buildCase({ id: 2, owners: ["@mona", "@acme/server", "@octocat"] });
  const tagged = [...PEOPLE.tagged, MONA];
  expect(joiningOwners({ cases: [buildCase(), joining], people: PEOPLE }, [joining])).toEqual([MONA]);
  // Those whom the issue names for this very check were not told of it yet.
  expect(joiningOwners({ cases: [buildCase(), joining], people: { ...PEOPLE, tagged } }, [joining])).toEqual([
    MONA,
  ]);
});
