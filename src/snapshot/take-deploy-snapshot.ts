import type { ChangeSet, Commit, CommitSha, PullRequest, Reading, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy, Policy } from "../domain/policy.ts";
import type { Base, CheckResult, CommitMessage, DeploySnapshot } from "../domain/snapshot.ts";
import { moveToSameTree } from "../domain/change-set/move-to-same-tree.ts";
import { attributeTickets } from "../domain/tickets/attribute.ts";
import type { Carriage } from "../domain/tickets/carriage.ts";
import type { BranchHead } from "../ports/repository.ts";
import { listAttachedTickets } from "../store/attached-ticket.ts";
import { readBase } from "./read-base.ts";
import { readLiveCommits } from "./read-live-commits.ts";
import { knownProjects, readProjects, readTicketFacts } from "./read-tickets.ts";
import { readFact } from "./reading.ts";
import type { Sources } from "./sources.ts";

/** How many commits a first deployment lists: there is no base to stop at. */
const FIRST_DEPLOY_COMMITS = 250;

/** Which deploy is looked at. */
export interface DeployQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly environment: EnvironmentPolicy;
  /** null: the head of the deploy branch. */
  readonly sha: CommitSha | null;
  /** Another base than what the environment runs, where somebody asks about a range of their own. */
  readonly base?: CommitSha | null;
}

/** Of the database a deploy needs only what people attached to its commits; where there is none, nobody attached anything. */
export type DeploySources = Omit<Sources, "database"> & Partial<Pick<Sources, "database">>;

export interface TakenDeploy {
  readonly snapshot: DeploySnapshot;
  /** null when the change set is not known. */
  readonly carriage: Carriage | null;
  /** Commits before the range that its reverts may name; empty where none was needed. */
  readonly live: readonly Pick<Commit, "sha" | "message">[];
  /** The head of the trunk; null where there is none. */
  readonly trunkHead: CommitSha | null;
}

/**
 * Gathers every fact for one commit and one environment, each read once. Missing or unknown only as a
 * whole: when the deploy branch has no head to judge.
 */
export async function takeDeploySnapshot(
  sources: DeploySources,
  question: DeployQuestion,
): Promise<Reading<TakenDeploy>> {
  const { repository, policy, environment } = question;
  const trunk = policy.trunk ?? repository.defaultBranch;
  const deployBranch = policy.deploy.branch ?? trunk;
  const branches = await readBranchHeads(sources, question, [trunk, deployBranch]);
  const deployHead = branches.get(deployBranch) ?? { state: "missing", detail: deployBranch };
  const head: Reading<CommitSha> =
    question.sha === null
      ? deployHead.state === "known"
        ? { state: "known", value: deployHead.value.sha }
        : deployHead
      : { state: "known", value: question.sha };
  if (head.state !== "known") return head;

  const ground = { repository, policy, environment: environment.name, head: head.value };
  const [range, checks, openPullRequests, outside, projects] = await Promise.all([
    readRange(sources, question, head.value, branches),
    readRequiredChecks(sources, question, head.value),
    readOpen(sources, question),
    readOutside(sources, question, head.value, branches.get(trunk), trunk === deployBranch),
    readProjects(sources.jira, policy),
  ]);
  const attached = await readAttached(sources, repository, range.changeSet);
  const { carriage, live } = await attribute(sources, question, { ...range, projects, attached });
  const tickets = await readTicketFacts(sources.jira, policy, carriage);
  const snapshot: DeploySnapshot = {
    kind: "deploy",
    takenAt: sources.clock.now(),
    ...ground,
    ...range,
    tickets,
    checks,
    openPullRequests,
    outside,
    projects,
    attached,
  };
  const trunkRead = branches.get(trunk);
  const trunkHead = trunkRead?.state === "known" ? trunkRead.value.sha : null;
  return { state: "known", value: { snapshot, carriage, live, trunkHead } };
}

async function readBranchHeads(
  sources: DeploySources,
  question: DeployQuestion,
  names: readonly string[],
): Promise<ReadonlyMap<string, Reading<BranchHead>>> {
  const { base } = question.environment;
  const wanted = new Set(base.kind === "branch" ? [...names, base.branch] : names);
  return await sources.github.readBranches(question.repository, [...wanted]);
}

