import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { DeployContents } from "../domain/contents/deploy-contents.ts";
import { keepEarlierFacts, outdate } from "../domain/contents/keep-earlier-facts.ts";
import type { RepositoryId, UnknownCode } from "../domain/model.ts";

/** What a look found of an environment: what a deploy would contain, or why that could not be read at all. */
export type ReadContents =
  | { readonly state: "read"; readonly contents: DeployContents }
  | { readonly state: "unread"; readonly environment: string; readonly because: UnknownCode };

interface ContentsRow {
  readonly contents: Omit<DeployContents, "takenAt">;
  readonly readAt: Date;
}

/** What a deploy there would contain, `takenAt` being when it was last seen to be so; null: it was never read. */
export async function findDeployContents(
  database: Queryable,
  repositoryId: RepositoryId,
  environment: string,
): Promise<DeployContents | null> {
  const rows = await database.query<ContentsRow>(
    `select contents, read_at as "readAt" from holdpoint.deploy_contents
      where repository_id = $1 and lower(environment) = lower($2)`,
    [repositoryId, environment],
  );
  return rows[0] === undefined ? null : { ...rows[0].contents, takenAt: rows[0].readAt.toISOString() };
}

/** Keeps what was read of every environment of the policy, and forgets those that it names no more. */
export async function saveDeployContents(
  transaction: Transaction,
  repositoryId: RepositoryId,
  found: readonly ReadContents[],
): Promise<void> {
  const environments = found.map((one) =>
    one.state === "read" ? one.contents.environment : one.environment,
  );
  await transaction.query(
    `delete from holdpoint.deploy_contents where repository_id = $1 and not (environment = any ($2::text[]))`,
    [repositoryId, environments],
  );
  for (const one of found) await saveOne(transaction, repositoryId, one);
}

async function saveOne(
  transaction: Transaction,
  repositoryId: RepositoryId,
  found: ReadContents,
): Promise<void> {
  if (found.state === "read" && isWhole(found.contents)) {
    return await upsert(transaction, repositoryId, found.contents, true);
  }
  const environment = found.state === "read" ? found.contents.environment : found.environment;
  const before = await findDeployContents(transaction, repositoryId, environment);
  if (found.state === "read") {
    return await upsert(transaction, repositoryId, keepEarlierFacts(found.contents, before), true);
  }
  if (before !== null) await upsert(transaction, repositoryId, outdate(before, found.because), false);
}

function isWhole({ unread, jira }: DeployContents): boolean {
  return unread.length === 0 && jira.state !== "unknown";
}

/**
 * The moment alone is written anew where nothing else changed: a thousand commits are some 400 KB, which PostgreSQL keeps apart
 * from the row and leaves where they are.
 */
async function upsert(
  transaction: Transaction,
  repositoryId: RepositoryId,
  contents: DeployContents,
  seen: boolean,
): Promise<void> {
  const { takenAt, ...lasting } = contents;
  await transaction.query(
    `insert into holdpoint.deploy_contents as d (repository_id, environment, head, contents, read_at)
     values ($1, $2, $3, $4, $5)
     on conflict (repository_id, environment) do update
        set head = excluded.head,
            contents = case when d.contents = excluded.contents then d.contents else excluded.contents end,
            read_at = case when $6 then excluded.read_at else d.read_at end`,
    [repositoryId, contents.environment, contents.head, storableJson(lasting), takenAt, seen],
  );
}
