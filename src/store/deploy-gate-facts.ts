import type { Queryable } from "../database/database.ts";
import { isRepositoryId } from "../domain/brands.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";
import { gateQuery, type GateRow, readGateRow, type StoredGateFacts } from "./gate-facts.ts";

/** Everything stored that the gate of a repository's next deploy is made of, in every environment. */
export interface DeployGateFacts extends StoredGateFacts {
  /** The commit that would go out; null: nothing was looked at yet, or there is nothing to deploy. */
  readonly head: CommitSha | null;
  /** When the deploy was last looked at; null: never. */
  readonly lookedAt: Date | null;
  /** A look since then came to nothing, and none after it has come to an end. */
  readonly lookFailed: boolean;
  /** When everything was last compared with GitHub; null: never. */
  readonly reconciledAt: Date | null;
  /** When the looser policy that waits to be accepted was first read; null: none waits. */
  readonly waitingSince: Date | null;
}

type DeployGateRow = GateRow &
  Pick<DeployGateFacts, "head" | "lookedAt" | "lookFailed" | "reconciledAt" | "waitingSince">;

/** One query, however many. Those of which nothing may be done (gone, archived, suspended) are left out. */
export async function listDeployGateFacts(
  database: Queryable,
  repositories: readonly RepositoryId[],
  at: Date,
): Promise<ReadonlyMap<RepositoryId, DeployGateFacts>> {
  if (repositories.length === 0) return new Map();
  const rows = await database.query<DeployGateRow>(QUERY, [at, repositories]);
  return new Map(
    rows.flatMap((row): readonly (readonly [RepositoryId, DeployGateFacts])[] => {
      const id = Number(row.id);
      if (!isRepositoryId(id)) return [];
      const { head, lookedAt, lookFailed, reconciledAt, waitingSince } = row;
      return [[id, { ...readGateRow(row), head, lookedAt, lookFailed, reconciledAt, waitingSince }]];
    }),
  );
}

/**
 * The deploy's own head; where the policy names no environments the look keeps none, and the newest commit of the deploy branch that
 * shows the gate is it.
 */
const QUERY = gateQuery({
  moment: "$1",
  sha: "deploy.head",
  columns: `deploy.head, deploy.looked_at as "lookedAt", r.reconciled_at as "reconciledAt",
            a.waiting_since as "waitingSince",
            exists (select from holdpoint.parked_job p
                     where p.kind = 'look' and p.key = 'deploy:' || r.id and p.parked_at > deploy.looked_at)
              as "lookFailed",`,
  join: `left join lateral (
           select coalesce(s.head, (select j.sha from holdpoint.judgement j
                                     where j.repository_id = r.id and j.shown and j.place = 'deploy-branch'
                                     order by j.read_at desc limit 1)) as head, s.looked_at
             from holdpoint.subject s where s.key = 'deploy:' || r.id) deploy on true`,
  condition: "r.id = any ($2::bigint[])",
});
