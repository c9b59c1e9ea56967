import type { Reading, TicketKey } from "../../domain/model.ts";
import * as wording from "../../domain/wording/jira.ts";
import type { Transition } from "../../ports/jira.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { cutText } from "./cut-text.ts";
import { asTicketKey } from "./issue.ts";
import { isList, isRecord, listMember, member, textMember } from "./json.ts";
import { type JiraProblem, unexpectedShape } from "./problem.ts";

const LONGEST_NAME = 255;
/** No workflow that people can read has more ways on. */
const MOST = 50;

/** A field that a transition's screen insists on. */
interface Needed {
  readonly id: string;
  readonly name: string;
}

/** The ways on that the service account may take, as the workflow has them now. */
export async function readTransitions(
  client: JiraClient,
  key: TicketKey,
  toReading: (problem: JiraProblem) => Reading<never>,
): Promise<Reading<readonly Transition[]>> {
  if (asTicketKey(key) === null) return { state: "missing", detail: wording.notAKey() };
  const query = { expand: "transitions.fields" };
  const result = await client.call({ method: "GET", path: `/issue/${key}/transitions`, query });
  if (!result.ok) return toReading(result.problem);
  const list = listMember(result.value, "transitions");
  if (list === null) return toReading(unexpectedShape(`GET /issue/${key}/transitions`));
  const read = list.slice(0, MOST).flatMap((raw) => readTransition(raw) ?? []);
  const needed = new Set(read.flatMap(({ needs }) => needs.map(({ id }) => id)));
  const filled = await readFilled(client, key, [...needed]);
  if (!filled.ok) return toReading(filled.problem);
  const transitions = read.map(({ needs, ...transition }) => ({
    ...transition,
    needs: needs.filter(({ id }) => !filled.value.has(id)).map(({ name }) => name),
  }));
  return { state: "known", value: transitions };
}

function readTransition(
  raw: unknown,
): (Omit<Transition, "needs"> & { readonly needs: readonly Needed[] }) | null {
  const id = textMember(raw, "id");
  const name = textMember(raw, "name");
  const to = textMember(member(raw, "to"), "name");
  if (id === null || !/^[0-9]{1,18}$/.test(id) || name === null || to === null) return null;
  if (member(raw, "isAvailable") === false) return null;
  const fields = member(raw, "fields");
  const needs = Object.entries(isRecord(fields) ? fields : {}).flatMap(([field, meta]) => {
    const insists = member(meta, "required") === true && member(meta, "hasDefaultValue") !== true;
    if (!insists || !/^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(field)) return [];
    return [{ id: field, name: cutText(textMember(meta, "name") ?? field, LONGEST_NAME) }];
  });
  return { id, name: cutText(name, LONGEST_NAME), to: cutText(to, LONGEST_NAME), needs };
}

/** Which of the fields have a value already: Jira keeps those, and does not ask for them again. */
async function readFilled(
  client: JiraClient,
  key: TicketKey,
  ids: readonly string[],
): Promise<JiraResult<ReadonlySet<string>>> {
  if (ids.length === 0) return { ok: true, value: new Set() };
  const query = { fields: ids.join(",") };
  const result = await client.call({ method: "GET", path: `/issue/${key}`, query });
  if (!result.ok) return result;
  const values = member(result.value, "fields");
  return { ok: true, value: new Set(ids.filter((id) => !isEmpty(member(values, id)))) };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (isList(value) && value.length === 0);
}
