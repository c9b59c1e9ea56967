import type { Finding, Verdict } from "../finding.ts";
import type { CommitSha, Outcome, Relation, TicketKey, UnknownCode } from "../model.ts";
import type { CheckResult } from "../snapshot.ts";
import type { FieldValue, StatusCategory } from "../ticket.ts";
import type { Exemption } from "../tickets/carriage.ts";

/**
 * What the next deploy to an environment contains, as a page shows it: made from one snapshot by one pure function, stored as
 * JSON with every look, so that a page of a thousand commits asks nobody. Moments are ISO 8601.
 */
export interface DeployContents {
  readonly environment: string;
  readonly branch: string;
  readonly head: CommitSha;
  /** null: nothing was ever deployed there, or it could not be read (`unread`). */
  readonly base: {
    readonly sha: CommitSha;
    readonly label: string;
    readonly sameTreeAs: CommitSha | null;
  } | null;
  readonly relation: Relation | null;
  readonly aheadBy: number;
  readonly behindBy: number;
  readonly takenAt: string;
  readonly verdict: Verdict;
  /** Goes out, is live and would be taken away, or is taken back: every commit that the lists below name. Newest first. */
  readonly commits: readonly ContentCommit[];
  /** Carried tickets, those with discrepancies first; reverted ones last. */
  readonly tickets: readonly ContentTicket[];
  /** Commits that need a ticket and carry none. */
  readonly unticketed: readonly CommitSha[];
  readonly exempt: readonly Exemption[];
  readonly reverts: readonly { readonly sha: CommitSha; readonly reverts: CommitSha }[];
  /** Live, and not in what would go out. */
  readonly lost: readonly CommitSha[];
  /** Required checks of the head. */
  readonly checks: readonly Pick<CheckResult, "name" | "state" | "said" | "url">[];
  /** What could not be read at all, in words for people; empty: everything was. */
  readonly unread: readonly { readonly what: "changes" | "checks" | "base"; readonly because: UnknownCode }[];
  /**
   * `unknown`: Jira did not answer this time, and what is shown of tickets is from `since`; null: nothing is known of them.
   */
  readonly jira:
    | { readonly state: "on" }
    | { readonly state: "off"; readonly because: "no-settings" | "offline" | "fork" }
    | { readonly state: "unknown"; readonly because: UnknownCode; readonly since: string | null };
  /** GitHub could not be read since then, and all of this is what was seen before; null: it is as it was read last. */
  readonly outdated: { readonly because: UnknownCode; readonly since: string } | null;
}

export interface ContentCommit {
  readonly sha: CommitSha;
  readonly subject: string;
  /** A login where GitHub knows one, else the name in the commit. */
  readonly author: string;
  readonly committedAt: string;
  readonly pullRequests: readonly { readonly number: number; readonly url: string }[];
  /** Attached by hand, for commits that carry none by themselves. */
  readonly attached: readonly AttachedTicket[];
}

export interface AttachedTicket {
  readonly key: TicketKey;
  readonly because: string;
  readonly by: string;
  readonly at: string;
}

export interface ContentTicket {
  readonly key: TicketKey;
  readonly commits: readonly CommitSha[];
  readonly reverted: boolean;
  /** The worst of `findings`. */
  readonly outcome: Outcome;
  /** Findings of the verdict that name this ticket and do not pass, warnings included. */
  readonly findings: readonly Pick<Finding, "rule" | "outcome" | "warning" | "code" | "message">[];
  readonly facts:
    | {
        readonly state: "known";
        readonly summary: string;
        readonly type: string;
        readonly status: {
          readonly name: string;
          readonly category: StatusCategory;
          readonly allowed: boolean;
        };
        readonly parent: TicketKey | null;
        /** In the policy's order. `asked`: the policy wants it of this type. `lacking`: that is why it is held. */
        readonly fields: readonly {
          readonly name: string;
          readonly asked: boolean;
          readonly lacking: boolean;
          readonly value: FieldValue;
        }[];
        readonly url: string;
        /** Jira did not answer for it this time: it was like this then; null: it is what Jira said last. */
        readonly keptFrom: string | null;
      }
    /** It was moved to a project that is not one of the policy's, whose texts are not this repository's to show. */
    | { readonly state: "withheld"; readonly now: TicketKey }
    /** Not found, or not visible to Holdpoint. */
    | { readonly state: "missing" }
    | { readonly state: "unknown"; readonly because: UnknownCode }
    /** Jira is not asked. */
    | { readonly state: "off" };
}
