import { z } from "zod";
import { isDocument, toPlainText } from "./document.ts";
import type { FieldKind, SandboxField, SandboxIssue, SandboxTransition } from "./model.ts";
import { CUSTOM_TYPE, type Dialect } from "./render.ts";
import type { World } from "./world.ts";

/** The edit metadata of an issue: what its screen shows, and what each field takes. */
export function renderEditScreen(world: World, issue: SandboxIssue): unknown {
  const custom = world.site().fields.filter(({ id }) => issue.type.fields.includes(id));
  const summary = {
    required: true,
    name: "Summary",
    key: "summary",
    schema: { type: "string", system: "summary" },
    operations: ["set"],
  };
  return {
    fields: { summary, ...Object.fromEntries(custom.map((field) => [field.id, renderScreenField(field)])) },
  };
}

/** The fields of a transition's screen; a transition without one has none. */
export function renderTransitionScreen(
  world: World,
  { needs = [] }: SandboxTransition,
): Record<string, unknown> {
  const fields = world.site().fields.filter(({ id }) => needs.includes(id));
  return Object.fromEntries(
    fields.map((field) => [
      field.id,
      { ...renderScreenField(field), required: true, hasDefaultValue: false },
    ]),
  );
}

function renderScreenField(field: SandboxField): object {
  const custom = `com.atlassian.jira.plugin.system.customfieldtypes:${CUSTOM_TYPE[field.kind]}`;
  return {
    required: false,
    schema: { type: "string", custom, customId: Number(field.id.replace("customfield_", "")) },
    name: field.name,
    key: field.id,
    operations: ["set"],
    ...(field.options === undefined ? {} : { allowedValues: optionsOf(field) }),
  };
}

interface Option {
  readonly id: string;
  readonly value: string;
}

function optionsOf({ id, options = [] }: SandboxField): readonly Option[] {
  const first = Number(id.replace("customfield_", "")) * 10;
  return options.map((value, index) => ({ id: String(first + index), value }));
}

/** What a field keeps of what it is told, or why it takes it not, in Jira's words. */
export type TakenValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly complaint: string };

export function takeValue(field: SandboxField, value: unknown, dialect: Dialect): TakenValue {
  const complaint = value === null ? null : complainOf(field, value, dialect);
  if (complaint !== null) return { ok: false, complaint };
  if (value === null || field.options === undefined) return { ok: true, value };
  if (field.kind === "select") return takeOption(field, value);
  const taken = z
    .array(z.unknown())
    .parse(value)
    .map((one) => takeOption(field, one));
  const refused = taken.find((one) => !one.ok);
  return refused ?? { ok: true, value: taken.flatMap((one) => (one.ok ? [one.value] : [])) };
}

const option = z.union([z.object({ id: z.string() }), z.object({ value: z.string() })]);

function takeOption(field: SandboxField, value: unknown): TakenValue {
  const asked = option.safeParse(value).data;
  const found = optionsOf(field).find((one) =>
    asked !== undefined && "id" in asked ? one.id === asked.id : one.value === asked?.value,
  );
  if (found !== undefined) return { ok: true, value: found };
  const named = asked !== undefined && "id" in asked ? asked.id : "null";
  return { ok: false, complaint: `Option id '${named}' is not valid` };
}

const LIMITS: Partial<Record<FieldKind, number>> = { textarea: 32_767, text: 255 };

function complainOf(field: SandboxField, value: unknown, dialect: Dialect): string | null {
  switch (field.kind) {
    case "textarea":
      if (dialect.version === "3" && !isDocument(value))
        return "Operation value must be an Atlassian Document";
      if (dialect.version === "2" && typeof value !== "string") return "Operation value must be a string";
      return tooLong(field, value);
    case "text":
      return typeof value === "string" ? tooLong(field, value) : "Operation value must be a string";
    case "date":
      if (typeof value !== "string") return "Operation value must be a string";
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? null : `Error parsing date string: ${value}`;
    case "number":
      return typeof value === "number" ? null : "Operation value must be a number";
    case "multi-select":
      return Array.isArray(value) ? null : "data was not an array";
    case "select":
    case "cascading-select":
    case "user":
    case "labels":
      return null;
  }
}

function tooLong({ kind }: SandboxField, value: unknown): string | null {
  const limit = LIMITS[kind] ?? Infinity;
  const text = toPlainText(value);
  if (typeof text !== "string" || text.length <= limit) return null;
  return `The entered text is too long. It exceeds the allowed limit of ${limit.toLocaleString("en")} characters.`;
}
