/**
 * Narrow interfaces to the outside, types only. An adapter answers what it was asked with values (a branch
 * that does not exist is `missing`, not an exception) and throws a `Fault` where the other side failed.
 * `snapshot/` turns such faults into `unknown` facts; everything else lets them rise to the queue, which
 * tries again.
 */
import type { BasePermission } from "./domain/authority/authority.ts";
import type { IssueEvent } from "./domain/authority/issue-event.ts";
import type { TrunkEvidence } from "./domain/compliance/evidence.ts";
import type { CheckResult } from "./domain/snapshot.ts";
import type {
  ChangeSet,
  Commit,
  CommitSha,
  InstallationId,
  PullRequest,
  Reading,
  RepositoryFacts,
  RepositoryId,
  TicketKey,
} from "./domain/model.ts";
import type { Ticket } from "./domain/ticket.ts";

/** Who to ask for, and as whom. */
export type RepositoryRef = Pick<RepositoryFacts, "id" | "installationId" | "owner" | "name">;

/** A file of a repository at a commit. */
export interface FileAtCommit {
  readonly text: string;
  /** The commit of the branch that it was read at. */
  readonly sha: CommitSha;
}

/** What one GraphQL query tells about a repository: the ground of every look. */
export interface Outline {
  readonly repository: RepositoryFacts;
  /** Whether squash is the only way to merge: then the pull request's title becomes the commit. */
  readonly squashOnly: boolean;
  readonly policyFile: Reading<FileAtCommit>;
  /** `.github/holdpoint.yml` of the organisation's `.github` repository; missing where either is not there. */
  readonly organisationPolicyFile: Reading<FileAtCommit>;
}

export interface ReadsOutlines {
  readonly readOutline: (repository: RepositoryRef) => Promise<Outline>;
}

export interface ReadsHeads {
  /** Heads of branches by name, in one call. A branch that is not there is missing. */
  readonly readBranches: (
    repository: RepositoryRef,
    branches: readonly string[],
  ) => Promise<ReadonlyMap<string, Reading<BranchHead>>>;
  /** The newest deployment to the environment whose newest status is success. `inactive` says nothing of what is live. */
  readonly readLiveDeployment: (
    repository: RepositoryRef,
    environment: string,
  ) => Promise<Reading<CommitSha>>;
}

/** Where a commit stands, for the gate. */
export interface ReadsPlaces {
  /** Whether the branch's head reaches the commit, or is it. Missing: there is no such commit, or no such head. */
  readonly isReachable: (
    repository: RepositoryRef,
    head: CommitSha,
    sha: CommitSha,
  ) => Promise<Reading<boolean>>;
  /** Base branches of the open pull requests whose head the commit is. */
  readonly readBasesOfPullRequestsAt: (
    repository: RepositoryRef,
    sha: CommitSha,
  ) => Promise<readonly string[]>;
  /** Whether a deployment of the commit to the environment ever succeeded, whatever came after it. */
  readonly wasDeployed: (repository: RepositoryRef, environment: string, sha: CommitSha) => Promise<boolean>;
}

/** A status or check that a branch asks for before anything is merged into it. */
export interface RequiredStatus {
  readonly context: string;
  /** It counts from this App alone. */
  readonly onlyOurs: boolean;
}

export interface ReadsRules {
  /** By rulesets; an hour old at most. Missing: GitHub does not show them. */
  readonly readRequiredStatuses: (
    repository: RepositoryRef,
    branch: string,
  ) => Promise<Reading<readonly RequiredStatus[]>>;
}

export interface BranchHead {
  readonly sha: CommitSha;
  readonly tree: string;
}

export interface ReadsChanges {
  /**
   * Every commit between two, paged to the end; `lost` too, and `pullRequests` where asked for. Unknown when the count does not match
   * what GitHub says there are (`truncated`), when the histories are unrelated, or when GitHub gives up.
   * Missing: one of the commits is not there (collected after a force-push).
   */
  readonly readChangeSet: (
    repository: RepositoryRef,
    base: CommitSha,
    head: CommitSha,
    /** `skip`: the caller knows the pull requests already. */
    pullRequests?: "read" | "skip",
  ) => Promise<Reading<ChangeSet>>;
  /** The newest `limit` commits that a head reaches, in the order GitHub lists them: newest first. */
  readonly readRecentCommits: (
    repository: RepositoryRef,
    head: CommitSha,
    limit: number,
  ) => Promise<readonly Commit[]>;
}

/** How a commit came to the trunk. */
export interface CommitOrigin {
  /** It has several parents. */
  readonly isMerge: boolean;
  /** The merged pull request that brought it; null: none did. */
  readonly pullRequest: PullRequest | null;
}