async function readRange(
  sources: DeploySources,
  question: DeployQuestion,
  head: CommitSha,
  branches: ReadonlyMap<string, Reading<BranchHead>>,
): Promise<{ base: Reading<Base>; changeSet: Reading<ChangeSet> }> {
  const { repository, environment } = question;
  const { github } = sources;
  const base: Reading<Base> = question.base
    ? { state: "known", value: { sha: question.base, label: question.base, sameTreeAs: null } }
    : await readBase(github, repository, environment, branches);
  if (base.state === "unknown") return { base, changeSet: base };
  if (base.state === "missing") {
    return { base, changeSet: await readFact(() => readFirstDeploy(github, repository, head)) };
  }
  const changeSet = await readFact(() => github.readChangeSet(repository, base.value.sha, head));
  if (changeSet.state !== "known") return { base, changeSet };
  const moved = moveToSameTree(changeSet.value);
  if (moved === null) return { base, changeSet };
  return {
    base: { state: "known", value: { ...base.value, sha: moved.base, sameTreeAs: base.value.sha } },
    changeSet: { state: "known", value: moved.changeSet },
  };
}

async function readFirstDeploy(
  github: Sources["github"],
  repository: RepositoryFacts,
  head: CommitSha,
): Promise<Reading<ChangeSet>> {
  const newestFirst = await github.readRecentCommits(repository, head, FIRST_DEPLOY_COMMITS);
  const commits = newestFirst.toReversed();
  return {
    state: "known",
    value: {
      base: null,
      head,
      relation: "ahead",
      aheadBy: commits.length,
      behindBy: 0,
      commits,
      lost: [],
      pullRequests: new Map(),
      knowsPullRequests: false,
    },
  };
}

async function readRequiredChecks(
  sources: DeploySources,
  question: DeployQuestion,
  head: CommitSha,
): Promise<Reading<readonly CheckResult[]>> {
  if (question.policy.requiredChecks.length === 0) return { state: "missing", detail: "" };
  const governed = question.policy.deploy.environments.map(({ name }) => name);
  return await readFact(() => sources.github.readChecks(question.repository, head, governed));
}

async function readOpen(
  sources: DeploySources,
  question: DeployQuestion,
): Promise<Reading<readonly PullRequest[]>> {
  if (question.policy.tickets.complete === "off") return { state: "missing", detail: "" };
  return await readFact(() => sources.github.readOpenPullRequests(question.repository));
}

/** What the trunk has and the commit asked about has not. */
async function readOutside(
  sources: DeploySources,
  question: DeployQuestion,
  head: CommitSha,
  trunkHead: Reading<BranchHead> | undefined,
  deploysTrunk: boolean,
): Promise<Reading<readonly CommitMessage[]>> {
  if (question.policy.tickets.complete === "off") return { state: "missing", detail: "" };
  if (deploysTrunk && question.sha === null) return { state: "known", value: [] };
  if (trunkHead === undefined || trunkHead.state === "missing") {
    return { state: "unknown", because: "branch-not-found", detail: trunkHead?.detail ?? "", retryAt: null };
  }
  if (trunkHead.state === "unknown") return trunkHead;
  const ahead = await readFact(() =>
    sources.github.readChangeSet(question.repository, head, trunkHead.value.sha, "skip"),
  );
  if (ahead.state !== "known") return ahead;
  return { state: "known", value: ahead.value.commits.map(({ sha, message }) => ({ sha, message })) };
}

async function readAttached(
  { database }: DeploySources,
  { id }: RepositoryFacts,
  changeSet: Reading<ChangeSet>,
): Promise<DeploySnapshot["attached"]> {
  if (database === undefined || changeSet.state !== "known") return [];
  return await listAttachedTickets(
    database,
    id,
    changeSet.value.commits.map(({ sha }) => sha),
  );
}

async function attribute(
  sources: DeploySources,
  question: DeployQuestion,
  { changeSet, projects, attached }: Pick<DeploySnapshot, "changeSet" | "projects" | "attached">,
): Promise<Pick<TakenDeploy, "carriage" | "live">> {
  if (changeSet.state !== "known") return { carriage: null, live: [] };
  const input = {
    changeSet: changeSet.value,
    policy: question.policy.tickets,
    knownProjects: knownProjects(projects),
    attached,
  };
  const carriage = attributeTickets({ ...input, live: [] });
  const live = await readLiveCommits(sources.github, question.repository, changeSet.value, carriage);
  return { carriage: live.length === 0 ? carriage : attributeTickets({ ...input, live }), live };
}
