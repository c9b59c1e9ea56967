import type { CommitSha, InstallationId, RepositoryId } from "./model.ts";

/**
 * What is looked at again when something changed. An event never carries a decision: it names a subject,
 * and the look reads the facts as they are then. Looks at one subject are coalesced and run one at a time.
 */
export type Subject =
  | { readonly kind: "deploy"; readonly repositoryId: RepositoryId }
  | { readonly kind: "pull-request"; readonly repositoryId: RepositoryId; readonly number: number }
  | {
      readonly kind: "merge-group";
      readonly repositoryId: RepositoryId;
      readonly headSha: CommitSha;
      readonly baseSha: CommitSha;
      readonly headRef: string;
    }
  | {
      readonly kind: "comment";
      readonly repositoryId: RepositoryId;
      readonly issueNumber: number;
      readonly commentId: number;
    }
  /** Everything of one repository: its name, its policy, its heads. */
  | { readonly kind: "repository"; readonly repositoryId: RepositoryId }
  | { readonly kind: "installation"; readonly installationId: InstallationId }
  /** All installations of the App, and which of them are still there. */
  | { readonly kind: "installations" }
  /** The deferred checks on the trunk: their cases, their issues, their clocks. */
  | { readonly kind: "compliance"; readonly repositoryId: RepositoryId }
  /** What the gate shows: its statuses wherever they stand, and the deployments that wait for it. */
  | { readonly kind: "gate"; readonly repositoryId: RepositoryId }
  /** An issue or a pull request whose labels or state may say something to Holdpoint. */
  | { readonly kind: "issue"; readonly repositoryId: RepositoryId; readonly number: number }
  /** What somebody asked for in the cockpit. */
  | { readonly kind: "request"; readonly repositoryId: RepositoryId; readonly requestId: number }
  /** Every open head that carries the ticket. */
  | { readonly kind: "ticket"; readonly key: string }
  /** Deliveries that GitHub could not hand over. */
  | { readonly kind: "failed-deliveries" };

/** One string per subject: the key that looks are coalesced and serialised by. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "deploy":
    case "repository":
    case "compliance":
    case "gate":
      return `${subject.kind}:${subject.repositoryId}`;
    case "pull-request":
    case "issue":
      return `${subject.kind}:${subject.repositoryId}:${subject.number}`;
    case "merge-group":
      return `merge-group:${subject.repositoryId}:${subject.headSha}`;
    case "comment":
      return `comment:${subject.repositoryId}:${subject.commentId}`;
    case "request":
      return `request:${subject.repositoryId}:${subject.requestId}`;
    case "installation":
      return `installation:${subject.installationId}`;
    case "ticket":
      return `ticket:${subject.key}`;
    case "installations":
    case "failed-deliveries":
      return subject.kind;
  }
}
