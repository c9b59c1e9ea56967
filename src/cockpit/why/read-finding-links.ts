import { findDeployContents } from "../../store/deploy-contents.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { VisibleRepository } from "../person.ts";
import { showsTicketTexts } from "../repository/repository-view.ts";
import type { FindingLinks } from "./rule-branch.ts";

/** What is stored of the commits and tickets that a verdict names: those of the next deploy; others stay bare names. */
export async function readFindingLinks(
  { database, githubUrl }: Pick<CockpitDependencies, "database" | "githubUrl">,
  visible: VisibleRepository,
  environment: string,
): Promise<FindingLinks> {
  const { facts: repository } = visible;
  const contents = await findDeployContents(database, repository.id, environment);
  const showsTexts = showsTicketTexts(visible);
  return {
    githubUrl,
    showsTexts,
    repository,
    subjects: new Map(contents?.commits.map(({ sha, subject }) => [sha, subject])),
    // Where Jira is, is nobody's business who may not read what stands there.
    ticketUrls: new Map(
      contents?.tickets.flatMap(({ key, facts }) =>
        showsTexts && facts.state === "known" ? [[key, facts.url]] : [],
      ),
    ),
  };
}
