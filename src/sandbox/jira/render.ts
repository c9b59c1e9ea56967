import { toDocument, toPlainText } from "./document.ts";
import type { FieldKind, SandboxField, SandboxIssue, SandboxIssueType, SandboxStatus } from "./model.ts";
import type { World } from "./world.ts";

/** Which Jira answers: version 3 has rich text as documents, version 2 as text. */
export interface Dialect {
  readonly kind: "cloud" | "data-center";
  readonly version: "2" | "3";
  /** Address of the site, context path included. */
  readonly siteUrl: string;
}

const CATEGORY_IDS = { new: 2, indeterminate: 4, done: 3 } as const;
const CATEGORY_NAMES = { new: "To Do", indeterminate: "In Progress", done: "Done" } as const;

export function renderStatus(status: SandboxStatus, dialect: Dialect): unknown {
  const { category } = status;
  return {
    self: `${restUrl(dialect)}/status/${status.id}`,
    id: status.id,
    name: status.name,
    statusCategory: { id: CATEGORY_IDS[category], key: category, name: CATEGORY_NAMES[category] },
  };
}

export function renderType(type: SandboxIssueType, dialect: Dialect): unknown {
  return {
    self: `${restUrl(dialect)}/issuetype/${type.id}`,
    id: type.id,
    name: type.name,
    subtask: type.subtask,
  };
}

/**
 * An issue as Jira gives it. `wanted` are field ids; null: all. A field that the issue's type has and that has no
 * value is null; one that the type does not have is left out.
 */
export function renderIssue(
  world: World,
  issue: SandboxIssue,
  dialect: Dialect,
  wanted: readonly string[] | null,
): unknown {
  const parent = issue.parent === null ? null : world.find(issue.parent);
  const fields: Record<string, unknown> = {
    summary: issue.summary,
    issuetype: renderType(issue.type, dialect),
    status: renderStatus(issue.status, dialect),
    project: { key: projectOf(issue.key) },
    created: toJiraTime(issue.created),
    updated: toJiraTime(issue.updated),
  };
  if (parent !== null) {
    fields["parent"] = {
      id: parent.id,
      key: parent.key,
      fields: { summary: parent.summary, issuetype: renderType(parent.type, dialect) },
    };
  }
  for (const field of world.site().fields) {
    if (issue.type.fields.includes(field.id))
      fields[field.id] = renderValue(field, issue.values[field.id], dialect);
  }
  const shown = Object.entries(fields).filter(([id]) => wanted === null || wanted.includes(id));
  return {
    id: issue.id,
    key: issue.key,
    self: `${restUrl(dialect)}/issue/${issue.id}`,
    fields: Object.fromEntries(shown),
  };
}

function renderValue(field: SandboxField, value: unknown, dialect: Dialect): unknown {
  if (field.kind === "textarea") return dialect.version === "3" ? toDocument(value) : toPlainText(value);
  return value ?? null;
}

export const CUSTOM_TYPE: Readonly<Record<FieldKind, string>> = {
  textarea: "textarea",
  text: "textfield",
  number: "float",
  date: "datepicker",
  select: "select",
  "multi-select": "multiselect",
  "cascading-select": "cascadingselect",
  user: "userpicker",
  labels: "labels",
};

const SYSTEM_FIELDS = ["summary", "status", "issuetype", "parent", "project", "created", "updated"];

export function renderFields(world: World): unknown[] {
  const system = SYSTEM_FIELDS.map((id) => ({
    id,
    key: id,
    name: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
    custom: false,
    schema: { type: "string", system: id },
  }));
  const custom = world.site().fields.map((field) => ({
    id: field.id,
    key: field.id,
    name: field.name,
    custom: true,
    navigable: true,
    schema: {
      type: "string",
      custom: `com.atlassian.jira.plugin.system.customfieldtypes:${CUSTOM_TYPE[field.kind]}`,
      customId: Number(field.id.replace("customfield_", "")),
    },
  }));
  return [...system, ...custom];
}

/** The create metadata of a type: every system field that a screen has, and its own. */
export function renderTypeFields(world: World, type: SandboxIssueType): unknown[] {
  const custom = world.site().fields.filter((field) => type.fields.includes(field.id));
  const system = ["summary", "issuetype", "project"].map((id) => ({ id, name: id }));
  return [...system, ...custom].map(({ id, name }) => ({
    fieldId: id,
    key: id,
    name,
    required: id === "summary",
  }));
}

export function restUrl(dialect: Dialect): string {
  return `${dialect.siteUrl}/rest/api/${dialect.version}`;
}

function projectOf(key: string): string {
  return key.slice(0, key.lastIndexOf("-"));
}

/** Jira writes the offset without a colon. */
function toJiraTime(iso: string): string {
  return iso.replace("Z", "+0000");
}
