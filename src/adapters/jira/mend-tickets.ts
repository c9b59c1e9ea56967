import type { JiraSettings } from "../../config.ts";
import type { Reading, TicketKey } from "../../domain/model.ts";
import * as wording from "../../domain/wording/jira.ts";
import { Fault } from "../../errors.ts";
import type { MendsTickets, TicketWritten } from "../../ports/jira.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { commentOnce } from "./comment-once.ts";
import { type EditSources, readFieldForms, readTicketColumns } from "./editable-fields.ts";
import type { FieldCatalogue } from "./field-catalogue.ts";
import { toFieldInput } from "./field-input.ts";
import { meansInvisible, unknown } from "./find-issues.ts";
import { asTicketKey } from "./issue.ts";
import type { JiraProblem } from "./problem.ts";
import { readTransitions } from "./read-transitions.ts";

/** What the cockpit's forms need of Jira, and what makes them so. */
export function createMendTickets(
  client: JiraClient,
  catalogue: FieldCatalogue,
  kind: JiraSettings["kind"],
): MendsTickets {
  const wiki = kind === "data-center";
  const sources: EditSources = { client, catalogue, wiki };

  function toReading(problem: JiraProblem): Reading<never> {
    return meansInvisible(problem, kind) ? { state: "missing", detail: problem.detail } : unknown(problem);
  }

  return {
    readTransitions: (key) => readTransitions(client, key, toReading),
    readFieldForms: (key, names) => readFieldForms(sources, key, names, toReading),
    writeFields: (key, fields) => writeFields(sources, key, fields),
    async moveTicket(key, transitionId) {
      if (asTicketKey(key) === null || !/^[0-9]{1,18}$/.test(transitionId)) return refusedAsNoKey();
      const body = { transition: { id: transitionId } };
      const path = `/issue/${key}/transitions`;
      return toWritten(await client.call({ method: "POST", path, body, writes: true }), "moving a ticket on");
    },
    async commentOnTicket(key, comment) {
      if (asTicketKey(key) === null) return refusedAsNoKey();
      return toWritten(await commentOnce(client, key, comment, { wiki }), "commenting on a ticket");
    },
  };
}

/** In one call: all of them or none. What each field takes is read now; a field may have become another one. */
async function writeFields(
  sources: EditSources,
  key: TicketKey,
  fields: Parameters<MendsTickets["writeFields"]>[1],
): Promise<TicketWritten> {
  if (asTicketKey(key) === null) return refusedAsNoKey();
  const names = fields.map(({ name }) => name);
  const columns = await readTicketColumns(sources, key, names);
  if (!columns.ok) return toWritten(columns, "reading what a ticket's fields take");
  const values: Record<string, unknown> = {};
  for (const { name, text } of fields) {
    const column = columns.value.get(name);
    if (column === undefined) return { state: "refused", detail: wording.notOnScreen(name) };
    const input = toFieldInput(name, column, text, sources);
    if (!input.ok) return { state: "refused", detail: input.detail };
    values[column.id] = input.value;
  }
  const body = { fields: values };
  const result = await sources.client.call({ method: "PUT", path: `/issue/${key}`, body, writes: true });
  return toWritten(result, "filling in a ticket's fields");
}

/** Jira's no is an answer, and final; everything else that is no yes is tried again later. */
function toWritten(result: JiraResult<unknown>, doing: string): TicketWritten {
  if (result.ok) return { state: "done" };
  const { problem } = result;
  if (problem.saidByJira && REFUSALS.has(problem.status ?? 0) && !LOGIN.has(problem.code)) {
    return { state: "refused", detail: problem.words ?? wording.refusedWithoutWords(problem.status ?? 0) };
  }
  const { code, status, detail, retryAt } = problem;
  throw new Fault({ kind: "retry-later", code, doing, status, detail, retryAt });
}

const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 413, 422]);
/** 403 that is about our own account's log-in. */
const LOGIN: ReadonlySet<string> = new Set(["jira-captcha", "jira-unauthorized"]);

function refusedAsNoKey(): TicketWritten {
  return { state: "refused", detail: wording.notAKey() };
}
