import { decideUnjudgedGroup } from "../domain/decide-unjudged-group.ts";
import { decidePullRequest } from "../domain/decide-pull-request.ts";
import { evaluate } from "../domain/evaluate.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";
import { judgeIntoBase, leaveBase } from "./judge-into-base.ts";
import { readGround } from "./read-ground.ts";
import { baseOfMergeGroup } from "../snapshot/read-place.ts";
import { takeMergeGroupSnapshot } from "../snapshot/take-pull-request-snapshot.ts";
import { beginLook, findDeployHead } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { saveNothing, saveVerdict } from "./save-verdict.ts";

type MergeGroupSubject = Extract<Subject, { kind: "merge-group" }>;

/** Answers a merge queue on the group's head: without an answer the queue would hang until it gives up. */
export async function lookAtMergeGroup(
  dependencies: HandlerDependencies,
  subject: MergeGroupSubject,
): Promise<void> {
  const run = await beginLook(dependencies.database, subject);
  if (run === null) return;
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null || ground.policyState.state === "none") return;
  const { repository, policyState } = ground;
  const nothing = { head: subject.headSha, lookAgainAt: null };
  if (await isGone(dependencies, repository, subject)) {
    await leaveBase(dependencies, { repository, subject, place: "merge-group", merged: true });
    return await saveNothing(dependencies, run, { ...nothing, closed: true });
  }
  const { publicUrl, githubUrl } = dependencies;
  const place = { repository, sha: subject.headSha, publicUrl, githubUrl };
  if (policyState.state === "unusable") {
    const effects = policyState.ownFile ? decideUnjudgedGroup({ ...place, because: "policy-unusable" }) : [];
    return await saveNothing(dependencies, run, { ...nothing, closed: false }, effects);
  }
  const { policy } = policyState;
  const deployHead = await findDeployHead(dependencies.database, subject.repositoryId);
  const baseBranch = baseOfMergeGroup(subject.headRef);
  if (baseBranch !== null) {
    const into = { repository, policy, sha: subject.headSha, baseBranch, subject, deployHead };
    await judgeIntoBase(dependencies, { ...into, place: "merge-group" });
  }
  if (policy.tickets.require === "off") {
    const effects = decideUnjudgedGroup({ ...place, because: "no-tickets-asked" });
    return await saveNothing(dependencies, run, { ...nothing, closed: false }, effects);
  }
  const { snapshot, carriage } = await takeMergeGroupSnapshot(dependencies, {
    repository,
    policy,
    squashOnly: ground.squashOnly,
    headSha: subject.headSha,
    baseSha: subject.baseSha,
    headRef: subject.headRef,
  });
  const verdict = evaluate(snapshot, carriage);
  const judged = {
    snapshot,
    carriage,
    verdict,
    publicUrl,
    githubUrl,
    policyState: ground.policyState,
    deployHead,
  };
  await saveVerdict(dependencies, run, judged, decidePullRequest(judged));
}

/** Merged or thrown away, a group's branch goes with it, and with that everybody who would read an answer. */
async function isGone(
  { github }: Pick<HandlerDependencies, "github">,
  repository: RepositoryFacts,
  { headRef, headSha }: MergeGroupSubject,
): Promise<boolean> {
  const branch = headRef.replace(/^refs\/heads\//, "");
  const head = (await github.readBranches(repository, [branch])).get(branch);
  return head?.state === "missing" || (head?.state === "known" && head.value.sha !== headSha);
}
