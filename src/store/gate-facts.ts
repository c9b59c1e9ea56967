import type { Queryable } from "../database/database.ts";
import type { ComplianceCase } from "../domain/compliance/case.ts";
import type { Halt, Override, RollbackPermit } from "../domain/gate/override.ts";
import type { Judgement } from "../domain/gate/gate.ts";
import type { CommitSha, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import {
  arrayOf,
  type CaseJson,
  HALTS_IN_FORCE,
  type HaltJson,
  OPEN_CASES,
  type OverrideJson,
  OVERRIDES_NOT_OVER,
  type PermitJson,
  PERMITS_NOT_OVER,
  readCaseJson,
  readHaltJson,
  readOverrideJson,
  readPermitJson,
} from "./gate-rows.ts";
import { JUDGEMENT_COLUMNS, type JudgementRow, readJudgementRow } from "./judgement.ts";
import { type RepositoryRow, readRepositoryRow } from "./repository.ts";

/** Which repository: as a deploy tool names it, or as Holdpoint knows it. */
export type NamedRepository =
  | { readonly id: RepositoryId }
  | { readonly owner: string; readonly name: string };

/** Everything stored that the gate's answer for one commit is made of, whatever the environment. */
export interface StoredGateFacts {
  readonly repository: RepositoryFacts;
  /** Changes whenever the stored texts of the policy do: parsed policies are remembered by it. */
  readonly policyKey: string;
  /** Those of that commit, one for each environment that it was judged for. */
  readonly judgements: readonly Judgement[];
  /** Those that have not ended. */
  readonly cases: readonly (ComplianceCase & { readonly issueNumber: number | null })[];
  readonly halts: readonly Halt[];
  /** In force, or to come. */
  readonly overrides: readonly Override[];
  readonly rollbacks: readonly RollbackPermit[];
}

export interface GateRow extends RepositoryRow {
  readonly policyKey: string;
  readonly judgements: readonly JudgementRow[];
  readonly cases: readonly CaseJson[];
  readonly halts: readonly HaltJson[];
  readonly overrides: readonly OverrideJson[];
  readonly rollbacks: readonly PermitJson[];
}

/**
 * One query. null: not known, or nothing may be done for it (gone, archived, its installation suspended or removed). Names
 * are compared without regard to case, as GitHub does.
 */
export async function readStoredGateFacts(
  database: Queryable,
  repository: NamedRepository,
  /** null: only what holds, of no commit in particular. */
  sha: CommitSha | null,
  at: Date,
): Promise<StoredGateFacts | null> {
  const rows =
    "id" in repository
      ? await database.query<GateRow>(BY_ID, [sha, at, repository.id])
      : await database.query<GateRow>(BY_NAME, [sha, at, repository.owner, repository.name]);
  return rows[0] === undefined ? null : readGateRow(rows[0]);
}

export function readGateRow(row: GateRow): StoredGateFacts {
  const { facts } = readRepositoryRow(row);
  return {
    repository: facts,
    policyKey: `${facts.id} ${row.policyKey}`,
    judgements: row.judgements.map(readJudgementRow),
    cases: row.cases.map(readCaseJson),
    halts: row.halts.map((one) => readHaltJson(one, facts.id)),
    overrides: row.overrides.map((one) => readOverrideJson(one, facts.id)),
    rollbacks: row.rollbacks.map((one) => readPermitJson(one, facts.id)),
  };
}

/**
 * A commit determines the text of a file that was read at it. `stale` is in the key because a policy that was never usable has
 * no text, and still differs from no policy.
 */
const POLICY_KEY = `jsonb_build_array(p.sha, p.organisation_sha, p.text is null, p.organisation_text is null, p.stale,
                                      a.sha, a.organisation_sha, a.text is null, a.organisation_text is null)::text`;

/** Of the repositories that a condition names: all that is stored of the gate of one commit each. */
export function gateQuery({
  sha,
  moment,
  condition,
  columns = "",
  join = "",
}: {
  readonly sha: string;
  readonly moment: string;
  readonly condition: string;
  readonly columns?: string;
  readonly join?: string;
}): string {
  return `select r.id, r.installation_id as "installationId", r.owner, r.name, r.default_branch as "defaultBranch",
                 r.private, r.archived, r.gone, ${POLICY_KEY} as "policyKey", ${columns}
                 ${arrayOf(`select ${JUDGEMENT_COLUMNS} from holdpoint.judgement where repository_id = r.id and sha = ${sha}`)}
                   as judgements,
                 ${OPEN_CASES} as cases, ${HALTS_IN_FORCE} as halts,
                 ${OVERRIDES_NOT_OVER} as overrides, ${PERMITS_NOT_OVER} as rollbacks
            from holdpoint.repository r
            left join holdpoint.policy p on p.repository_id = r.id
            left join holdpoint.accepted_policy a on a.repository_id = r.id
            ${join}
           where ${condition} and r.gone is null and not r.archived
             and not exists (select from holdpoint.installation i
                              where i.id = r.installation_id and i.state <> 'active')
           order by r.updated_at desc`.replaceAll("$at", moment);
}

const BY_ID = `${gateQuery({ sha: "$1", moment: "$2", condition: "r.id = $3" })} limit 1`;
const BY_NAME = `${gateQuery({ sha: "$1", moment: "$2", condition: "lower(r.owner) = lower($3) and lower(r.name) = lower($4)" })} limit 1`;
