import type { Reading, TicketKey } from "../../domain/model.ts";
import * as wording from "../../domain/wording/jira.ts";
import type { FillableField } from "../../ports/jira.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { cutText } from "./cut-text.ts";
import type { FieldCatalogue, FieldColumn } from "./field-catalogue.ts";
import { type EditableField, readEditableField } from "./field-form.ts";
import { readFieldValue } from "./field-value.ts";
import { asTicketKey, readIssue } from "./issue.ts";
import { isList, isRecord, member, textMember } from "./json.ts";
import { fromDocument } from "./plain-document.ts";
import { fromWiki } from "./plain-wiki.ts";
import { type JiraProblem, unexpectedShape } from "./problem.ts";
import { isBlank, isRichText } from "./rich-text.ts";

/** A field of the policy as this ticket has it: the one of that name that its edit screen shows. */
export interface TicketColumn extends EditableField {
  readonly id: string;
  readonly now: Pick<FillableField, "value" | "formatted">;
}

export interface EditSources {
  readonly client: JiraClient;
  readonly catalogue: FieldCatalogue;
  /** Data Center keeps rich text as wiki markup. */
  readonly wiki: boolean;
}

/** By the policy's names; a name that the ticket's edit screen does not show is left out. */
export async function readTicketColumns(
  { client, catalogue, wiki }: EditSources,
  key: TicketKey,
  names: readonly string[],
): Promise<JiraResult<ReadonlyMap<string, TicketColumn>>> {
  const columns = await catalogue.resolve([...new Set(names)]);
  if (!columns.ok) return columns;
  const ids = [...columns.value.values()].flat().map(({ id }) => id);
  if (ids.length === 0) return { ok: true, value: new Map() };
  const [screen, issue] = await Promise.all([
    client.call({ method: "GET", path: `/issue/${key}/editmeta` }),
    client.call({ method: "GET", path: `/issue/${key}`, query: { fields: [...ISSUE, ...ids].join(",") } }),
  ]);
  if (!screen.ok) return screen;
  if (!issue.ok) return issue;
  const shown = member(screen.value, "fields");
  const raw = readIssue(issue.value);
  if (!isRecord(shown) || raw === null) return { ok: false, problem: unexpectedShape(`GET /issue/${key}`) };
  const found = new Map<string, TicketColumn>();
  for (const [name, candidates] of columns.value) {
    const there = candidates
      .filter(({ id }) => isRecord(shown[id]))
      .map((column) => readColumn(column, shown[column.id], raw.values[column.id], wiki));
    const chosen = choose(there);
    if (chosen !== undefined) found.set(name, chosen);
  }
  return { ok: true, value: found };
}

const ISSUE = ["summary", "status", "issuetype"];

/** Of several fields of one name the one that people see filled in, else the first that can be filled in here. */
function choose(columns: readonly TicketColumn[]): TicketColumn | undefined {
  return (
    columns.find(({ now }) => now.value !== null) ??
    columns.find(({ form }) => form.kind !== "elsewhere") ??
    columns[0]
  );
}

function readColumn({ id }: FieldColumn, meta: unknown, raw: unknown, wiki: boolean): TicketColumn {
  const field = readEditableField(meta);
  return { ...field, id, now: readWhole(field, raw, wiki) };
}

/** What stands in a field, not cut as it is for showing: what is left out here would be lost when it is saved. */
function readWhole({ form, richText }: EditableField, raw: unknown, wiki: boolean): TicketColumn["now"] {
  if (richText) {
    const read = isRichText(raw)
      ? fromDocument(raw)
      : wiki && typeof raw === "string"
        ? fromWiki(raw)
        : { text: typeof raw === "string" ? raw : "", formatted: false };
    return wholeText(read.text, read.formatted);
  }
  if (typeof raw === "string") return wholeText(raw);
  if (form.kind === "choice" && form.several && isList(raw)) {
    const chosen = raw.flatMap((one) => textMember(one, "value") ?? textMember(one, "name") ?? []);
    // In the order of the list, in which the form comes back, too.
    const listed = form.options.filter((option) => chosen.includes(option));
    const dropped = chosen.filter((option) => !form.options.includes(option));
    return wholeText([...listed, ...dropped].join("\n"));
  }
  const read = readFieldValue(raw, { wiki: false });
  return wholeText(read.state === "filled" ? read.text : "");
}

/** Fit to be stored, and else as it is. */
function wholeText(text: string, formatted = false): TicketColumn["now"] {
  return isBlank(text) ? { value: null, formatted: false } : { value: cutText(text, Infinity), formatted };
}

/** For the forms; `invisible` tells a ticket that is not there from a Jira that does not answer. */
export async function readFieldForms(
  sources: EditSources,
  key: TicketKey,
  names: readonly string[],
  toReading: (problem: JiraProblem) => Reading<never>,
): Promise<Reading<ReadonlyMap<string, FillableField>>> {
  if (asTicketKey(key) === null) return { state: "missing", detail: wording.notAKey() };
  const columns = await readTicketColumns(sources, key, names);
  if (!columns.ok) return toReading(columns.problem);
  const fields = [...columns.value].map(([name, { form, now }]) => [name, { form, ...now }] as const);
  return { state: "known", value: new Map(fields) };
}
