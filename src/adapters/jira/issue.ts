import type { TicketKey } from "../../domain/model.ts";
import type { StatusCategory } from "../../domain/ticket.ts";
import { cutText } from "./cut-text.ts";
import { isRecord, member, textMember, type JsonRecord } from "./json.ts";

/** An issue as Jira gives it, only as far as it is used, with the wanted fields still raw. */
export interface RawIssue {
  readonly key: TicketKey;
  readonly summary: string;
  readonly type: { readonly id: string; readonly name: string; readonly subtask: boolean };
  readonly parent: TicketKey | null;
  readonly status: { readonly name: string; readonly category: StatusCategory };
  /** By field id. A field that the answer leaves out is not among them; one without a value is null. */
  readonly values: JsonRecord;
}

/** Jira allows 255; a summary in a script of surrogate pairs may count double. */
const LONGEST_NAME = 510;

/** The fields that every read asks for. */
export const ISSUE_FIELDS = ["summary", "status", "issuetype", "parent"] as const;

/** null: the shape is not that of an issue. */
export function readIssue(raw: unknown): RawIssue | null {
  const key = asTicketKey(textMember(raw, "key"));
  const values = member(raw, "fields");
  const type = member(values, "issuetype");
  const status = member(values, "status");
  const typeName = textMember(type, "name");
  const statusName = textMember(status, "name");
  if (key === null || !isRecord(values) || typeName === null || statusName === null) return null;
  return {
    key,
    summary: cutText(textMember(values, "summary") ?? "", LONGEST_NAME),
    type: {
      id: textMember(type, "id") ?? "",
      name: cutText(typeName, LONGEST_NAME),
      subtask: member(type, "subtask") === true,
    },
    parent: asTicketKey(textMember(member(values, "parent"), "key")),
    status: {
      name: cutText(statusName, LONGEST_NAME),
      category: readCategory(member(status, "statusCategory")),
    },
    values,
  };
}

function readCategory(category: unknown): StatusCategory {
  const key = textMember(category, "key");
  return key === "new" || key === "indeterminate" || key === "done" ? key : "undefined";
}

/**
 * The last gate before a key goes into a path or a query: no key that Jira could take for anything else passes.
 * 18 digits, because Jira counts in 64 bits.
 */
export function asTicketKey(text: string | null): TicketKey | null {
  return text !== null && isTicketKey(text) ? text : null;
}

function isTicketKey(text: string): text is TicketKey {
  return /^[A-Z][A-Z0-9_]{1,9}-[1-9][0-9]{0,17}$/.test(text);
}

export function projectOf(key: TicketKey): string {
  return key.slice(0, key.lastIndexOf("-"));
}
