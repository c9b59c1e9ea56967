import { decideDeploy } from "../decide-deploy.ts";
import type { Effect } from "../effect.ts";
import { evaluate, outcomeOf } from "../evaluate.ts";
import type { Verdict } from "../finding.ts";
import type { Judged } from "../judged.ts";
import type { Commit } from "../model.ts";
import type { DeploySnapshot } from "../snapshot.ts";
import type { Judgement } from "./gate.ts";
import { narrowToSha } from "./narrow-to-sha.ts";

/** Everything that was read for the head, and what the verdict on it shows. */
export interface HeadFacts {
  readonly judged: Judged<DeploySnapshot>;
  readonly live: readonly Pick<Commit, "sha" | "message">[];
  readonly readAt: Date;
}

export interface Rejudged {
  readonly judgement: Judgement;
  /** The status of its verdict, where that could be told. */
  readonly statuses: readonly Extract<Effect, { kind: "status" }>[];
}

/**
 * Judges an earlier commit of the range once more, out of the facts of the head. null: it is not in the range. What these facts
 * do not tell stays unjudged, and that does not open.
 */
export function rejudge({ judged, live, readAt }: HeadFacts, before: Judgement): Rejudged | null {
  const { changeSet, policy } = judged.snapshot;
  const inRange =
    changeSet.state === "known" && changeSet.value.commits.some(({ sha }) => sha === before.sha);
  if (!inRange) return null;
  const unjudged: Judgement = { ...before, place: "deploy-branch", verdict: null, readAt };
  const narrowed = narrowToSha({ snapshot: judged.snapshot, live }, before.sha);
  if (narrowed === null) return { judgement: unjudged, statuses: [] };
  const fresh = evaluate(narrowed.snapshot, narrowed.carriage);
  const verdict = policy.requiredChecks.length === 0 ? fresh : keepChecks(fresh, before.verdict);
  if (verdict === null) return { judgement: unjudged, statuses: [] };
  const effects = decideDeploy({ ...judged, ...narrowed, verdict, deployHead: judged.snapshot.head });
  // As old as the oldest of its facts: whoever asks for it has its checks read again.
  const oldest = policy.requiredChecks.length === 0 ? readAt : before.readAt;
  return {
    judgement: { ...unjudged, verdict, readAt: oldest },
    statuses: effects.flatMap((one) => (one.kind === "status" ? [one] : [])),
  };
}

/** What its required checks said when they were last read: the head's are others. null: they never were. */
function keepChecks(fresh: Verdict, before: Verdict | null): Verdict | null {
  const kept = before?.findings.filter(({ rule }) => rule === "required-checks") ?? [];
  if (kept.length === 0) return null;
  const findings = [...fresh.findings.filter(({ rule }) => rule !== "required-checks"), ...kept];
  return { ...fresh, findings, outcome: outcomeOf(findings) };
}
