import type { Reading, TicketKey } from "../../domain/model.ts";
import type { FieldValue, Ticket } from "../../domain/ticket.ts";
import * as wording from "../../domain/wording/jira.ts";
import type { FieldCatalogue, FieldColumn, FieldColumns } from "./field-catalogue.ts";
import { readFieldValue } from "./field-value.ts";
import { unknown, type CheckBudget, type FindsIssues } from "./find-issues.ts";
import { asTicketKey, ISSUE_FIELDS, projectOf, type RawIssue } from "./issue.ts";
import type { ReadsSiteUrl } from "./site-url.ts";
import type { ReadsTypeFields } from "./type-fields.ts";

export interface TicketReader {
  readonly catalogue: FieldCatalogue;
  readonly issues: FindsIssues;
  readonly typeFields: ReadsTypeFields;
  readonly siteUrl: ReadsSiteUrl;
  /** Data Center keeps rich text as wiki markup. */
  readonly wiki: boolean;
  readonly singlesPerCheck: number;
}

type Answers = Map<TicketKey, Reading<Ticket>>;

/** Every key and every parent of a sub-task with its ticket, `missing`, or why it is not known. */
export async function readTickets(
  reader: TicketReader,
  keys: readonly TicketKey[],
  fieldNames: readonly string[],
): Promise<ReadonlyMap<TicketKey, Reading<Ticket>>> {
  const answers: Answers = new Map();
  const asked = [...new Set(keys)].filter((key) => {
    const strict = asTicketKey(key) !== null;
    if (!strict) answers.set(key, { state: "missing", detail: wording.notAKey() });
    return strict;
  });
  if (asked.length === 0) return answers;

  const columns = await reader.catalogue.resolve([...new Set(fieldNames)]);
  if (!columns.ok) {
    for (const key of asked) answers.set(key, unknown(columns.problem));
    return answers;
  }
  const ids = [...columns.value.values()].flat().map((column) => column.id);
  const fields = [...new Set([...ISSUE_FIELDS, ...ids])];
  const budget: CheckBudget = { singles: reader.singlesPerCheck, halted: null };

  const issues = new Map(await reader.issues.find(asked, fields, budget));
  const parents = findParents(issues);
  if (parents.length > 0) {
    for (const [key, reading] of await reader.issues.find(parents, fields, budget)) issues.set(key, reading);
  }
  const siteUrl = await reader.siteUrl();
  const described = await Promise.all(
    [...issues].map(async ([key, reading]): Promise<[TicketKey, Reading<Ticket>]> => {
      if (reading.state !== "known") return [key, reading];
      return [key, await describe(reader, reading.value, columns.value, siteUrl)];
    }),
  );
  for (const [key, reading] of described) answers.set(key, reading);
  return answers;
}

/** Parents of sub-tasks that were not asked for already; an epic is nobody's parent here. */
function findParents(issues: ReadonlyMap<TicketKey, Reading<RawIssue>>): TicketKey[] {
  const parents = new Set<TicketKey>();
  for (const reading of issues.values()) {
    if (reading.state !== "known" || !reading.value.type.subtask) continue;
    const { parent } = reading.value;
    if (parent !== null && !issues.has(parent)) parents.add(parent);
  }
  return [...parents];
}

async function describe(
  reader: TicketReader,
  issue: RawIssue,
  columns: FieldColumns,
  siteUrl: string,
): Promise<Reading<Ticket>> {
  const fields = new Map<string, FieldValue>();
  for (const [name, found] of columns) {
    if (found.length === 0) fields.set(name, { state: "no-such-field" });
    else if (found.some((column) => Object.hasOwn(issue.values, column.id))) {
      fields.set(name, readColumns(issue, found, reader.wiki));
    } else {
      const absent = await judgeAbsent(reader, issue, found);
      if (absent.state === "unknown") return absent;
      fields.set(name, absent);
    }
  }
  return {
    state: "known",
    value: {
      key: issue.key,
      summary: issue.summary,
      type: issue.type.name,
      isSubtask: issue.type.subtask,
      parent: issue.type.subtask ? issue.parent : null,
      status: issue.status,
      fields,
      url: `${siteUrl}/browse/${issue.key}`,
    },
  };
}

/** The first filled one of several fields of one name. */
function readColumns(issue: RawIssue, columns: readonly FieldColumn[], wiki: boolean): FieldValue {
  const values = columns.map((column) =>
    readFieldValue(issue.values[column.id], { wiki: wiki && column.richText }),
  );
  return values.find((value) => value.state === "filled") ?? { state: "empty" };
}

/**
 * Jira leaves a field out of its answer when it does not apply to the issue, but that alone excuses nobody: only
 * when the issue type's own list lacks the field too is it not applicable. Where that list cannot be had for a lasting reason, the field
 * counts as empty; for a passing one, the whole ticket is unknown and read again.
 */
async function judgeAbsent(
  reader: TicketReader,
  issue: RawIssue,
  columns: readonly FieldColumn[],
): Promise<FieldValue | Extract<Reading<never>, { state: "unknown" }>> {
  const result = await reader.typeFields.read(projectOf(issue.key), issue.type.id);
  if (!result.ok) return unknown(result.problem);
  if (result.value.state === "unreadable") return { state: "empty" };
  const { ids } = result.value;
  return columns.some((column) => ids.has(column.id)) ? { state: "empty" } : { state: "not-applicable" };
}
