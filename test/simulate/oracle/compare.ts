import type { Fact } from "../fact.ts";
import type { Difference, Expected } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { compareGates } from "./compare-gates.ts";
import { compareIssues } from "./compare-issues.ts";
import { compareMessages } from "./compare-messages.ts";
import { compareStatuses } from "./compare-statuses.ts";
import { compareWords } from "./compare-words.ts";

/** Every way in which what is seen differs from what should be; none is what should come out. */
export function compare(expected: Expected, seen: Seen, facts: readonly Fact[]): readonly Difference[] {
  return [
    ...compareGates(expected, seen),
    ...compareStatuses(expected, seen, facts),
    ...compareIssues(expected, seen),
    ...compareWords(expected, seen),
    ...compareMessages(expected, seen, facts),
  ];
}
