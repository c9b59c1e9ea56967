import { decidePullRequest } from "../domain/decide-pull-request.ts";
import { evaluate } from "../domain/evaluate.ts";
import type { Judged } from "../domain/judged.ts";
import { momentToRetry } from "../domain/look-again.ts";
import type { CommitSha, PullRequest } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { PullRequestSnapshot } from "../domain/snapshot.ts";
import type { Subject } from "../domain/subject.ts";
import { worstOf } from "../domain/worst-judged.ts";
import { readNeighbours } from "../snapshot/read-neighbours.ts";
import { takePullRequestSnapshot } from "../snapshot/take-pull-request-snapshot.ts";
import { beginLook, findDeployHead } from "../store/subject.ts";
import { askForLooks } from "./ask-for-looks.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { judgeIntoBase, leaveBase } from "./judge-into-base.ts";
import { type Ground, readGround } from "./read-ground.ts";
import { saveNothing, saveVerdict } from "./save-verdict.ts";

/** Judges the tickets of one pull request, so that authors mend them before anybody reviews. */
export async function lookAtPullRequest(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "pull-request" }>,
): Promise<void> {
  const { database, github, clock } = dependencies;
  const run = await beginLook(database, subject);
  if (run === null) return;
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null) return;
  const { repository, policyState } = ground;
  const reading = await github.readPullRequest(repository, subject.number);
  if (reading.state === "unknown") {
    const lookAgainAt = momentToRetry(reading.retryAt, clock.now());
    await saveNothing(dependencies, run, { head: null, closed: false, lookAgainAt });
    return;
  }
  if (reading.state === "missing" || reading.value.state !== "open") {
    if (reading.state === "known") await lookAtNeighbours(dependencies, ground, reading.value);
    const merged = reading.state === "known" && reading.value.state === "merged";
    await leaveBase(dependencies, { repository, subject, place: "pull-request", merged });
    await saveNothing(dependencies, run, { head: null, closed: true, lookAgainAt: null });
    return;
  }
  const pullRequest = reading.value;
  const nothing = { head: pullRequest.headSha, closed: false, lookAgainAt: null };
  const deployHead = await findDeployHead(database, subject.repositoryId);
  if (policyState.state === "in-force") {
    const { headSha: sha, baseBranch } = pullRequest;
    const { policy } = policyState;
    const place = "pull-request";
    await judgeIntoBase(dependencies, { repository, policy, sha, baseBranch, place, subject, deployHead });
  }
  if (policyState.state !== "in-force" || policyState.policy.tickets.require === "off") {
    return await saveNothing(dependencies, run, nothing);
  }
  const neighbours = await readNeighbours(dependencies, repository, pullRequest);
  if (neighbours.state !== "known") {
    const retryAt = neighbours.state === "unknown" ? neighbours.retryAt : null;
    const lookAgainAt = momentToRetry(retryAt, clock.now());
    return await saveNothing(dependencies, run, { ...nothing, lookAgainAt });
  }
  const { sameHead, parted } = neighbours.value;
  const together = [pullRequest, ...sameHead].toSorted((one, other) => one.number - other.number);
  const all = await judgeEach(dependencies, { ...ground, policy: policyState.policy, deployHead }, together);
  const [first, ...others] = all;
  if (first === undefined) return;
  const worst = worstOf(first, others);
  await askForLooks(dependencies, repository.id, parted, "its head was shared");
  await saveVerdict(dependencies, run, worst, decidePullRequest(worst), all);
}

/** Each by its own base, commits and title. */
async function judgeEach(
  dependencies: HandlerDependencies,
  ground: Ground & { readonly policy: Policy; readonly deployHead: CommitSha | null },
  together: readonly PullRequest[],
): Promise<readonly Judged<PullRequestSnapshot>[]> {
  const { repository, policy, squashOnly, policyState, deployHead } = ground;
  const { publicUrl, githubUrl } = dependencies;
  const all: Judged<PullRequestSnapshot>[] = [];
  for (const pullRequest of together) {
    const question = { repository, policy, squashOnly, pullRequest };
    const { snapshot, carriage } = await takePullRequestSnapshot(dependencies, question);
    const verdict = evaluate(snapshot, carriage);
    const sameHead = together.filter((one) => one !== pullRequest).map(({ number }) => number);
    all.push({ snapshot, carriage, verdict, publicUrl, githubUrl, policyState, deployHead, sameHead });
  }
  return all;
}

/** Their status was decided together with a pull request that is closed now. */
async function lookAtNeighbours(
  dependencies: HandlerDependencies,
  { repository }: Ground,
  closed: PullRequest,
): Promise<void> {
  const neighbours = await readNeighbours(dependencies, repository, closed);
  if (neighbours.state !== "known") return;
  const { sameHead, parted } = neighbours.value;
  await askForLooks(dependencies, repository.id, [...sameHead, ...parted], "its head was shared");
}
