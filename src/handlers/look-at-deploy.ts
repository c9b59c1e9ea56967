import { type BranchGone, decideBranchGone } from "../domain/decide-branch-gone.ts";
import { decideDeploy } from "../domain/decide-deploy.ts";
import { type UnusablePolicy, decideUnusablePolicy } from "../domain/decide-unusable-policy.ts";
import { evaluate } from "../domain/evaluate.ts";
import { unheardChecks } from "../domain/compliance/unheard-checks.ts";
import { momentToRetry } from "../domain/look-again.ts";
import type { CommitSha, Reading, RepositoryFacts, UnknownCode } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { Subject } from "../domain/subject.ts";
import type { BranchHead } from "../ports/repository.ts";
import { readGround } from "./read-ground.ts";
import { takeDeploySnapshot } from "../snapshot/take-deploy-snapshot.ts";
import { type ReadContents, saveDeployContents } from "../store/deploy-contents.ts";
import { type LookRun, beginLook, findDeployHead } from "../store/subject.ts";
import { listWatchedChecks } from "../store/watched-check.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { judgeHeads, unjudgedHead } from "./judge-heads.ts";
import { readPin } from "../snapshot/read-pin.ts";
import { saveGateWork } from "./save-gate-work.ts";
import { saveNothing, saveVerdict } from "./save-verdict.ts";

/** Judges the head of the deploy branch for the main environment and says so on GitHub. */
export async function lookAtDeploy(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "deploy" }>,
): Promise<void> {
  const { database, clock } = dependencies;
  const run = await beginLook(database, subject);
  if (run === null) return;
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null) return;
  const { repository, policyState } = ground;
  if (policyState.state === "unusable") {
    return await showUnusablePolicy(dependencies, run, { repository, policyState });
  }
  if (policyState.state !== "in-force") {
    const nothing = { head: null, closed: false, lookAgainAt: null };
    return await saveNothing(dependencies, run, nothing, [], (transaction) =>
      saveDeployContents(transaction, repository.id, []),
    );
  }
  const { policy } = policyState;
  const [environment] = policy.deploy.environments;
  if (environment === undefined) return await showHoldsAlone(dependencies, run, { repository, policy });
  const readAt = clock.now();
  const taken = await takeDeploySnapshot(dependencies, {
    repository,
    policy,
    environment,
    sha: null,
  });
  if (taken.state === "unknown") {
    const head = await findDeployHead(database, repository.id);
    const lookAgainAt = momentToRetry(taken.retryAt, clock.now());
    return await saveNothing(dependencies, run, { head, closed: false, lookAgainAt }, [], (transaction) =>
      saveDeployContents(transaction, repository.id, unreadContents(policy, taken.because)),
    );
  }
  if (taken.state === "missing") {
    return await showBranchGone(dependencies, run, { repository, policy, branch: taken.detail });
  }
  const { snapshot, carriage } = taken.value;
  const verdict = evaluate(snapshot, carriage);
  const { publicUrl, cockpitUrl, githubUrl } = dependencies;
  const watched = await listWatchedChecks(database, repository.id);
  const unheard = unheardChecks(watched, clock.now(), policyState.policy.deferred.hour);
  const pin = await readPin(dependencies, repository, policy, environment);
  const judged = { snapshot, carriage, verdict, publicUrl, cockpitUrl, githubUrl, policyState, unheard, pin };
  const work = await judgeHeads(dependencies, { repository, policy, taken: taken.value, judged, readAt });
  await saveVerdict(dependencies, run, judged, decideDeploy(judged), [judged], (transaction) =>
    saveGateWork(dependencies, transaction, repository.id, work),
  );
}

/** Without environments there is no verdict; the gate consists of holds, and is shown on the deploy branch's head. */
async function showHoldsAlone(
  dependencies: HandlerDependencies,
  run: LookRun,
  { repository, policy }: { readonly repository: RepositoryFacts; readonly policy: Policy },
): Promise<void> {
  const { github, clock } = dependencies;
  const branch = policy.deploy.branch ?? policy.trunk ?? repository.defaultBranch;
  const readAt = clock.now();
  const head = shaOf((await github.readBranches(repository, [branch])).get(branch));
  const shown = head === null ? [] : [unjudgedHead(policy, head, readAt)];
  const work = { shown, hidden: [], statuses: [], contents: [] };
  await saveNothing(dependencies, run, { head: null, closed: false, lookAgainAt: null }, [], (transaction) =>
    saveGateWork(dependencies, transaction, repository.id, work),
  );
}

/** Says that there is no deploy branch where the last verdict stands, and where there is none, on the default branch. */
async function showBranchGone(
  dependencies: HandlerDependencies,
  run: LookRun,
  given: Pick<BranchGone, "repository" | "policy" | "branch">,
): Promise<void> {
  const { github, database, clock, publicUrl, cockpitUrl, githubUrl } = dependencies;
  const { id, defaultBranch } = given.repository;
  const judged = await findDeployHead(database, id);
  const nothing = { head: judged, closed: false, lookAgainAt: null };
  const shownOn =
    judged ?? shaOf((await github.readBranches(given.repository, [defaultBranch])).get(defaultBranch));
  if (shownOn === null) return await saveNothing(dependencies, run, nothing);
  const effects = decideBranchGone({ ...given, head: shownOn, publicUrl, cockpitUrl, githubUrl });
  const readAt = clock.now();
  const shown = policyEnvironments(given.policy).map((environment) => ({
    ...unjudgedHead(given.policy, shownOn, readAt),
    environment,
  }));
  const contents = unreadContents(given.policy, "branch-not-found");
  await saveNothing(dependencies, run, nothing, effects, (transaction) =>
    saveGateWork(dependencies, transaction, id, { shown, hidden: [], statuses: [], contents }),
  );
}

/** What was seen before stays, and is said to be from then. */
function unreadContents(policy: Policy, because: UnknownCode): readonly ReadContents[] {
  return policyEnvironments(policy).map((environment) => ({ state: "unread", environment, because }));
}

function policyEnvironments({ deploy }: Policy): readonly string[] {
  return deploy.environments.map(({ name }) => name);
}

function shaOf(head: Reading<BranchHead> | undefined): CommitSha | null {
  return head?.state === "known" ? head.value.sha : null;
}

/** Says on the default branch's head what is wrong with the policy; no policy names another deploy branch. */
async function showUnusablePolicy(
  dependencies: HandlerDependencies,
  run: LookRun,
  { repository, policyState }: Pick<UnusablePolicy, "repository" | "policyState">,
): Promise<void> {
  const { github, clock, publicUrl, cockpitUrl, githubUrl } = dependencies;
  const { defaultBranch } = repository;
  const lookAgainAt = policyState.why === "unreadable" ? momentToRetry(null, clock.now()) : null;
  const nothing = { head: null, closed: false, lookAgainAt };
  if (!policyState.ownFile) return await saveNothing(dependencies, run, nothing);
  const heads = await github.readBranches(repository, [defaultBranch]);
  const head = heads.get(defaultBranch);
  if (head?.state !== "known") return await saveNothing(dependencies, run, nothing);
  const { sha } = head.value;
  const effects = decideUnusablePolicy({
    repository,
    policyState,
    head: sha,
    publicUrl,
    cockpitUrl,
    githubUrl,
  });
  await saveNothing(dependencies, run, { ...nothing, head: sha }, effects);
}
