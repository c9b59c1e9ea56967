import type { GitRepository } from "./git/git-repository.ts";

/** A JSON object on its way out. */
export type Json = Readonly<Record<string, unknown>>;

export interface Account {
  readonly id: number;
  login: string;
  readonly type: "User" | "Organization" | "Bot";
  readonly name: string;
  /** Commits with it are this account's. */
  readonly email: string;
}

/** A GitHub App: Holdpoint itself, GitHub Actions, or somebody's CI. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly createdAt: Date;
}

export type Permissions = Readonly<Record<string, "read" | "write" | "admin">>;

export interface Installation {
  readonly id: number;
  readonly account: Account;
  permissions: Permissions;
  events: readonly string[];
  /** null: all repositories of the account. */
  selected: Set<number> | null;
  suspendedAt: Date | null;
  readonly createdAt: Date;
}

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export interface Repository {
  readonly id: number;
  owner: Account;
  name: string;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  defaultBranch: string;
  mergeMethods: { merge: boolean; squash: boolean; rebase: boolean };
  readonly parent: Repository | null;
  readonly createdAt: Date;
  updatedAt: Date;
  pushedAt: Date;
  readonly git: GitRepository;
  /** What refs pointed at before they last moved: for reads that lag. */
  readonly formerRefs: Map<string, string | null>;
  readonly issues: Map<number, Issue>;
  /** Issues that were transferred: the address of each where it is now. */
  readonly transferredIssues: Map<number, string>;
  readonly labels: Map<number, Label>;
  readonly statuses: Map<string, Status[]>;
  readonly suites: Map<number, CheckSuite>;
  readonly runs: Map<number, WorkflowRun>;
  readonly deployments: Map<number, Deployment>;
  readonly roles: Map<number, Role>;
  readonly environments: Map<string, number>;
  /** Environments, in lower case, that ask the App before a job may deploy there; the number of the rule. */
  readonly protectionRules: Map<string, number>;
  /** By branch: what its ruleset asks for before anything is merged; null stands for anybody's. */
  readonly requiredStatuses: Map<
    string,
    readonly { readonly context: string; readonly appId: number | null }[]
  >;
}

/** A job that waits, or waited, for the App's answer. */
export interface GatedJob {
  readonly environment: string;
  readonly attempt: number;
  readonly job: CheckRun;
  readonly deployment: Deployment;
  /** How the job ends once it may go on; null: it does not end by itself. */
  readonly ends: "success" | "failure" | null;
  readonly reports: string[];
  answer: { readonly state: "approved" | "rejected"; readonly comment: string } | null;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Comment {
  readonly id: number;
  body: string;
  readonly author: Account;
  readonly app: App | null;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly reactions: Reaction[];
}

export interface Reaction {
  readonly id: number;
  readonly content: ReactionContent;
  readonly user: Account;
  readonly createdAt: Date;
}

export const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type ReactionContent = (typeof REACTIONS)[number];

/** What the timeline of an issue says: who labelled, who closed. */
export interface IssueEvent {
  readonly id: number;
  readonly event: string;
  readonly actor: Account;
  readonly app: App | null;
  readonly label: Label | null;
  readonly createdAt: Date;
}

/** An issue; every pull request is one, too. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: Account;
  readonly app: App | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "reopened" | null;
  locked: boolean;
  closedBy: Account | null;
  closedAt: Date | null;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly labels: Set<number>;
  readonly assignees: Account[];
  readonly comments: Comment[];
  readonly events: IssueEvent[];
  readonly reactions: Reaction[];
  readonly pullRequest: PullRequest | null;
}

export interface PullRequest {
  readonly id: number;
  readonly baseRepository: Repository;
  readonly headRepository: Repository;
  readonly headBranch: string;
  headSha: string;
  baseBranch: string;
  baseSha: string;
  draft: boolean;
  merge: Merge | null;
}

export interface Merge {
  readonly at: Date;
  readonly by: Account;
  /** The commit on the base branch. */
  readonly sha: string;
  /** Every commit that it put on the base branch. */
  readonly shas: readonly string[];
  /** The commits it had itself; after a squash or a rebase they are others. */
  readonly own: readonly string[];
}

export type StatusState = "error" | "failure" | "pending" | "success";

export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: StatusState;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: Date;
}

export type Conclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale"
  | "startup_failure";

export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";

/** All check runs of one App on one commit; Actions has one for each workflow run. */
export interface CheckSuite {
  readonly id: number;
  readonly sha: string;
  readonly branch: string | null;
  readonly before: string | null;
  readonly app: App;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly runs: CheckRun[];
}

export interface CheckRunAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  status: RunStatus;
  conclusion: Conclusion | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: Date;
  completedAt: Date | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: number;
  actions: readonly CheckRunAction[];
  /** The job it is, of a workflow run. */
  readonly job: {
    readonly run: WorkflowRun;
    readonly attempt: number;
    readonly environment: string | null;
  } | null;
  deployment: Deployment | null;
  pendingEnvironment: string | null;
}

export interface WorkflowRun {
  readonly id: number;
  readonly workflowId: number;
  readonly name: string;
  /** `.github/workflows/ci.yml` */
  readonly path: string;
  readonly number: number;
  readonly event: string;
  readonly suite: CheckSuite;
  readonly actor: Account;
  readonly headRepository: Repository;
  attempt: number;
  status: RunStatus;
  conclusion: Conclusion | null;
  readonly createdAt: Date;
  startedAt: Date;
  updatedAt: Date;
  readonly gated: GatedJob[];
}

export type DeploymentState =
  | "error"
  | "failure"
  | "inactive"
  | "in_progress"
  | "queued"
  | "pending"
  | "success"
  | "waiting";

export interface DeploymentStatus {
  readonly id: number;
  readonly state: DeploymentState;
  readonly description: string;
  readonly creator: Account;
  readonly createdAt: Date;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly task: string;
  readonly description: string | null;
  readonly production: boolean;
  readonly transient: boolean;
  readonly creator: Account;
  readonly app: App | null;
  readonly createdAt: Date;
  readonly statuses: DeploymentStatus[];
}

export interface Team {
  readonly id: number;
  readonly organisation: Account;
  readonly slug: string;
  readonly name: string;
  readonly members: Map<number, { role: "member" | "maintainer"; state: "active" | "pending" }>;
  /** The team that this one is nested in. */
  parent: Team | null;
}
