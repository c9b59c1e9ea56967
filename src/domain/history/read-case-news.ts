import type { CaseEnd } from "../compliance/case.ts";
import type { Told } from "./happening.ts";
import { numberOf, type RecordFields, textOf } from "./record-fields.ts";

/** What became of cases; null: nothing that a history shows. */
export function readCaseNews(what: string, record: RecordFields, checks: readonly string[]): Told | null {
  switch (what) {
    case "case-opened":
      return { what, checks, adopted: record["adopted"] === true };
    case "case-reminder":
      return { what, checks, left: numberOf(record, "left_ms") ?? 0 };
    case "case-relapsed":
    case "case-verifying":
    case "case-unverified":
    case "case-expired":
    case "case-adopted":
      return { what, checks };
    case "case-resolved": {
      // By hand the reason stands there, and cases are several.
      const as = numberOf(record, "case") === null ? "by-hand" : endIn(textOf(record, "because"));
      return { what, checks, as };
    }
    default:
      return null;
  }
}

function endIn(code: string | null): CaseEnd["as"] | null {
  return code === "green" || code === "gone" || code === "by-hand" || code === "void" ? code : null;
}