export interface ReadsOrigins {
  /** In one call, at most a hundred commits; one that is not there is left out. */
  readonly readOrigins: (
    repository: RepositoryRef,
    commits: readonly CommitSha[],
  ) => Promise<ReadonlyMap<CommitSha, CommitOrigin>>;
}

export interface ReadsPullRequests {
  readonly readPullRequest: (repository: RepositoryRef, number: number) => Promise<Reading<PullRequest>>;
  /** Open ones, newest first. Unknown (`truncated`) past 1,000. */
  readonly readOpenPullRequests: (repository: RepositoryRef) => Promise<Reading<readonly PullRequest[]>>;
}

export interface ReadsChecks {
  /** Statuses and check runs of a commit, the newest per name and source; our own left out. */
  readonly readChecks: (
    repository: RepositoryRef,
    sha: CommitSha,
    governedEnvironments: readonly string[],
  ) => Promise<Reading<readonly CheckResult[]>>;
}

export type Permission = BasePermission;

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number; readonly login: string; readonly isBot: boolean } | null;
  readonly edited: boolean;
  readonly onPullRequest: boolean;
}

export interface ReadsComments {
  readonly readComment: (
    repository: RepositoryRef,
    issueNumber: number,
    commentId: number,
  ) => Promise<Reading<IssueComment>>;
  /** The base permission (never the role's name). A rate limit is a fault, not a "none". */
  readonly readPermission: (repository: RepositoryRef, login: string) => Promise<Permission>;
}

export interface ReadsCommits {
  /** The one commit whose sha begins with those 7 or more hex digits. Missing: there is none, or there are several. */
  readonly resolveCommit: (repository: RepositoryRef, beginning: string) => Promise<Reading<CommitSha>>;
}

export interface ReadsTrunk {
  /**
   * The trunk as it is now, with what every check said on its commits, newest first. Reads on, page by page, until `enough`
   * says so, the root is reached, or 250 commits were read. Missing: there is no such branch.
   */
  readonly readTrunk: (
    repository: RepositoryRef,
    branch: string,
    governedEnvironments: readonly string[],
    enough: (evidence: TrunkEvidence) => boolean,
  ) => Promise<Reading<TrunkEvidence>>;
  /**
   * Which of the check runs are jobs of the workflow run, of any attempt; none where the run is gone. A check run of GitHub
   * Actions that is no job was written by a step.
   */
  readonly readJobs: (
    repository: RepositoryRef,
    runId: number,
    checkRuns: readonly number[],
  ) => Promise<ReadonlySet<number>>;
}

/** An issue or a pull request, as far as Holdpoint acts on it. */
export interface IssueFacts {
  readonly number: number;
  readonly url: string;
  readonly onPullRequest: boolean;
  readonly state: "open" | "closed";
  readonly locked: boolean;
  /** As they are written. */
  readonly labels: readonly { readonly id: number; readonly name: string }[];
  readonly body: string;
  /** Written by this very App. */
  readonly isOurs: boolean;
  readonly updatedAt: Date;
}

export type { IssueEvent };

export interface ReadsIssues {
  /** missing: deleted or transferred (a redirect is not followed). `issues-off`: the repository has none. */
  readonly readIssue: (repository: RepositoryRef, number: number) => Promise<Reading<IssueFacts>>;
  /** All of them, paged to the end. */
  readonly readIssueEvents: (repository: RepositoryRef, number: number) => Promise<readonly IssueEvent[]>;
  /** Open and closed ones with the label, changed since then, newest change first; by the list endpoint, never by search. */
  readonly listIssues: (
    repository: RepositoryRef,
    label: string,
    since: Date | null,
  ) => Promise<readonly IssueFacts[]>;
}

export type Membership = "active" | "pending" | "none";

export interface ReadsPeople {
  /** `org/slug`; nested teams count. unknown: the App may not read members, so nobody knows; a rate limit is a fault. */
  readonly readMembership: (
    repository: RepositoryRef,
    team: string,
    login: string,
  ) => Promise<Reading<Membership>>;
  /** CODEOWNERS in force at the commit: `.github/`, the root, `docs/`, the first of them; under 3 MB. */
  readonly readCodeOwners: (repository: RepositoryRef, sha: CommitSha) => Promise<Reading<FileAtCommit>>;
  /** Paths that one pull request changed, both names of a rename; `truncated` past 3,000. */
  readonly readChangedFiles: (
    repository: RepositoryRef,
    pullRequest: number,
  ) => Promise<Reading<readonly string[]>>;
  /** The public e-mail address of a person; null where there is none. */
  readonly readEmail: (repository: RepositoryRef, login: string) => Promise<string | null>;
}

