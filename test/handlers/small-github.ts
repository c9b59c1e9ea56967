import type { HandlerDependencies } from "../../src/handlers/dependencies.ts";
import type { Effect } from "../../src/domain/effect.ts";
import type { Commit, CommitSha, PullRequest, Reading } from "../../src/domain/model.ts";
import type { GitHub } from "../../src/ports/github.ts";
import type { BranchHead, FileAtCommit } from "../../src/ports/repository.ts";
import type { JobRequest } from "../../src/queue/jobs.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { loudLog } from "../database/loud-log.ts";
import { TAKEN_AT, buildChangeSet, buildRepository, sha } from "../domain/build-snapshot.ts";

/** What a test says of the repository; changed between looks. */
export interface SmallWorld {
  policyFile: Reading<FileAtCommit>;
  organisationPolicyFile: Reading<FileAtCommit>;
  squashOnly: boolean;
  branches: Record<string, CommitSha>;
  pullRequests: PullRequest[];
  /** The commits from any base to a head. */
  commits: Map<CommitSha, readonly Commit[]>;
  comment: string;
  /** Names of the port's functions, in the order they were called. */
  readonly calls: string[];
}

export interface HandlerTest {
  readonly world: SmallWorld;
  readonly db: TestDatabase;
  readonly dependencies: HandlerDependencies;
  /** Looks that were asked for. */
  readonly asked: JobRequest[];
  readonly effects: () => Promise<readonly Effect[]>;
}

export function policyText(text: string): Reading<FileAtCommit> {
  return { state: "known", value: { text, sha: sha("policy") } };
}

export const NO_FILE: Reading<FileAtCommit> = { state: "missing", detail: "no such file" };

/** A handler's dependencies: a real database, one repository on a GitHub of a few lines, no Jira. */
export async function openHandlerTest(repository = buildRepository()): Promise<HandlerTest> {
  const db = await createTestDatabase();
  const world: SmallWorld = {
    policyFile: NO_FILE,
    organisationPolicyFile: NO_FILE,
    squashOnly: false,
    branches: { main: sha("main") },
    pullRequests: [],
    commits: new Map(),
    comment: "",
    calls: [],
  };
  const asked: JobRequest[] = [];
  const dependencies: HandlerDependencies = {
    github: smallGitHub(world, repository),
    jira: null,
    database: db.database,
    queue: {
      enqueue: (_transaction, jobs) => {
        asked.push(...jobs);
        return Promise.resolve();
      },
    },
    clock: { now: () => TAKEN_AT },
    log: loudLog,
    publicUrl: "https://holdpoint.example.com",
    cockpitUrl: null,
    githubUrl: "https://github.com",
    hour: 3_600_000,
  };
  return {
    world,
    db,
    dependencies,
    asked,
    async effects() {
      const rows = await db.database.query<{ desired: Effect }>(
        "select desired from holdpoint.effect order by target",
      );
      return rows.map(({ desired }) => desired);
    },
  };
}

function smallGitHub(world: SmallWorld, repository: ReturnType<typeof buildRepository>): GitHub {
  function called(name: string): void {
    world.calls.push(name);
  }
  function notExpected(name: string): () => Promise<never> {
    return () => Promise.reject(new Error(`no ${name} was expected`));
  }
  return {
    readTrunk: notExpected("readTrunk"),
    readJobs: notExpected("readJobs"),
    readOrigins: notExpected("readOrigins"),
    readIssue: notExpected("readIssue"),
    readIssueEvents: notExpected("readIssueEvents"),
    listIssues: notExpected("listIssues"),
    readMembership: notExpected("readMembership"),
    readCodeOwners: notExpected("readCodeOwners"),
    readChangedFiles: notExpected("readChangedFiles"),
    putIssue: notExpected("putIssue"),
    putLabel: notExpected("putLabel"),
    putIssueState: notExpected("putIssueState"),
    listWaitingDeployments: () => Promise.resolve([]),
    answerDeployment: notExpected("answerDeployment"),
    readEmail: notExpected("readEmail"),
    readOutline: () => {
      called("readOutline");
      const { policyFile, organisationPolicyFile, squashOnly } = world;
      return Promise.resolve({ repository, squashOnly, policyFile, organisationPolicyFile });
    },
    readBranches: (_, names) => {
      called("readBranches");
      return Promise.resolve(
        new Map(
          names.map((name): [string, Reading<BranchHead>] => {
            const head = world.branches[name];
            return head === undefined
              ? [name, { state: "missing", detail: name }]
              : [name, { state: "known", value: { sha: head, tree: `tree of ${head}` } }];
          }),
        ),
      );
    },
    readPullRequest: (_, number) => {
      called(`readPullRequest ${number}`);
      const found = world.pullRequests.find((one) => one.number === number);
      return Promise.resolve(
        found === undefined ? { state: "missing", detail: String(number) } : { state: "known", value: found },
      );
    },
    readChangeSet: (_, base, head) => {
      called("readChangeSet");
      const commits = world.commits.get(head) ?? [];
      return Promise.resolve({ state: "known", value: buildChangeSet({ base, head, commits }) });
    },
    readComment: () =>
      Promise.resolve({
        state: "known",
        value: {
          id: 5,
          body: world.comment,
          author: { id: 1, login: "octocat", isBot: false },
          edited: false,
          at: TAKEN_AT,
          onPullRequest: world.pullRequests.length > 0,
        },
      }),
    readPermission: () => Promise.resolve("write"),
    readOpenPullRequests: () =>
      Promise.resolve({
        state: "known",
        value: world.pullRequests.filter(({ state }) => state === "open"),
      }),
    readChecks: () => Promise.resolve({ state: "known", value: [] }),
    readRecentCommits: () => Promise.resolve([]),
    readHead: notExpected("readHead"),
    readDeploymentMark: notExpected("readDeploymentMark"),
    readCheckMark: notExpected("readCheckMark"),
    listStatuses: notExpected("listStatuses"),
    listChangedIssues: notExpected("listChangedIssues"),
    listComments: notExpected("listComments"),
    resolveCommit: notExpected("resolveCommit"),
    readLiveDeployment: notExpected("readLiveDeployment"),
    isReachable: () => Promise.resolve({ state: "known", value: false }),
    readBasesOfPullRequestsAt: () => Promise.resolve([]),
    wasDeployed: () => Promise.resolve(false),
    readRequiredStatuses: () => Promise.resolve({ state: "known", value: [] }),
    listInstallations: notExpected("listInstallations"),
    limitsLeft: () => [],
    readSlug: notExpected("readSlug"),
    listEnvironments: notExpected("listEnvironments"),
    listWorkflows: notExpected("listWorkflows"),
    listRepositories: notExpected("listRepositories"),
    readRepository: notExpected("readRepository"),
    listFailedDeliveries: notExpected("listFailedDeliveries"),
    redeliver: notExpected("redeliver"),
    postStatus: notExpected("postStatus"),
    postCheckRun: notExpected("postCheckRun"),
    postComment: notExpected("postComment"),
  };
}
