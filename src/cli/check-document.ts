import type { Finding, RuleName, Verdict } from "../domain/finding.ts";
import type { ChangeSet, Outcome, Relation } from "../domain/model.ts";
import type { CarriedTicket, Carriage, Exemption, Revert } from "../domain/tickets/carriage.ts";

/** `holdpoint check --json`. Within `/1` fields are only added. */
export interface CheckDocument {
  readonly schema: "holdpoint.check/1";
  /** The commit that was asked for as base; null for a first deployment. */
  readonly base: string | null;
  /** Where the base was counted instead, because its content is that commit's; else null. */
  readonly base_counts_as: string | null;
  readonly head: string;
  readonly relation: Relation;
  readonly ahead_by: number;
  readonly behind_by: number;
  readonly commits: number;
  readonly verdict: Outcome;
  readonly skipped: readonly RuleName[];
  readonly tickets: readonly CarriedTicket[];
  readonly mentioned: readonly string[];
  readonly reverts: readonly Revert[];
  readonly unticketed: readonly { readonly sha: string; readonly subject: string }[];
  readonly exempt: readonly {
    readonly sha: string;
    readonly subject: string;
    readonly because: Exemption["because"];
  }[];
  readonly findings: readonly Pick<
    Finding,
    "rule" | "outcome" | "warning" | "code" | "message" | "commits" | "tickets"
  >[];
  /** What the reader must know to read the rest rightly. */
  readonly notes: readonly string[];
}

export interface CheckFacts {
  readonly changeSet: ChangeSet;
  /** What was asked for as base where the change set counts from another commit. */
  readonly askedBase: string | null;
  /** null where the change set means nothing (unrelated histories). */
  readonly carriage: Carriage | null;
  readonly verdict: Verdict;
  readonly notes: readonly string[];
}

const NOTHING: Carriage = { tickets: [], mentioned: [], reverts: [], unticketed: [], exempt: [] };

export function buildCheckDocument(facts: CheckFacts): CheckDocument {
  const { changeSet, askedBase, verdict, notes } = facts;
  const carriage = facts.carriage ?? NOTHING;
  const subjects = new Map(changeSet.commits.map(({ sha, message }) => [sha, subjectOf(message)]));
  const named = (sha: Revert["sha"]) => ({ sha, subject: subjects.get(sha) ?? "" });
  return {
    schema: "holdpoint.check/1",
    base: askedBase ?? changeSet.base,
    base_counts_as: askedBase === null ? null : changeSet.base,
    head: changeSet.head,
    relation: changeSet.relation,
    ahead_by: changeSet.aheadBy,
    behind_by: changeSet.behindBy,
    commits: changeSet.aheadBy,
    verdict: verdict.outcome,
    skipped: verdict.skipped,
    tickets: carriage.tickets,
    mentioned: carriage.mentioned,
    reverts: carriage.reverts,
    unticketed: carriage.unticketed.map(named),
    exempt: carriage.exempt.map(({ sha, because }) => ({ ...named(sha), because })),
    findings: verdict.findings.map(({ rule, outcome, warning, code, message, commits, tickets }) => ({
      rule,
      outcome,
      warning,
      code,
      message,
      commits,
      tickets,
    })),
    notes,
  };
}

function subjectOf(message: string): string {
  return (
    message
      .trimStart()
      .split(/\r?\n|\r/, 1)[0]
      ?.trimEnd() ?? ""
  );
}