/** A run that waits for a deployment protection rule of ours. */
export interface WaitingDeployment {
  readonly runId: number;
  readonly environment: string;
  readonly sha: CommitSha;
  readonly callbackUrl: string;
  /** When the run's newest attempt began. */
  readonly startedAt: Date;
}

export interface ReadsWaitingDeployments {
  /** Runs that wait, with the environments whose rule is ours. */
  readonly listWaitingDeployments: (repository: RepositoryRef) => Promise<readonly WaitingDeployment[]>;
}

/** An issue or a pull request as a list shows it. */
export type ListedIssue = Pick<IssueFacts, "number" | "onPullRequest" | "state" | "updatedAt"> & {
  readonly labels: readonly string[];
  readonly comments: number;
};

export interface ListedComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly body: string;
  readonly isBot: boolean;
  readonly updatedAt: Date;
}

/** The newest status of a name on a commit. */
export interface ListedStatus {
  readonly statusId: number;
  readonly context: string;
  readonly state: string;
  readonly description: string;
  /** Who posted it; null: the account is gone. */
  readonly by: string | null;
  /** Posted by this very App; asked for under our names alone. */
  readonly isOurs: boolean;
}

/**
 * What a reconciliation compares, all of it by conditional requests: what has not changed costs nothing of the limit. What
 * is not there is null, or an empty list.
 */
export interface ReadsSights {
  readonly readHead: (repository: RepositoryRef, branch: string) => Promise<CommitSha | null>;
  /** A text that changes with the newest deployment to the environment, or what became of it. */
  readonly readDeploymentMark: (repository: RepositoryRef, environment: string) => Promise<string>;
  /** A text that changes with the results of the check runs on the commit. */
  readonly readCheckMark: (repository: RepositoryRef, sha: CommitSha) => Promise<string>;
  readonly listStatuses: (repository: RepositoryRef, sha: CommitSha) => Promise<readonly ListedStatus[]>;
  /** Issues and pull requests changed since then, that moment included; newest change first. */
  readonly listChangedIssues: (repository: RepositoryRef, since: Date) => Promise<readonly ListedIssue[]>;
  readonly listComments: (repository: RepositoryRef, since: Date) => Promise<readonly ListedComment[]>;
}

export interface ReadsInstallations {
  readonly listInstallations: () => Promise<
    readonly { id: InstallationId; account: { id: number; login: string }; suspended: boolean }[]
  >;
  readonly listRepositories: (installation: InstallationId) => Promise<readonly RepositoryFacts[]>;
  /** By numeric id, so that a rename is found; redirects are never followed. */
  readonly readRepository: (
    installation: InstallationId,
    id: RepositoryId,
  ) => Promise<Reading<RepositoryFacts>>;
  /** Ids of deliveries since then that never reached us with success, newest attempt per GUID. */
  readonly listFailedDeliveries: (since: Date) => Promise<readonly { id: number; guid: string }[]>;
  readonly redeliver: (id: number) => Promise<void>;
}

export interface PostsToGitHub {
  readonly postStatus: (
    repository: RepositoryRef,
    status: {
      sha: CommitSha;
      context: string;
      state: "success" | "failure" | "pending" | "error";
      description: string;
      targetUrl: string | null;
    },
  ) => Promise<Posted>;
  /** Updates the run with `existingId`, else the one of that name and external id that is there, else makes one. */
  readonly postCheckRun: (
    repository: RepositoryRef,
    run: {
      sha: CommitSha;
      name: string;
      externalId: string;
      conclusion: "success" | "failure" | "action_required" | "neutral";
      title: string;
      summary: string;
      text: string | null;
      detailsUrl: string | null;
      actions: readonly { label: string; description: string; identifier: string }[];
    },
    existingId: number | null,
  ) => Promise<Posted>;
  /** Writes the comment unless one of ours with that marker is there already. */
  readonly postComment: (
    repository: RepositoryRef,
    comment: { issueNumber: number; marker: string; body: string },
  ) => Promise<Posted>;
}

