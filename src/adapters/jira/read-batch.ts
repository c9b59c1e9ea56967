import type { JiraSettings } from "../../config.ts";
import type { TicketKey } from "../../domain/model.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { listMember, numberMember } from "./json.ts";
import { unexpectedShape } from "./problem.ts";

/** What Jira Cloud takes at once: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
export const BATCH = 100;

/** Raw issues for up to `BATCH` keys, in Jira's order. One that is not there, or not visible, is simply absent. */
export type ReadsBatch = (
  keys: readonly TicketKey[],
  fields: readonly string[],
) => Promise<JiraResult<readonly unknown[]>>;

export function createReadBatch(client: JiraClient, kind: JiraSettings["kind"]): ReadsBatch {
  return kind === "cloud"
    ? (keys, fields) => fetchInBulk(client, keys, fields)
    : (keys, fields) => search(client, keys, fields);
}

async function fetchInBulk(
  client: JiraClient,
  keys: readonly TicketKey[],
  fields: readonly string[],
): Promise<JiraResult<readonly unknown[]>> {
  const result = await client.call({
    method: "POST",
    path: "/issue/bulkfetch",
    body: { issueIdsOrKeys: keys, fields },
  });
  if (!result.ok) return result;
  const issues = listMember(result.value, "issues");
  return issues === null
    ? { ok: false, problem: unexpectedShape("POST /issue/bulkfetch") }
    : { ok: true, value: issues };
}

/**
 * Data Center has no bulk fetch. `validateQuery: false`, or one unknown key turns the whole answer into a 400. An administrator may
 * have set pages smaller than asked for, so the answer is paged to its end.
 */
async function search(
  client: JiraClient,
  keys: readonly TicketKey[],
  fields: readonly string[],
): Promise<JiraResult<readonly unknown[]>> {
  const found: unknown[] = [];
  const jql = `key in (${keys.join(", ")})`;
  for (let page = 0; page < BATCH; page += 1) {
    const result = await client.call({
      method: "POST",
      path: "/search",
      body: { jql, startAt: found.length, maxResults: BATCH, fields, validateQuery: false },
    });
    if (!result.ok) return result;
    const issues = listMember(result.value, "issues");
    const total = numberMember(result.value, "total");
    if (issues === null || total === null) return { ok: false, problem: unexpectedShape("POST /search") };
    found.push(...issues);
    if (issues.length === 0 || found.length >= total) break;
  }
  return { ok: true, value: found };
}
