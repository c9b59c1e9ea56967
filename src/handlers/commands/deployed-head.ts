import type { CommitSha } from "../../domain/model.ts";
import type { AskedUnderPolicy } from "./asked.ts";

/** The head of the deploy branch as it is now; null: there is none. */
export async function findDeployedHead({
  dependencies,
  ground,
  policy,
}: AskedUnderPolicy): Promise<CommitSha | null> {
  const branch = policy.deploy.branch ?? policy.trunk ?? ground.repository.defaultBranch;
  const head = (await dependencies.github.readBranches(ground.repository, [branch])).get(branch);
  return head?.state === "known" ? head.value.sha : null;
}
