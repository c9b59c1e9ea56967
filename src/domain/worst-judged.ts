import { type Answer, decisionOf } from "./decision.ts";
import type { Judged } from "./judged.ts";
import type { Outcome } from "./model.ts";

const BY_ANSWER: Readonly<Record<Answer, number>> = { open: 0, unknown: 1, held: 2 };
const BY_OUTCOME: Readonly<Record<Outcome, number>> = { pass: 0, unknown: 1, fail: 2 };

/** Of several verdicts on one commit the one to show: what holds most; the first of equals. */
export function worstOf<One extends Judged>(first: One, others: readonly One[]): One {
  return others.reduce((worst, one) => (badness(one) > badness(worst) ? one : worst), first);
}

/** In `mode: observe` too the worst is shown, although everything is open. */
function badness({ verdict, snapshot }: Judged): number {
  return BY_ANSWER[decisionOf(verdict, snapshot.policy).wouldBe] * 3 + BY_OUTCOME[verdict.outcome];
}