/** Writes about issues. Each looks before it writes. */
export interface WritesIssues {
  /**
   * The issue with that marker, written by this App, else a new one; then its text, labels and state as given. Labels are
   * made where they are missing, and no others than the named are touched. `existing` is tried first; where that issue is gone,
   * another is made. Of several with the marker the oldest stays, the others are closed with a link to it.
   */
  readonly putIssue: (
    repository: RepositoryRef,
    issue: {
      marker: string;
      title: string;
      body: string;
      labels: readonly { name: string; color: string; description: string }[];
      /** Made with a new issue where they are missing, and not put on it. */
      labelsReady: readonly { name: string; color: string; description: string }[];
      labelsOff: readonly string[];
      state: "open" | "closed";
    },
    existing: {
      number: number | null;
      /** Called when there is none and one is about to be made; throws a fault where that has to wait. */
      beforeMaking: () => Promise<void>;
    },
  ) => Promise<Posted>;
  readonly putLabel: (
    repository: RepositoryRef,
    label: { issueNumber: number; name: string; present: boolean },
  ) => Promise<Posted>;
  readonly putIssueState: (
    repository: RepositoryRef,
    issue: { issueNumber: number; state: "open" | "closed" },
  ) => Promise<Posted>;
}

export interface AnswersDeployments {
  /** Refused where the callback's host is not the API's. A `report` is sent once for each text, ten at most. */
  readonly answerDeployment: (
    repository: RepositoryRef,
    answer: {
      runId: number;
      environment: string;
      callbackUrl: string;
      answer: "report" | "approved" | "rejected";
      comment: string;
    },
  ) => Promise<Posted>;
}

/** Where a Slack message stands. */
export interface SlackPlace {
  readonly channel: string;
  readonly ts: string;
}

/** Slack, outgoing. Errors that stay (no such channel, not invited) are `refused`; the others are faults. */
export interface SendsMessages {
  /** Posts unless a message of ours with that key is there already. */
  readonly sendMessage: (message: {
    key: string;
    to: { kind: "channel"; channel: string } | { kind: "user"; id: string };
    thread: SlackPlace | null;
    text: string;
    /** An earlier try may have posted it since then, and was not told; null: there was none, so nobody looks. */
    mayBeThereSince: Date | null;
  }) => Promise<
    | { readonly state: "done"; readonly place: SlackPlace }
    | { readonly state: "refused"; readonly detail: string }
  >;
  /** null: no such person, or not active. */
  readonly findUserByEmail: (email: string) => Promise<string | null>;
}

/** What a post came to. A refusal (422: too many statuses, text too long) is final: another door must carry it. */
export type Posted =
  | { readonly state: "done"; readonly remoteId: number | null }
  | { readonly state: "refused"; readonly status: number; readonly detail: string };

/** Everything that Holdpoint asks of GitHub. Callers name the narrow part they use. */
export type GitHub = ReadsOutlines &
  ReadsHeads &
  ReadsPlaces &
  ReadsRules &
  ReadsChanges &
  ReadsPullRequests &
  ReadsChecks &
  ReadsComments &
  ReadsCommits &
  ReadsSights &
  ReadsInstallations &
  ReadsTrunk &
  ReadsOrigins &
  ReadsIssues &
  ReadsPeople &
  ReadsWaitingDeployments &
  PostsToGitHub &
  WritesIssues &
  AnswersDeployments;

/** Jira, read-only for the rules. Never throws for what Jira does: each key gets its own answer. */
export interface ReadsTickets {
  /** All keys in `ceil(n/100)` calls, plus one each for those that did not come back; parents of sub-tasks included. */
  readonly readTickets: (
    keys: readonly TicketKey[],
    fieldNames: readonly string[],
  ) => Promise<ReadonlyMap<TicketKey, Reading<Ticket>>>;
  /** Keys of all projects that Holdpoint may see, upper case; cached. */
  readonly readProjects: () => Promise<Reading<readonly string[]>>;
}

/** The settings of an App that was just registered; all of it is secret but the first two. */
export interface AppCredentials {
  readonly appId: number;
  /** The App's public page, where it is installed from. */
  readonly appPage: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The end of an installation's audit as it was at a moment. */
export interface AnchoredHead {
  readonly installation: number;
  readonly sequence: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

export interface AnchorsRead {
  readonly lines: number;
  /** Of all lines up to the first that does not fit, oldest first. */
  readonly heads: readonly AnchoredHead[];
  /** When the newest of those was written. */
  readonly newest: Date | null;
  /** The number of the first line that does not fit; null: all do. */
  readonly broken: number | null;
}

/** Keeps the ends of the audit's chains where whoever owns the database does not reach them. */
export interface KeepsAnchors {
  /** For people. */
  readonly path: string;
  readonly read: () => Promise<AnchorsRead>;
  /** On the disk when it returns; the number of its line and that line's hash go to the log. */
  readonly append: (
    heads: readonly AnchoredHead[],
    at: Date,
  ) => Promise<{ readonly line: number; readonly hash: string }>;
}
