import { deployContentsOf } from "../domain/contents/deploy-contents-of.ts";
import { evaluate } from "../domain/evaluate.ts";
import { environmentName } from "../domain/gate/environment-of.ts";
import type { Judgement } from "../domain/gate/gate.ts";
import { type HeadFacts, rejudge } from "../domain/gate/rejudge.ts";
import type { Judged } from "../domain/judged.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy, Policy } from "../domain/policy.ts";
import type { DeploySnapshot } from "../domain/snapshot.ts";
import { settlePlaces } from "../snapshot/settle-places.ts";
import { type TakenDeploy, takeDeploySnapshot } from "../snapshot/take-deploy-snapshot.ts";
import type { ReadContents } from "../store/deploy-contents.ts";
import { listShownJudgements } from "../store/judgement.ts";
import type { RunningCommit } from "../store/deploy.ts";
import type { LiveCommit } from "../store/live-commit.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import type { GateWork } from "./save-gate-work.ts";

export interface DeployHead {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  /** The main environment's facts, as they were taken for its verdict. */
  readonly taken: TakenDeploy;
  readonly judged: Judged<DeploySnapshot>;
  /** Before the first of them was read. */
  readonly readAt: Date;
}

const MOST_SHOWN = 200;

/**
 * Judges the head of the deploy branch for every environment, and with it the earlier commits that show the gate and are not
 * live yet: a ticket that was moved back holds them, too.
 */
export async function judgeHeads(dependencies: HandlerDependencies, given: DeployHead): Promise<GateWork> {
  const { database } = dependencies;
  const { repository, policy, taken, judged, readAt } = given;
  const { head } = judged.snapshot;
  const before = await listShownJudgements(database, repository.id, MOST_SHOWN);
  const works: GateWork[] = [];
  const contents: ReadContents[] = [];
  for (const environment of policy.deploy.environments) {
    const isMain = environment === policy.deploy.environments[0];
    const facts = isMain
      ? ({ state: "known", value: { judged, live: taken.live, readAt } } as const)
      : await takeFor(dependencies, given, environment, head);
    contents.push(contentsOf(environment, facts));
    if (facts.state !== "known") continue;
    const known = before.filter((one) => one.environment === environment.name);
    works.push(
      await judgeOne(dependencies, {
        repository,
        environment,
        facts: facts.value,
        known,
        trunkHead: taken.trunkHead,
      }),
    );
  }
  return {
    shown: works.flatMap(({ shown }) => shown),
    hidden: works.flatMap(({ hidden }) => hidden),
    statuses: works.flatMap(({ statuses }) => statuses),
    live: works.flatMap(({ live = [] }) => live),
    running: works.flatMap(({ running = [] }) => running),
    contents,
  };
}

function contentsOf({ name }: EnvironmentPolicy, facts: Reading<HeadFacts>): ReadContents {
  if (facts.state === "known") return { state: "read", contents: deployContentsOf(facts.value.judged) };
  const because = facts.state === "unknown" ? facts.because : "branch-not-found";
  return { state: "unread", environment: name, because };
}

/** The deploy's head where the policy names no environments: holds alone decide, and nothing else is read. */
export function unjudgedHead(policy: Policy, sha: CommitSha, readAt: Date): Judgement {
  const environment = environmentName(policy, null);
  return { environment, sha, place: "deploy-branch", wasLive: false, verdict: null, readAt };
}

async function takeFor(
  dependencies: HandlerDependencies,
  { repository, policy, judged }: DeployHead,
  environment: EnvironmentPolicy,
  sha: CommitSha,
): Promise<Reading<HeadFacts>> {
  const readAt = dependencies.clock.now();
  const taken = await takeDeploySnapshot(dependencies, { repository, policy, environment, sha });
  if (taken.state !== "known") return taken;
  const { snapshot, carriage, live } = taken.value;
  const own = { ...judged, snapshot, carriage, verdict: evaluate(snapshot, carriage) };
  return { state: "known", value: { judged: own, live, readAt } };
}

async function judgeOne(
  dependencies: HandlerDependencies,
  {
    repository,
    environment,
    facts,
    known,
    trunkHead,
  }: {
    readonly repository: RepositoryFacts;
    readonly environment: EnvironmentPolicy;
    readonly facts: HeadFacts;
    readonly known: readonly Judgement[];
    readonly trunkHead: CommitSha | null;
  },
): Promise<GateWork> {
  const { judged, readAt } = facts;
  const { head, base } = judged.snapshot;
  const fresh = { environment: environment.name, wasLive: false, readAt } as const;
  const own: Judgement = { ...fresh, sha: head, place: "deploy-branch", verdict: judged.verdict };
  const earlier = known.filter(({ sha }) => sha !== head);
  const again = earlier.flatMap((one) => rejudge(facts, one) ?? []);
  const judgedAgain = new Set(again.map(({ judgement }) => judgement.sha));
  const settled = await settlePlaces(dependencies, {
    repository,
    environment,
    head,
    base: base.state === "known" ? base.value.sha : null,
    left: earlier.filter(({ sha, place }) => place === "deploy-branch" && !judgedAgain.has(sha)),
    trunkHead: known.some(({ sha }) => sha === trunkHead) || trunkHead === head ? null : trunkHead,
    readAt,
  });
  return {
    shown: [own, ...again.map(({ judgement }) => judgement), ...settled.elsewhere],
    hidden: settled.live,
    statuses: again.flatMap(({ statuses }) => statuses),
    live: environment.base.kind === "branch" ? liveNow(environment.name, base) : [],
    running: runningNow(environment.name, base, readAt),
  };
}

/** What the environment itself runs: GitHub's word on who and when where it keeps one, else the moment it was seen. */
function runningNow(
  environment: string,
  base: DeploySnapshot["base"],
  seenAt: Date,
): readonly RunningCommit[] {
  if (base.state !== "known") return [];
  const { sha, sameTreeAs, deployed = { by: null, at: seenAt } } = base.value;
  return [{ environment, sha: sameTreeAs ?? sha, ...deployed }];
}

/** Where the branch itself is, and the commit of the deploy branch that counts as the same. */
function liveNow(environment: string, base: DeploySnapshot["base"]): readonly LiveCommit[] {
  if (base.state !== "known") return [];
  const { sha, sameTreeAs } = base.value;
  return [sha, ...(sameTreeAs === null ? [] : [sameTreeAs])].map((one) => ({ environment, sha: one }));
}
