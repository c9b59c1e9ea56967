import type { Queryable } from "../database/database.ts";
import type { IssueReference } from "../domain/effect.ts";
import type { RepositoryId } from "../domain/model.ts";
import { findIssueNumber, type IssueNumber } from "../store/issue-effect.ts";

/** The number that something is to be written on. */
export async function findNumber(
  database: Queryable,
  repositoryId: RepositoryId,
  on: IssueReference,
): Promise<IssueNumber> {
  if (on.kind === "number") return { state: "there", number: on.number };
  return await findIssueNumber(database, repositoryId, on.firstRed);
}
