import type { Queryable } from "../database/database.ts";
import type { ComplianceCase } from "../domain/compliance/case.ts";
import { threadKey } from "../domain/compliance/slack-thread.ts";
import type { AuditRecord } from "./audit.ts";

/** Something that was done about a case, or said about it. */
export type CaseHappening =
  | { readonly kind: "done"; readonly at: Date; readonly record: AuditRecord }
  | {
      readonly kind: "note" | "slack";
      readonly at: Date;
      /** As it was written there: Markdown, or Slack's mrkdwn. */
      readonly text: string;
      readonly to: { readonly kind: "channel" | "person"; readonly name: string } | null;
      readonly state: "done" | "waiting" | "refused";
      /** What GitHub or Slack answered, where that was no success. */
      readonly answer: string | null;
    };

const MOST = 200;
/** Labels and commands come before or after the case's own changes. */
const MARGIN = 24 * 3_600_000;

/**
 * Everything said and done about a case, newest first: its records in the audit, those of its issue, the notes on the issue and the
 * messages in Slack, each with what became of it.
 */
export async function listCaseHistory(
  database: Queryable,
  { id, repositoryId, firstRed, end }: Pick<ComplianceCase, "id" | "repositoryId" | "firstRed" | "end">,
  issueNumber: number | null,
): Promise<readonly CaseHappening[]> {
  const from = new Date(firstRed.at.getTime() - MARGIN);
  const to = end === null ? null : new Date(end.at.getTime() + MARGIN);
  const rows = await database.query<HappeningRow>(
    `select * from (
       select 'done' as kind, at, record, null as text, null as "to", null as state, null as answer
         from holdpoint.audit
        where (record ->> 'repository')::bigint = $1 and at >= $5 and ($6::timestamptz is null or at <= $6)
          and ((record -> 'case') = to_jsonb($2::bigint) or (record -> 'cases') @> to_jsonb($2::bigint)
               or (record -> 'deadlines') @> jsonb_build_array(jsonb_build_object('case', $2::bigint))
               or ((record -> 'issue') = to_jsonb($4::bigint)
                   and not record ?| array['case', 'cases', 'deadlines']))
       union all
       select kind, coalesce(done_at, updated_at), null,
              coalesce(desired ->> 'body', desired ->> 'text'), desired -> 'to',
              case when done_revision < revision then 'waiting' when last_answer is null then 'done' else 'refused' end,
              last_answer
         from holdpoint.effect
        where repository_id = $1 and kind in ('note', 'slack', 'comment') and updated_at >= $5
          and ($6::timestamptz is null or updated_at <= $6)
          and (desired -> 'on' ->> 'firstRed' = $3 or (desired -> 'on' -> 'number') = to_jsonb($4::bigint)
               or (desired -> 'issueNumber') = to_jsonb($4::bigint)
               or desired ->> 'thread' = $7 or desired ->> 'key' = $7 or desired ->> 'key' like $7 || ':%')
     ) happened order by at desc limit ${MOST}`,
    [repositoryId, id, firstRed.sha, issueNumber, from, to, threadKey(firstRed.sha)],
  );
  return rows.map(readHappening);
}

interface HappeningRow {
  readonly kind: "done" | "note" | "slack" | "comment";
  readonly at: Date;
  readonly record: AuditRecord | null;
  readonly text: string | null;
  readonly to: { readonly kind: string; readonly channel?: string; readonly login?: string } | null;
  readonly state: "done" | "waiting" | "refused" | null;
  readonly answer: string | null;
}

function readHappening(row: HappeningRow): CaseHappening {
  const { kind, at, record, text, to, state, answer } = row;
  if (kind === "done") return { kind, at, record: record ?? {} };
  return {
    kind: kind === "slack" ? "slack" : "note",
    at,
    text: text ?? "",
    to:
      to === null
        ? null
        : to.kind === "channel"
          ? { kind: "channel", name: to.channel ?? "" }
          : { kind: "person", name: to.login ?? "" },
    state: state ?? "done",
    answer,
  };
}
