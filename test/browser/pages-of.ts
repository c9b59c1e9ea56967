import { casePath, repositoryPath, whyPath } from "../../src/domain/cockpit-paths.ts";
import type { World } from "./build-world.ts";
import type { Stage } from "./open-stage.ts";
import { OWNER } from "./world-tools.ts";

/** One page of the cockpit, as it is called in test names and in the names of pictures. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** The cases of a repository, newest first. */
export async function caseIds(stage: Stage, repository: string): Promise<readonly number[]> {
  const rows = await stage.holdpoint.database.query<{ readonly id: string }>(
    `select c.id from holdpoint.compliance_case c join holdpoint.repository r on r.id = c.repository_id
      where r.owner = $1 and r.name = $2 order by c.deadline, c.id`,
    [OWNER, repository],
  );
  return rows.map(({ id }) => Number(id));
}

/** Every page there is, each in the states that look different. */
export async function pagesOf(stage: Stage, world: World): Promise<readonly Place[]> {
  const storefront = { owner: OWNER, name: "storefront" };
  const here = repositoryPath(storefront);
  const [halted = 0, counting = 0] = await caseIds(stage, "storefront");
  const [resolved = 0] = await caseIds(stage, "search");
  return [
    { name: "overview", path: "/" },
    { name: "overview-filtered", path: "/?q=search" },
    { name: "repository", path: here },
    { name: "repository-staging", path: repositoryPath(storefront, "staging") },
    { name: "repository-open", path: repositoryPath({ owner: OWNER, name: "checkout" }) },
    { name: "repository-halted-by-hand", path: repositoryPath({ owner: OWNER, name: "mobile" }) },
    { name: "repository-observed", path: repositoryPath({ owner: OWNER, name: "backoffice" }) },
    { name: "repository-unknown", path: repositoryPath({ owner: OWNER, name: "receipts" }) },
    { name: "repository-empty", path: repositoryPath({ owner: OWNER, name: "search" }) },
    { name: "first-visit", path: repositoryPath({ owner: OWNER, name: "website" }) },
    { name: "policy-broken", path: repositoryPath({ owner: OWNER, name: "legacy" }) },
    { name: "mending", path: `${here}/mend/${world.tickets.withoutChecks}?environment=production` },
    { name: "cases", path: `${here}/cases` },
    { name: "case-expired", path: casePath(storefront, halted) },
    { name: "case-open", path: casePath(storefront, counting) },
    { name: "case-resolved", path: casePath({ owner: OWNER, name: "search" }, resolved) },
    { name: "why", path: whyPath(storefront, { environment: "production", sha: world.head }) },
    { name: "why-asked", path: `${here}/why` },
    { name: "history", path: `${here}/history` },
    { name: "operations", path: "/operations" },
  ];
}
