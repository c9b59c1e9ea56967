import type { CommitSha, InstallationId, RepositoryFacts, RepositoryId } from "./model.ts";
import type { Granted } from "./permissions/granted.ts";
import type { Subject } from "./subject.ts";

/**
 * What happened outside, in Holdpoint's words. `ingress/` translates webhooks into these; nothing past it
 * sees a payload. Each carries only what is needed to know which subjects to look at again.
 */
export type DomainEvent =
  | { readonly kind: "pushed"; readonly repository: RepositoryFacts; readonly branch: string }
  | {
      readonly kind: "pull-request-changed";
      readonly repository: RepositoryFacts;
      readonly number: number;
      readonly closed: boolean;
      readonly merged: boolean;
    }
  | {
      readonly kind: "merge-group-asked";
      readonly repository: RepositoryFacts;
      readonly headSha: CommitSha;
      readonly baseSha: CommitSha;
      readonly headRef: string;
    }
  | {
      readonly kind: "check-finished";
      readonly repository: RepositoryFacts;
      readonly sha: CommitSha;
      /** The branches that the source names for it; null where it does not say. */
      readonly branches: readonly string[] | null;
      /** It said so itself. A hint, like the rest: it is looked for where a read does not show it yet. */
      readonly red?: true;
    }
  /** Begun, or begun again: what it said before no longer counts. */
  | {
      readonly kind: "check-started";
      readonly repository: RepositoryFacts;
      readonly sha: CommitSha;
      readonly branches: readonly string[] | null;
    }
  /** Labelled, unlabelled, closed, reopened, edited, transferred, deleted, locked: an issue or a pull request. */
  | {
      readonly kind: "issue-changed";
      readonly repository: RepositoryFacts;
      readonly number: number;
      /** The label that was put on or taken off: that may begin something. null: all else, which matters where something stands on it. */
      readonly label: string | null;
    }
  /** GitHub asks whether a job may deploy: a deployment protection rule. */
  | {
      readonly kind: "deployment-asked";
      readonly repository: RepositoryFacts;
      readonly runId: number;
      readonly environment: string;
      readonly sha: CommitSha;
      /** As GitHub gave it; nobody sends a token there before its host was compared with the API's. */
      readonly callbackUrl: string;
    }
  /** The button, or "re-run" on our own check run; `externalId` is the subject's key we gave it. */
  | { readonly kind: "check-again-asked"; readonly repository: RepositoryFacts; readonly externalId: string }
  | {
      readonly kind: "deployment-succeeded";
      readonly repository: RepositoryFacts;
      readonly environment: string;
    }
  | {
      readonly kind: "comment-made";
      readonly repository: RepositoryFacts;
      readonly issueNumber: number;
      readonly commentId: number;
      /** It may hold a command; else it matters only where somebody was asked for a reason. */
      readonly command: boolean;
    }
  /** Renamed, transferred, archived, made public, its default branch changed, added to the installation. */
  | { readonly kind: "repository-changed"; readonly repository: RepositoryFacts }
  | {
      readonly kind: "repository-gone";
      readonly repositoryId: RepositoryId;
      readonly because: "deleted" | "removed" | "transferred";
    }
  | {
      readonly kind: "installation-changed";
      readonly installationId: InstallationId;
      readonly account: { readonly id: number; readonly login: string };
      readonly state: "active" | "suspended" | "deleted";
      /** What the App may do there; left out where the event does not say. */
      readonly granted?: Granted;
    }
  | { readonly kind: "ticket-changed"; readonly key: string };

/** Which subjects an event asks to be looked at again. */
export function subjectsOf(event: DomainEvent): readonly Subject[] {
  switch (event.kind) {
    case "pushed":
    case "check-finished":
    case "check-started":
      return [
        { kind: "deploy", repositoryId: event.repository.id },
        { kind: "compliance", repositoryId: event.repository.id },
      ];
    case "deployment-succeeded":
      return [{ kind: "deploy", repositoryId: event.repository.id }];
    case "issue-changed":
      return [{ kind: "issue", repositoryId: event.repository.id, number: event.number }];
    case "deployment-asked":
      return [{ kind: "gate", repositoryId: event.repository.id }];
    case "pull-request-changed": {
      const pullRequest: Subject = {
        kind: "pull-request",
        repositoryId: event.repository.id,
        number: event.number,
      };
      // A closed one too: the look finds it closed, and nobody looks at it any more.
      return [pullRequest, { kind: "deploy", repositoryId: event.repository.id }];
    }
    case "merge-group-asked":
      return [
        {
          kind: "merge-group",
          repositoryId: event.repository.id,
          headSha: event.headSha,
          baseSha: event.baseSha,
          headRef: event.headRef,
        },
      ];
    case "check-again-asked":
      return subjectOfExternalId(event.repository.id, event.externalId);
    case "comment-made":
      return [
        {
          kind: "comment",
          repositoryId: event.repository.id,
          issueNumber: event.issueNumber,
          commentId: event.commentId,
        },
      ];
    case "repository-changed":
      return [{ kind: "repository", repositoryId: event.repository.id }];
    case "repository-gone":
      return [];
    case "installation-changed":
      return event.state === "active" ? [{ kind: "installation", installationId: event.installationId }] : [];
    case "ticket-changed":
      return [{ kind: "ticket", key: event.key }];
  }
}

/**
 * Our check runs carry `deploy` or `pull-request:<number>` as their external id. Anything else was not
 * written by us; the deploy of the repository is looked at, which costs little and says the truth.
 */
function subjectOfExternalId(repositoryId: RepositoryId, externalId: string): readonly Subject[] {
  const number = /^pull-request:([1-9][0-9]{0,9})$/.exec(externalId)?.[1];
  if (number !== undefined) return [{ kind: "pull-request", repositoryId, number: Number(number) }];
  return [{ kind: "deploy", repositoryId }];
}
