import type { CommitSha, RepositoryId, TicketKey } from "./model.ts";
import type { FieldWish } from "./requests/request.ts";

/**
 * Something to make true outside, as data. Holdpoint stores the *desired* state of each target, and the
 * worker makes it so: twice the same is once, an older wish never overwrites a newer one, and an
 * unchanged wish causes no call (GitHub accepts 1,000 statuses per commit and context).
 */
export type Effect =
  | {
      readonly kind: "status";
      readonly repositoryId: RepositoryId;
      readonly sha: CommitSha;
      readonly context: string;
      readonly state: "success" | "failure" | "pending" | "error";
      /** At most 140 characters. */
      readonly description: string;
      readonly targetUrl: string | null;
    }
  | {
      readonly kind: "check-run";
      readonly repositoryId: RepositoryId;
      readonly sha: CommitSha;
      readonly name: string;
      /** `deploy` or `pull-request:<number>`: what "Check again" looks at. */
      readonly externalId: string;
      readonly conclusion: "success" | "failure" | "action_required" | "neutral";
      readonly title: string;
      /** Each at most 65,535 bytes. */
      readonly summary: string;
      readonly text: string | null;
      /** The last words of the text: when and where the facts were read. Alone they are no reason to post again. */
      readonly footnote?: string;
      readonly detailsUrl: string | null;
      readonly actions: readonly {
        readonly label: string;
        readonly description: string;
        readonly identifier: string;
      }[];
    }
  | {
      readonly kind: "comment";
      readonly repositoryId: RepositoryId;
      readonly issueNumber: number;
      /** The comment that this one answers; also its hidden marker, so that it is written once. */
      readonly answersComment: number;
      readonly body: string;
    }
  /** The compliance issue of a first red commit; its number is the row's `remote_id` once it is there. */
  | {
      readonly kind: "issue";
      readonly repositoryId: RepositoryId;
      readonly firstRed: CommitSha;
      /** At most 256 characters. */
      readonly title: string;
      /** With the footnote and the hidden marker, which are added where it is written, at most 65,536 characters. */
      readonly body: string;
      /** The last words of the text: the newest red runs. Alone they are no reason to write again. */
      readonly footnote: string;
      readonly labels: readonly {
        readonly name: string;
        readonly color: string;
        readonly description: string;
      }[];
      /** Labels that people put on it by hand, so the repository has to have them. */
      readonly labelsReady: readonly {
        readonly name: string;
        readonly color: string;
        readonly description: string;
      }[];
      /** Our own labels that must not be on it any more; all others are nobody's business. */
      readonly labelsOff: readonly string[];
      readonly state: "open" | "closed";
    }
  /** Something said once on an issue: found again by its key, which is its hidden marker. */
  | {
      readonly kind: "note";
      readonly repositoryId: RepositoryId;
      readonly on: IssueReference;
      /** Unique within the repository: `case-12-expired`, `label-event-77`. */
      readonly key: string;
      readonly body: string;
    }
  /** Whether a label is on an issue or a pull request that is not the compliance issue's own text. */
  | {
      readonly kind: "label";
      readonly repositoryId: RepositoryId;
      readonly on: IssueReference;
      readonly label: string;
      readonly present: boolean;
      /** The issue's newest event that was seen: the same wish after another event is another wish. */
      readonly seen?: number;
    }
  /** Open or closed, of an issue that somebody else opened: a manual halt's. */
  | {
      readonly kind: "issue-state";
      readonly repositoryId: RepositoryId;
      readonly issueNumber: number;
      readonly state: "open" | "closed";
      /** As with labels. */
      readonly seen?: number;
    }
  | {
      readonly kind: "slack";
      readonly repositoryId: RepositoryId;
      /** Unique within the repository, and how a message is found again: `opened:<first red sha>`. */
      readonly key: string;
      /** The key of the message that this one replies to; null: it begins a thread. */
      readonly thread: string | null;
      readonly to:
        | { readonly kind: "channel"; readonly channel: string }
        | { readonly kind: "person"; readonly login: string; readonly slackId: string | null };
      /** Slack's mrkdwn, escaped; at most 3,000 characters. */
      readonly text: string;
    }
  /** The answer to a deployment protection rule; one row for each run and environment. */
  | {
      readonly kind: "deployment-answer";
      readonly repositoryId: RepositoryId;
      readonly runId: number;
      readonly environment: string;
      /** How often GitHub asked: a job that is run again is answered again, in the same words if need be. */
      readonly asks: number;
      readonly callbackUrl: string;
      /** `report`: it waits; GitHub takes ten of those. */
      readonly answer: "report" | "approved" | "rejected";
      /** At most 1,024 characters. */
      readonly comment: string;
    }
  /** One change of one ticket, for a person of the cockpit; one row for each request. */
  | {
      readonly kind: "ticket";
      readonly repositoryId: RepositoryId;
      readonly requestId: number;
      readonly ticket: TicketKey;
      readonly change: TicketChange;
      /** Said on the ticket when it is done; names the person. */
      readonly comment: string;
    };

/** What the cockpit's forms want of a ticket in Jira; `seen` is what stood there when the person wrote. */
export type TicketChange =
  | { readonly kind: "fields"; readonly fields: readonly FieldWish[] }
  | {
      readonly kind: "move";
      readonly transition: { readonly id: string; readonly name: string; readonly to: string };
      readonly seen: string;
    };

/** An issue by its number, or a compliance issue that may not have a number yet. */
export type IssueReference =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "compliance-issue"; readonly firstRed: CommitSha };

/** The key of the row that keeps the target's desired state. */
export function effectTarget(effect: Effect): string {
  switch (effect.kind) {
    case "status":
      return `status:${effect.repositoryId}:${effect.sha}:${effect.context.toLowerCase()}`;
    case "check-run":
      return `check-run:${effect.repositoryId}:${effect.sha}:${effect.name}`;
    case "comment":
      return `comment:${effect.repositoryId}:${effect.issueNumber}:${effect.answersComment}`;
    case "issue":
      return issueTarget(effect.repositoryId, effect.firstRed);
    case "note":
      return `note:${effect.repositoryId}:${effect.key}`;
    case "label":
      return `label:${effect.repositoryId}:${nameOf(effect.on)}:${effect.label.toLowerCase()}`;
    case "issue-state":
      return `issue-state:${effect.repositoryId}:${effect.issueNumber}`;
    case "slack":
      return slackTarget(effect.repositoryId, effect.key);
    case "deployment-answer":
      return `deployment-answer:${effect.repositoryId}:${effect.runId}:${effect.environment.toLowerCase()}`;
    case "ticket":
      return `ticket:${effect.repositoryId}:${effect.requestId}`;
  }
}

/** The row whose `remote_id` is the number of the compliance issue. */
export function issueTarget(repositoryId: RepositoryId, firstRed: CommitSha): string {
  return `issue:${repositoryId}:${firstRed}`;
}

/** The row whose `remote_ref` is the message's place in Slack. */
export function slackTarget(repositoryId: RepositoryId, key: string): string {
  return `slack:${repositoryId}:${key}`;
}

function nameOf(on: IssueReference): string {
  return on.kind === "number" ? String(on.number) : on.firstRed;
}
