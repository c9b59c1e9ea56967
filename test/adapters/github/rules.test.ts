import { expect, test } from "vitest";
import { repositoryAnswer } from "./answers.ts";
import { APP_ID, faultOf, REPOSITORY, spent, startGitHub } from "./github-under-test.ts";

const PATH = "/repos/acme/storefront/rules/branches/production";
const OTHER_RULE = {
  type: "deletion",
  ruleset_source_type: "Repository",
  ruleset_source: "acme/storefront",
  ruleset_id: 1,
};

function requiring(...required: readonly object[]): object {
  return {
    ...OTHER_RULE,
    type: "required_status_checks",
    parameters: { required_status_checks: required, strict_required_status_checks_policy: false },
  };
}

test("REL-64: what a ruleset requires, and whether it counts from this App alone; asked once an hour", async () => {
  const under = startGitHub();
  under.on("GET", PATH, {
    body: [
      OTHER_RULE,
      requiring({ context: "holdpoint/gate", integration_id: APP_ID }, { context: "ci" }),
      requiring({ context: "holdpoint/tickets", integration_id: 1 }),
    ],
  });
  const read = () => under.github.readRequiredStatuses(REPOSITORY, "production");
  const value = [
    { context: "holdpoint/gate", onlyOurs: true },
    { context: "ci", onlyOurs: false },
    { context: "holdpoint/tickets", onlyOurs: false },
  ];
  expect(await read()).toEqual({ state: "known", value });
  under.clock.advance(3_599_000);
  await read();
  expect(spent(under)).toBe(1);
  under.clock.advance(1_000);
  await read();
  expect(spent(under)).toBe(2);
});

test("rules that GitHub does not show are missing", async () => {
  const under = startGitHub();
  under.on("GET", /\/repositories\/\d+$/, { body: repositoryAnswer("acme", "storefront") });
  under.on("GET", PATH, { status: 404, body: { message: "Not Found" }, lies: true });
  const read = await under.github.readRequiredStatuses(REPOSITORY, "production");
  expect(read.state).toBe("missing");
});

test("an outage is a fault, and is not kept for an hour", async () => {
  const under = startGitHub();
  under.on("GET", PATH, { status: 502, body: {}, lies: true });
  expect((await faultOf(under.github.readRequiredStatuses(REPOSITORY, "production"))).kind).toBe(
    "retry-later",
  );
  under.on("GET", PATH, { body: [] });
  expect(await under.github.readRequiredStatuses(REPOSITORY, "production")).toEqual({
    state: "known",
    value: [],
  });
});
