import type { RepositoryFacts } from "../domain/model.ts";
import type { ShownGates } from "../snapshot/shown-gates.ts";

/** What the pages of a repository show around what they are about. */
export interface Surroundings {
  /** As the policy names them, the main one first. */
  readonly environments: readonly string[];
  readonly openCases: number;
}

export async function readSurroundings(
  gates: ShownGates,
  { id }: Pick<RepositoryFacts, "id">,
  now: Date,
): Promise<Surroundings> {
  const held = (await gates.read([id], now)).get(id);
  const policy = held?.policy.policy ?? held?.policy.heldTo ?? null;
  return {
    environments: policy?.deploy.environments.map(({ name }) => name) ?? [],
    openCases: held?.stored.cases.length ?? 0,
  };
}
