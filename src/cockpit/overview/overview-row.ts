import type { Answer } from "../../domain/decision.ts";
import { dueAt } from "../../domain/compliance/case.ts";
import type { Reason } from "../../domain/gate/gate.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import { sentenceStart } from "../../domain/wording/cockpit/reason-step.ts";
import type { ShownRepositoryGates } from "../../snapshot/shown-gates.ts";
import type { SeenRepositoryRow } from "../../store/overview.ts";

/** One repository of the overview. */
export interface WatchedRow {
  readonly facts: RepositoryFacts;
  readonly worst: Answer;
  readonly gates: readonly GateSummary[];
  /** Of open cases, the nearest; one that has passed was not confirmed yet. */
  readonly deadline: Date | null;
  readonly waitingJobs: number;
  readonly lookedAt: Date | null;
}

export interface GateSummary {
  readonly environment: string;
  readonly decision: Answer;
  /** Open, but only because the policy observes, or lets what nobody knows through. */
  readonly doubt: "observes" | "unverified" | null;
  /** What stands in the way first, and how many more things do. */
  readonly because: string | null;
  readonly more: number;
  /** It is unknown because nobody could confirm it: since when; null: it was never known. */
  readonly unconfirmed: { readonly since: Date | null } | null;
  /** null: it was never read. */
  readonly commits: number | null;
  readonly runningChecks: number;
}

/** A repository without a policy, or archived: nothing is judged there. */
export interface IdleRow {
  readonly facts: RepositoryFacts;
  readonly archived: boolean;
}

export type OverviewRow =
  | { readonly kind: "watched"; readonly row: WatchedRow }
  | { readonly kind: "idle"; readonly row: IdleRow };

/** What the overview says of one repository. `gates` undefined: nothing may be done for it. */
export function overviewRow(seen: SeenRepositoryRow, gates: ShownRepositoryGates | undefined): OverviewRow {
  const { facts, waitingJobs } = seen;
  const without = gates === undefined || isWithoutPolicy(gates);
  if (without) return { kind: "idle", row: { facts, archived: facts.archived } };
  const summaries = gates.gates.map((gate) => summaryOf(gate, seen));
  return {
    kind: "watched",
    row: {
      facts,
      worst: worstOf(summaries),
      gates: summaries,
      deadline: nearestDeadline(gates),
      waitingJobs,
      lookedAt: gates.stored.lookedAt,
    },
  };
}

/** One that cannot be used is one; and one that was deleted goes on while something is held by it. */
function isWithoutPolicy({ policy, stored }: ShownRepositoryGates): boolean {
  if (policy.noPolicy !== "none") return false;
  return policy.heldTo === null || (stored.cases.length === 0 && stored.halts.length === 0);
}

function summaryOf(gate: ShownRepositoryGates["gates"][number], seen: SeenRepositoryRow): GateSummary {
  const { environment, answer, confirmedAt } = gate;
  const waiting = seen.environments.find(
    (one) => one.environment.toLowerCase() === environment.toLowerCase(),
  );
  const [first, ...others] =
    answer.decision === "open" ? [] : answer.reasons.filter(({ kind }) => kind !== "override");
  const isUnconfirmed =
    answer.decision === "unknown" && (first?.code === "stale" || first?.code === "not-judged");
  const isUnverified = answer.reasons.some(({ kind }) => kind === "unverified");
  return {
    environment,
    decision: answer.decision,
    doubt:
      answer.decision !== "open"
        ? null
        : answer.wouldBe !== "open"
          ? "observes"
          : isUnverified
            ? "unverified"
            : null,
    because: first === undefined ? null : lineOf(first),
    more: others.length,
    unconfirmed: isUnconfirmed ? { since: confirmedAt } : null,
    commits: waiting?.commits ?? null,
    runningChecks: waiting?.runningChecks ?? 0,
  };
}

/** A clause as a line of its own begins like a sentence; what begins with a check's name is left as that is. */
function lineOf({ kind, message }: Reason): string {
  return kind === "halt" || kind === "policy" ? sentenceStart(message) : message;
}

function nearestDeadline({ stored }: ShownRepositoryGates): Date | null {
  const due = stored.cases.flatMap((one) => {
    const at = one.expiredAt === null ? dueAt(one) : null;
    return at === null ? [] : [at];
  });
  return due.reduce<Date | null>((nearest, at) => (nearest === null || at < nearest ? at : nearest), null);
}

const ORDER: Readonly<Record<Answer, number>> = { held: 0, unknown: 1, open: 2 };

function worstOf(gates: readonly GateSummary[]): Answer {
  const decisions = gates.map(({ decision }) => decision);
  return decisions.toSorted((left, right) => ORDER[left] - ORDER[right])[0] ?? "unknown";
}

/** Held first, then unknown, then the nearest deadline, then by name; what is not judged at all comes last. */
export function byUrgency(left: OverviewRow, right: OverviewRow): number {
  if (left.kind === "idle" || right.kind === "idle") {
    const rank = rankOf(left) - rankOf(right);
    return rank === 0 ? byName(left, right) : rank;
  }
  const state = ORDER[left.row.worst] - ORDER[right.row.worst];
  if (state !== 0) return state;
  const deadline = timeOf(left.row.deadline) - timeOf(right.row.deadline);
  return Number.isNaN(deadline) || deadline === 0 ? byName(left, right) : deadline;
}

function rankOf(row: OverviewRow): number {
  if (row.kind === "watched") return 0;
  return row.row.archived ? 2 : 1;
}

function timeOf(at: Date | null): number {
  return at === null ? Infinity : at.getTime();
}

function byName(left: OverviewRow, right: OverviewRow): number {
  return nameOf(left).localeCompare(nameOf(right), "en");
}

export function nameOf({ row }: OverviewRow): string {
  return `${row.facts.owner}/${row.facts.name}`;
}
