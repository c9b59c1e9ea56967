import { decidePullRequest } from "../domain/decide-pull-request.ts";
import { evaluate } from "../domain/evaluate.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";
import { readGround } from "./read-ground.ts";
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
  if (ground === null || ground.policyState.state !== "in-force") return;
  const { policy } = ground.policyState;
  if (policy.tickets.require === "off") return;
  if (await isGone(dependencies, ground.repository, subject)) {
    await saveNothing(dependencies, run, { head: subject.headSha, closed: true, lookAgainAt: null });
    return;
  }
  const { snapshot, carriage } = await takeMergeGroupSnapshot(dependencies, {
    repository: ground.repository,
    policy,
    squashOnly: ground.squashOnly,
    headSha: subject.headSha,
    baseSha: subject.baseSha,
    headRef: subject.headRef,
  });
  const verdict = evaluate(snapshot, carriage);
  const { publicUrl, githubUrl } = dependencies;
  const judged = {
    snapshot,
    carriage,
    verdict,
    publicUrl,
    githubUrl,
    policyState: ground.policyState,
    deployHead: await findDeployHead(dependencies.database, subject.repositoryId),
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
