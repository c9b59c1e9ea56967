import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { VisibleRepository } from "../person.ts";
import { type Html, NOTHING } from "../view/html.ts";

/** What happened last in the repository, newest first: a short list for the side of another page. */
export async function justNow(
  _dependencies: Pick<CockpitDependencies, "database" | "clock" | "githubUrl" | "hour">,
  _repository: VisibleRepository,
): Promise<Html> {
  return NOTHING;
}
