import type { Clock } from "../../clock.ts";
import type { JiraSettings } from "../../config.ts";
import type { Reading } from "../../domain/model.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { unknown } from "./find-issues.ts";
import { isList, listMember, member, numberMember, textMember } from "./json.ts";
import { unexpectedShape } from "./problem.ts";

const FRESH = 600_000;
const PAGE = 100;
const MOST_PAGES = 100;

type Keys = JiraResult<readonly string[]>;

/** Keys of the projects that the account may see, kept for ten minutes; several askers share one reading. */
export function createReadProjects(
  client: JiraClient,
  kind: JiraSettings["kind"],
  clock: Clock,
): () => Promise<Reading<readonly string[]>> {
  let known: { readonly keys: readonly string[]; readonly until: number } | null = null;
  let reading: Promise<Keys> | null = null;
  return async () => {
    if (known !== null && clock.now().getTime() < known.until) return { state: "known", value: known.keys };
    reading ??= kind === "cloud" ? readCloud(client) : readDataCenter(client);
    try {
      const result = await reading;
      if (!result.ok) return unknown(result.problem);
      known = { keys: result.value, until: clock.now().getTime() + FRESH };
      return { state: "known", value: result.value };
    } finally {
      reading = null;
    }
  };
}

async function readCloud(client: JiraClient): Promise<Keys> {
  const keys: string[] = [];
  for (let page = 0, start = 0; page < MOST_PAGES; page += 1) {
    const query = { startAt: String(start), maxResults: String(PAGE) };
    const result = await client.call({ method: "GET", path: "/project/search", query });
    if (!result.ok) return result;
    const values = listMember(result.value, "values");
    if (values === null) return { ok: false, problem: unexpectedShape("GET /project/search") };
    keys.push(...readKeys(values));
    start += values.length;
    const total = numberMember(result.value, "total") ?? start;
    if (values.length === 0 || start >= total || member(result.value, "isLast") === true) break;
  }
  return { ok: true, value: keys };
}

async function readDataCenter(client: JiraClient): Promise<Keys> {
  const result = await client.call({ method: "GET", path: "/project" });
  if (!result.ok) return result;
  if (!isList(result.value)) return { ok: false, problem: unexpectedShape("GET /project") };
  return { ok: true, value: readKeys(result.value) };
}

function readKeys(projects: readonly unknown[]): string[] {
  return projects.flatMap((project) => textMember(project, "key")?.toUpperCase() ?? []);
}
