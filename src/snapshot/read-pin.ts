import { type Pin, pinOf } from "../domain/gate/unpinned.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy, Policy } from "../domain/policy.ts";
import type { ReadsRules } from "../ports/repository.ts";
import { readFact } from "./reading.ts";

/** Of the branch that Holdpoint's statuses guard: what the environment runs, or what is deployed. A hint never costs a verdict. */
export async function readPin(
  { github }: { readonly github: ReadsRules },
  repository: RepositoryFacts,
  policy: Policy,
  { base }: EnvironmentPolicy,
): Promise<Pin> {
  const deployed = policy.deploy.branch ?? policy.trunk ?? repository.defaultBranch;
  const branch = base.kind === "branch" ? base.branch : deployed;
  return pinOf(branch, await readFact(() => github.readRequiredStatuses(repository, branch)));
}
