import type { ExpectedGate, GateAnswer, Sure } from "../judgement.ts";
import { wrongWith } from "./change-set.ts";
import { policyOf } from "./known.ts";
import { different, inAll } from "./moment.ts";
import type { Standing } from "./policies.ts";
import type { Possible } from "./possible.ts";
import type { Walk } from "./walk.ts";

interface Stop {
  readonly code: string;
  readonly what: string;
  readonly sure: Sure;
}

/** May this commit go out: what is wrong with what goes out, who halted, and which checks are past their deadline. */
export function gateOf(
  sha: string,
  walked: Walk,
  checks: readonly (readonly (Possible | null)[])[],
): ExpectedGate {
  const holds: readonly Stop[] = [
    ...walked.halts.map(({ by, number, sure }) => ({
      code: "halt",
      what: `halted by ${by} on #${String(number)}`,
      sure,
    })),
    ...checks.map((ways) => ({
      code: "expired",
      what: `${nameOf(ways)} is past its deadline`,
      sure: inAll(ways.map((one) => one?.holds ?? "no")),
    })),
  ];
  // Where a looser policy may wait or not, both answers are right.
  const answers = different(walked.standing.map((policy) => answerUnder(policy, sha, walked, holds)));
  const [first] = answers;
  if (first === undefined) throw new Error("there is always something that it stands on");
  return {
    ...first,
    or: different([...first.or, ...answers.flatMap((one) => [one.decision, one.wouldBe, ...one.or])]).filter(
      (one) => answers.length > 1 || first.or.includes(one),
    ),
  };
}

function answerUnder(policy: Standing, sha: string, { known }: Walk, holds: readonly Stop[]): ExpectedGate {
  if (policy === null) {
    // Whether a hold counts where there is no policy is not said.
    const or: readonly GateAnswer[] = holds.some(({ sure }) => sure !== "no") ? ["held"] : [];
    return {
      decision: "unknown",
      wouldBe: "unknown",
      or,
      reasons: [{ code: "no-policy", sure: "yes" }],
      because: ["there is no policy"],
    };
  }
  const wrong = wrongWith(known, policyOf(known) ?? policy, sha).map((one) => ({
    ...one,
    sure: "yes" as const,
  }));
  const stops = [...holds, ...wrong].filter(({ sure }) => sure !== "no");
  const surely = stops.some(({ sure }) => sure === "yes");
  const wouldBe: GateAnswer = surely ? "held" : "open";
  return {
    decision: policy.mode === "observe" ? "open" : wouldBe,
    wouldBe,
    or: !surely && stops.length > 0 ? ["held", "unknown"] : [],
    reasons: stops.map(({ code, sure }) => ({ code, sure })),
    because: stops.map(({ what, sure }) => (sure === "yes" ? what : `perhaps: ${what}`)),
  };
}

function nameOf(ways: readonly (Possible | null)[]): string {
  return ways.find((one) => one !== null)?.story.check.job ?? "a check";
}
