import type { FieldForm } from "../../ports/jira.ts";
import { listMember, member, textMember } from "./json.ts";

/** A field of an issue's edit screen, with what is needed to write it. */
export interface EditableField {
  readonly form: FieldForm;
  /** What Jira is told of a choice: the option's id, by the words that people see. */
  readonly optionIds: ReadonlyMap<string, string>;
  /** Kept as a document or as wiki markup. */
  readonly richText: boolean;
}

/** More than a list can show; such a field is filled in where it can be searched. */
const MOST_OPTIONS = 300;
const LONGEST_OPTION = 255;

/** Of Jira's own custom fields, by the end of their type's name. Those of apps take what only the app knows. */
const CUSTOM_FORMS: Readonly<Record<string, FieldForm["kind"] | "choices" | "textarea">> = {
  textarea: "textarea",
  textfield: "text",
  url: "text",
  float: "number",
  datepicker: "date",
  select: "choice",
  radiobuttons: "choice",
  multiselect: "choices",
  multicheckboxes: "choices",
};
const OWN_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:";

const SYSTEM_FORMS: Readonly<Record<string, FieldForm["kind"] | "choices" | "textarea">> = {
  description: "textarea",
  environment: "textarea",
  summary: "text",
  duedate: "date",
  priority: "choice",
  components: "choices",
  fixVersions: "choices",
  versions: "choices",
};

/** From `editmeta`: what kind of control fills the field in. */
export function readEditableField(raw: unknown): EditableField {
  const schema = member(raw, "schema");
  const custom = textMember(schema, "custom");
  const system = textMember(schema, "system");
  const kind =
    custom === null
      ? SYSTEM_FORMS[system ?? ""]
      : custom.startsWith(OWN_TYPES)
        ? CUSTOM_FORMS[custom.slice(OWN_TYPES.length)]
        : undefined;
  const operations = listMember(raw, "operations");
  const elsewhere: FieldForm = { kind: "elsewhere", type: custom?.split(":").at(-1) ?? system ?? "" };
  const optionIds = readOptions(listMember(raw, "allowedValues") ?? []);
  const form = operations === null || operations.includes("set") ? formOf(kind, optionIds) : null;
  return { form: form ?? elsewhere, optionIds, richText: kind === "textarea" };
}

function formOf(
  kind: FieldForm["kind"] | "choices" | "textarea" | undefined,
  optionIds: ReadonlyMap<string, string>,
): FieldForm | null {
  switch (kind) {
    case "textarea":
      return { kind: "text", lines: "many" };
    case "text":
      return { kind: "text", lines: "one" };
    case "number":
    case "date":
      return { kind };
    case "choice":
    case "choices": {
      const options = [...optionIds.keys()];
      if (options.length === 0 || options.length > MOST_OPTIONS) return null;
      return { kind: "choice", options, several: kind === "choices" };
    }
    case "elsewhere":
    case undefined:
      return null;
  }
}

/** Words to ids; of two options with the same words the first counts. */
function readOptions(values: readonly unknown[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const value of values) {
    const label = (textMember(value, "value") ?? textMember(value, "name"))?.trim() ?? "";
    const id = textMember(value, "id");
    const isUsable = label !== "" && label.length <= LONGEST_OPTION && !label.includes("\n");
    if (id !== null && isUsable && !options.has(label)) options.set(label, id);
  }
  return options;
}
