import type { Clock } from "../../clock.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { createExpiringCache } from "./expiring-cache.ts";
import { listMember, member, numberMember, textMember } from "./json.ts";
import { unexpectedShape, type JiraProblem } from "./problem.ts";

/**
 * Which fields an issue type has in a project, where that can be told. `unreadable`: it will not be told next time either, for want
 * of the permission "Create issues", say.
 */
export type TypeFields =
  | { readonly state: "known"; readonly ids: ReadonlySet<string> }
  | { readonly state: "unreadable"; readonly problem: JiraProblem };

export interface ReadsTypeFields {
  readonly read: (project: string, typeId: string) => Promise<JiraResult<TypeFields>>;
}

const FRESH = 900_000;
const PAGE = 200;
/** A type has a few hundred fields at the very most. */
const MOST_PAGES = 10;

/** Problems that stay until a person changes something; the others pass, and the ticket is read again. */
const LASTING: ReadonlySet<string> = new Set(["jira-forbidden", "jira-no-endpoint", "jira-unexpected"]);

/**
 * The create metadata of one issue type in one project, kept for a quarter of an hour.
 * Cloud: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ (members `fields`)
 * Data Center, since 8.4: the same path (members `values`)
 */
export function createTypeFields(client: JiraClient, clock: Clock): ReadsTypeFields {
  const cache = createExpiringCache<TypeFields>(clock, { lifetime: FRESH, capacity: 500 });
  const reading = new Map<string, Promise<JiraResult<TypeFields>>>();
  return {
    async read(project, typeId) {
      const place = `${project}/${typeId}`;
      const cached = cache.get(place);
      if (cached !== null) return { ok: true, value: cached };
      const started = reading.get(place) ?? readTypeFields(client, project, typeId);
      reading.set(place, started);
      try {
        const result = await started;
        if (result.ok) cache.set(place, result.value);
        return result;
      } finally {
        reading.delete(place);
      }
    },
  };
}

async function readTypeFields(
  client: JiraClient,
  project: string,
  typeId: string,
): Promise<JiraResult<TypeFields>> {
  const path = `/issue/createmeta/${project}/issuetypes/${typeId}`;
  if (!/^[0-9]{1,18}$/.test(typeId)) return unreadable(unexpectedShape(`GET ${path}`));
  const ids = new Set<string>();
  for (let page = 0, start = 0; page < MOST_PAGES; page += 1) {
    const query = { startAt: String(start), maxResults: String(PAGE) };
    const result = await client.call({ method: "GET", path, query });
    if (!result.ok) return LASTING.has(result.problem.code) ? unreadable(result.problem) : result;
    const fields = ["fields", "values", "results"]
      .map((name) => listMember(result.value, name))
      .find((list) => list !== null);
    if (fields === undefined || fields === null) return unreadable(unexpectedShape(`GET ${path}`));
    for (const field of fields) {
      const id = textMember(field, "fieldId") ?? textMember(field, "key");
      if (id !== null) ids.add(id);
    }
    start += fields.length;
    const total = numberMember(result.value, "total") ?? start;
    if (fields.length === 0 || start >= total || member(result.value, "isLast") === true) break;
  }
  // Without the permission to create issues some versions answer an empty list instead of an error. Every type has a summary.
  return ids.has("summary")
    ? { ok: true, value: { state: "known", ids } }
    : unreadable(unexpectedShape(`GET ${path}`));
}

function unreadable(problem: JiraProblem): JiraResult<TypeFields> {
  return { ok: true, value: { state: "unreadable", problem } };
}
