import type { RepositoryFacts } from "../domain/model.ts";
import type { ShownGates } from "../snapshot/shown-gates.ts";

/** As the policy names them, the main one first; empty: it names none. */
export async function readEnvironments(
  gates: ShownGates,
  { id }: Pick<RepositoryFacts, "id">,
  now: Date,
): Promise<readonly string[]> {
  const held = (await gates.read([id], now)).get(id);
  const policy = held?.policy.policy ?? held?.policy.heldTo ?? null;
  return policy?.deploy.environments.map(({ name }) => name) ?? [];
}
