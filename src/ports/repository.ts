/**
 * Narrow interfaces to the outside, types only. An adapter answers what it was asked with values (a branch
 * that does not exist is `missing`, not an exception) and throws a `Fault` where the other side failed.
 * `snapshot/` turns such faults into `unknown` facts; everything else lets them rise to the queue, which
 * tries again.
 */
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import type { ChangeSet, Commit, CommitSha, PullRequest, Reading, RepositoryFacts } from "../domain/model.ts";
import type { CheckResult } from "../domain/snapshot.ts";

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
  ) => Promise<Reading<LiveDeployment>>;
}

/** A deployment that succeeded. */
export interface LiveDeployment {
  readonly sha: CommitSha;
  /** The login of who created it; null: the account is gone. */
  readonly by: string | null;
  /** When it was said to have succeeded. */
  readonly at: Date;
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
