import { listCasesOfIssue } from "../../store/compliance-case.ts";
import { findComplianceIssue } from "../../store/compliance-issue.ts";
import { listOverrides } from "../../store/override.ts";
import { isOfCases } from "../ending-overrides.ts";
import { readStoredIssue, type StoredIssue } from "../read-issue.ts";
import type { Asked } from "./asked.ts";

const NOTHING: StoredIssue = { compliance: null, openCases: [], overrides: [], halts: [] };

/** What is stored of what the command is about. In the cockpit a case is known before its issue has a number. */
export async function readMeantIssue(
  asked: Pick<Asked, "dependencies" | "ground" | "said" | "issueNumber">,
): Promise<StoredIssue> {
  const { dependencies, ground, said, issueNumber } = asked;
  const { repository } = ground;
  if (issueNumber !== null) return await readStoredIssue(dependencies, repository, issueNumber);
  if (said.door !== "cockpit" || said.on.kind !== "case") return NOTHING;
  const { database, clock } = dependencies;
  const { firstRed } = said.on;
  const cases = await listCasesOfIssue(database, repository.id, firstRed);
  const ids = new Set(cases.map(({ id }) => id));
  const overrides = await listOverrides(database, repository.id, clock.now());
  return {
    compliance: await findComplianceIssue(database, repository.id, firstRed),
    openCases: cases.filter(({ end }) => end === null),
    overrides: overrides.filter(({ scope }) => isOfCases(scope) && scope.caseIds.some((id) => ids.has(id))),
    halts: [],
  };
}
