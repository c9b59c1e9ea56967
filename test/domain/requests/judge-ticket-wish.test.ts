import { describe, expect, test } from "vitest";
import { type MendingGround, refuseTicketWish } from "../../../src/domain/requests/judge-ticket-wish.ts";
import { buildPolicy, buildTicketPolicy, key } from "../build-snapshot.ts";

type Wish = Parameters<typeof refuseTicketWish>[0];

const GROUND: MendingGround = { policy: buildPolicy(), hasJira: true, mayWrite: true, isCarried: true };
const field = { name: "Risk assessment", seen: null, wanted: "Low" };
const FILL: Wish = { kind: "fill-fields", ticket: key("PLAY-1"), fields: [field] };
const MOVE: Wish = {
  kind: "move-ticket",
  ticket: key("PLAY-1"),
  transition: { id: "31", name: "Accept", to: "Ready to deploy" },
  seen: "In Review",
};
const ANY_PROJECT = buildPolicy({ tickets: buildTicketPolicy({ projects: [] }) });
const LOWER_CASE = buildPolicy({ tickets: buildTicketPolicy({ projects: ["play"] }) });

describe("who may change which ticket", () => {
  test.each<readonly [string, Wish, Partial<MendingGround>, string | null]>([
    ["a field of the policy, by somebody with write access", FILL, {}, null],
    ["a move, by somebody with write access", MOVE, {}, null],
    ["a project that the policy writes in lower case", FILL, { policy: LOWER_CASE }, null],
    ["any project, where the policy lists none", FILL, { policy: ANY_PROJECT }, "no-projects"],
    ["somebody who only reads", FILL, { mayWrite: false }, "needs-write"],
    ["somebody who only reads, and moves", MOVE, { mayWrite: false }, "needs-write"],
    ["a repository without a policy", FILL, { policy: null }, "no-policy"],
    ["a Holdpoint without Jira", FILL, { hasJira: false }, "no-jira"],
    ["a ticket of another project", { ...FILL, ticket: key("OPS-1") }, {}, "not-of-this-repository"],
    ["a ticket that nothing here carries", FILL, { isCarried: false }, "not-of-this-repository"],
    [
      "a ticket that nothing here carries, where the policy lists no projects",
      MOVE,
      { policy: ANY_PROJECT, isCarried: false },
      "no-projects",
    ],
    ["nothing at all", { ...FILL, fields: [] }, {}, "nothing-changed"],
    ["the same field twice", { ...FILL, fields: [field, field] }, {}, "malformed"],
    ["another field", { ...FILL, fields: [{ ...field, name: "Summary" }] }, {}, "unknown-field"],
    ["an empty text", { ...FILL, fields: [{ ...field, wanted: " \n " }] }, {}, "empty"],
    ["32,767 characters", { ...FILL, fields: [{ ...field, wanted: "x".repeat(32_767) }] }, {}, null],
    ["32,768 characters", { ...FILL, fields: [{ ...field, wanted: "x".repeat(32_768) }] }, {}, "too-long"],
  ])("%s", (_, wish, changes, code) => {
    expect(refuseTicketWish(wish, { ...GROUND, ...changes })?.code ?? null).toBe(code);
  });

  test("what is too long is told with both lengths", () => {
    const wish: Wish = { ...FILL, fields: [{ ...field, wanted: "x".repeat(40_000) }] };
    expect(refuseTicketWish(wish, GROUND)?.message).toBe(
      "“Risk assessment” is 40,000 characters long, and Jira takes 32,767: nothing was saved. What you typed is below.",
    );
  });
});
