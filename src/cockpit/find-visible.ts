import { findSeenRepository } from "../store/session.ts";
import type { CockpitDependencies } from "./cockpit-dependencies.ts";
import type { Person, VisibleRepository } from "./person.ts";

/** null: it does not exist for this person, whatever the reason; the page then answers 404. */
export async function findVisible(
  { database }: Pick<CockpitDependencies, "database">,
  person: Person,
  { owner, repo }: { readonly owner: string; readonly repo: string },
): Promise<VisibleRepository | null> {
  const found = await findSeenRepository(database, person.sessionHash, { owner, name: repo });
  if (found === null) return null;
  return { facts: found.repository.facts, right: found.permission, openCases: found.openCases };
}
