import { describe, expect, test } from "vitest";
import type { ComplianceCase } from "../../../src/domain/compliance/case.ts";
import { type CaseLook, lookOfCase } from "../../../src/domain/compliance/case-look.ts";
import type { Override } from "../../../src/domain/gate/override.ts";
import { AT, buildCase, buildOverride, caseId, hours } from "../gate/build-gate-facts.ts";

const ID = caseId(3);
const OPEN: Partial<ComplianceCase> = { id: ID, end: null, expiredAt: null, verifyUntil: null };
const EXPIRED: Partial<ComplianceCase> = { ...OPEN, deadline: hours(-2), expiredAt: hours(-1) };

function lifting(environment: string | null, changes: Partial<Override> = {}, id = ID): Override {
  return buildOverride({ kind: "cases", caseIds: [id], environment }, changes);
}

describe("a case looks", () => {
  test.each<
    readonly [look: CaseLook["state"], given: Partial<ComplianceCase>, overrides: readonly Override[]]
  >([
    ["untold", { ...OPEN, deadline: null }, []],
    ["running", { ...OPEN, deadline: hours(1) }, []],
    ["unverified", { ...OPEN, deadline: AT }, []],
    ["running", { ...OPEN, deadline: hours(-1), verifyUntil: hours(1) }, []],
    ["expired", EXPIRED, []],
    ["lifted", EXPIRED, [lifting(null)]],
    ["expired", EXPIRED, [lifting(null, { endsAt: AT })]],
    ["expired", EXPIRED, [lifting(null, {}, caseId(4))]],
    ["expired", EXPIRED, [lifting("production")]],
    ["expired", { ...EXPIRED, environments: ["production", "staging"] }, [lifting("production")]],
    ["lifted", { ...EXPIRED, environments: ["Production"] }, [lifting("production")]],
    ["running", { ...OPEN, deadline: hours(1) }, [lifting(null)]],
  ])("%s: %j", (look, given, overrides) => {
    const one = buildCase({ environments: null, ...given });
    expect(lookOfCase(one, overrides, AT).state).toBe(look);
  });

  test("over, whatever else is said of it", () => {
    const end = { as: "green", at: AT, by: null, because: null, url: null, sha: null } as const;
    expect(lookOfCase(buildCase({ ...EXPIRED, end }), [lifting(null)], AT)).toEqual({ state: "ended", end });
  });

  test("lifted until the last of what lifts it ends", () => {
    const overrides = [
      lifting(null, { endsAt: hours(5), by: "monalisa" }),
      lifting(null, { endsAt: hours(2) }),
    ];
    expect(lookOfCase(buildCase({ ...EXPIRED, environments: null }), overrides, AT)).toMatchObject({
      state: "lifted",
      until: hours(5),
      by: { by: "monalisa" },
    });
  });
});
