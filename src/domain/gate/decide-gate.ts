import { type Answer, decisionOf } from "../decision.ts";
import { outcomeOf } from "../evaluate.ts";
import type { Policy } from "../policy.ts";
import * as wording from "../wording/gate.ts";
import { caseStops } from "./case-stops.ts";
import { changesAt } from "./changes-at.ts";
import { governs } from "./environment-of.ts";
import type { GateAnswer, GateFacts, Reason } from "./gate.ts";
import { haltStops } from "./halt-stops.ts";
import { judgementStops } from "./judgement-stops.ts";
import { lift } from "./lift.ts";
import { policyStops } from "./policy-stops.ts";
import type { Stop } from "./stop.ts";

/**
 * The one answer at every door: may this commit go to this environment now? A function of what it is given and of nothing
 * else; the order of cases, halts and overrides does not matter. What nobody knows never opens.
 */
export function decideGate(facts: GateFacts): GateAnswer {
  const { policy, heldTo } = facts;
  const unknown = policyStops(facts);
  const judged = policy === null || unknown.length > 0 ? [] : judgementStops({ ...facts, policy });
  const holds = isHeldAtAll(facts) ? [...caseStops(facts), ...haltStops(facts)] : [];
  const lifted = lift([...holds, ...judged, ...unknown], facts);
  const { stops, letThrough } = applyOnUnknown(lifted.stops, policy);
  const wouldBe = worstOf(stops);
  const mode = policy?.mode ?? null;
  // J9: a policy that became `observe` does not open what a stricter one held, before that is accepted.
  const standing = heldTo?.mode === "enforce" ? stops.filter(isHold) : [];
  const decision = mode === "observe" && unknown.length === 0 ? worstOf(standing) : wouldBe;
  return {
    decision,
    wouldBe,
    mode,
    reasons: [
      ...reasonsOf(stops, "held"),
      ...reasonsOf(stops, "unknown"),
      ...letThrough,
      ...lifted.reasons,
      ...neverLive(facts, wouldBe),
    ],
    changesAt: changesAt(facts),
  };
}

/** Holds are of the environments that the policy names. J9: one that was left out is held until that is accepted. */
function isHeldAtAll({ policy, heldTo, environment }: GateFacts): boolean {
  if (policy === null || governs(policy, environment)) return true;
  return heldTo?.mode === "enforce" && governs(heldTo, environment);
}

function isHold({ from }: Stop): boolean {
  return from.kind === "case" || from.kind === "halt";
}

function worstOf(stops: readonly Stop[]): Answer {
  if (stops.some(({ gate }) => gate === "held")) return "held";
  return stops.length > 0 ? "unknown" : "open";
}

function reasonsOf(stops: readonly Stop[], gate: Stop["gate"]): readonly Reason[] {
  return stops.filter((stop) => stop.gate === gate).map(({ reason }) => reason);
}

/**
 * `on_unknown: allow` lets an unknown *verdict* through; never an expiry that nobody confirmed, never facts that are too
 * old or not there, never a check that still runs.
 */
function applyOnUnknown(
  stops: readonly Stop[],
  policy: Policy | null,
): { readonly stops: readonly Stop[]; readonly letThrough: readonly Reason[] } {
  const findings = stops.flatMap(({ from }) => (from.kind === "finding" ? [from.finding] : []));
  if (policy === null || findings.length === 0) return { stops, letThrough: [] };
  const outcome = outcomeOf(findings);
  const { because } = decisionOf({ outcome, findings }, { mode: "enforce", onUnknown: policy.onUnknown });
  if (because !== "on-unknown") return { stops, letThrough: [] };
  return {
    stops: stops.filter(({ from }) => from.kind !== "finding"),
    letThrough: stops
      .filter(({ from }) => from.kind === "finding")
      .map(({ reason }) => ({ ...reason, message: wording.letThrough(reason.message) })),
  };
}

/** Somebody who asks for a rollback of what was never live is told why it is judged like any other commit. */
function neverLive({ intent, judgement }: GateFacts, wouldBe: Answer): readonly Reason[] {
  if (intent !== "rollback" || wouldBe === "open") return [];
  if (judgement.state !== "known" || judgement.value.wasLive) return [];
  return [
    {
      kind: "policy",
      code: "never-live",
      message: wording.neverLive(judgement.value.environment),
      since: null,
      until: null,
      who: wording.whoNamesALiveCommit(),
      url: null,
    },
  ];
}
