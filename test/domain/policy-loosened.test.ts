import { describe, expect, test } from "vitest";
import type { DeferredCheckPolicy, Policy } from "../../src/domain/policy.ts";
import { type Loosening, standOn } from "../../src/domain/policy-loosened.ts";
import { buildPolicy } from "./build-snapshot.ts";
import { buildCheck } from "./compliance/case-history.ts";

const HOUR = 3_600_000;
const CHECK: DeferredCheckPolicy = { ...buildCheck(), name: "Integration" };
const ACCEPTED = policy({});

function policy({
  check = {},
  override = {},
  ...changes
}: Partial<Omit<Policy, "override">> & {
  readonly check?: Partial<DeferredCheckPolicy>;
  readonly override?: Partial<Policy["override"]>;
}): Policy {
  const base = buildPolicy();
  return {
    ...base,
    mode: "enforce",
    trunk: null,
    deploy: {
      ...base.deploy,
      environments: [{ name: "production", base: { kind: "branch", branch: "live" } }],
    },
    deferred: { ...base.deferred, checks: [{ ...CHECK, ...check }] },
    override: {
      label: "halt-override",
      allow: { kind: "teams", teams: ["acme/a"] },
      expires: 24 * HOUR,
      max: 72 * HOUR,
      reason: "required",
      fourEyes: true,
      ...override,
    },
    ...changes,
  };
}

describe("J9: what asks for less waits, and what stands meanwhile is the stricter part", () => {
  test.each<readonly [claim: string, Policy, readonly Loosening[]]>([
    ["the same", policy({}), []],
    ["observe", policy({ mode: "observe" }), [{ what: "mode" }]],
    [
      "one environment alone, of all",
      policy({ check: { environments: ["staging"] } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    ["another trunk", policy({ trunk: "next" }), [{ what: "trunk" }]],
    [
      "a check dropped",
      policy({ deferred: { ...ACCEPTED.deferred, checks: [] } }),
      [{ what: "check-dropped", name: "Integration" }],
    ],
    [
      "a longer grace",
      policy({ check: { grace: CHECK.grace + 1 } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    [
      "more reds wanted",
      policy({ check: { confirm: CHECK.confirm + 1 } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    [
      "a longer wait for a newer run",
      policy({ check: { verifyGrace: CHECK.verifyGrace + 1 } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    [
      "fewer environments",
      policy({ check: { environments: ["staging"] } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    [
      "one more event that counts as proof",
      policy({ check: { events: [...CHECK.events, "workflow_dispatch"] } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    [
      "another selector",
      policy({ check: { match: { kind: "workflow", workflow: "other.yml", job: null } } }),
      [{ what: "check-looser", name: "Integration" }],
    ],
    [
      "an environment less",
      policy({ deploy: { ...ACCEPTED.deploy, environments: [] } }),
      [{ what: "environment", name: "production" }],
    ],
    [
      "one more team",
      policy({ override: { allow: { kind: "teams", teams: ["acme/a", "acme/b"] } } }),
      [{ what: "allow" }],
    ],
    [
      "a permission in the place of teams",
      policy({ override: { allow: { kind: "permission", permission: "admin" } } }),
      [{ what: "allow" }],
    ],
    ["two eyes", policy({ override: { fourEyes: false } }), [{ what: "four-eyes" }]],
    ["no reason wanted", policy({ override: { reason: "optional" } }), [{ what: "reason" }]],
    ["a longer max", policy({ override: { max: 99 * HOUR } }), [{ what: "max" }]],
    ["longer overrides", policy({ override: { expires: 48 * HOUR } }), [{ what: "expires" }]],
  ])("%s", (_, current, loosened) => {
    const standing = standOn(ACCEPTED, current);
    expect(standing.loosened).toEqual(loosened);
    expect(standOn(ACCEPTED, standing.policy).loosened).toEqual([]);
  });

  test("the file deleted: all of it stands", () => {
    expect(standOn(ACCEPTED, null)).toEqual({ policy: ACCEPTED, loosened: [{ what: "deleted" }] });
  });

  test.each<readonly [claim: string, Policy]>([
    ["a shorter grace", policy({ check: { grace: 1 } })],
    ["fewer teams", policy({ override: { allow: { kind: "teams", teams: [] } } })],
    ["a shorter max", policy({ override: { max: HOUR, expires: HOUR } })],
    [
      "one more check",
      policy({ deferred: { ...ACCEPTED.deferred, checks: [CHECK, { ...CHECK, name: "Another" }] } }),
    ],
  ])("what is stricter counts at once: %s", (_, current) => {
    expect(standOn(ACCEPTED, current)).toEqual({ policy: current, loosened: [] });
  });

  test("of a change that is both, each part by itself", () => {
    const current = policy({ mode: "observe", override: { max: HOUR, expires: HOUR } });
    const { policy: standing, loosened } = standOn(ACCEPTED, current);
    expect(loosened).toEqual([{ what: "mode" }]);
    expect(standing.mode).toBe("enforce");
    expect(standing.override.max).toBe(HOUR);
  });

  test("admins only is narrower than everybody with write access, and not the other way round", () => {
    const admin = policy({ override: { allow: { kind: "permission", permission: "admin" } } });
    const write = policy({ override: { allow: { kind: "permission", permission: "write" } } });
    expect(standOn(write, admin).loosened).toEqual([]);
    expect(standOn(admin, write).loosened).toEqual([{ what: "allow" }]);
  });
});

test("what asked for little may ask for as little again, and for more at once", () => {
  const check = { environments: ["production", "staging"] };
  const little = policy({ mode: "observe", check, override: { reason: "optional", fourEyes: false } });
  const more = policy({ check, override: { reason: "required", fourEyes: true } });
  expect(standOn(little, little)).toEqual({ policy: little, loosened: [] });
  expect(standOn(little, more)).toEqual({ policy: more, loosened: [] });
  const fewer = policy({ mode: "observe", check: { environments: ["staging"] } });
  expect(standOn(little, fewer).loosened).toEqual([{ what: "check-looser", name: "Integration" }]);
});
