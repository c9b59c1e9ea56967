import type { Person } from "../person.ts";
import { formToken } from "../session/form-token.ts";
import { type Html, html, NOTHING } from "./html.ts";

/** A form that is a wish: it is sent by POST with the session's token, and works without JavaScript. */
export function form({
  action,
  person,
  body,
  id,
}: {
  readonly action: string;
  readonly person: Pick<Person, "sessionHash">;
  readonly body: Html;
  /** Names the form, so that what is typed in it survives when the page changes in place. */
  readonly id?: string;
}): Html {
  return html`<form
    class="hp-form"
    method="post"
    action="${action}"
    ${id === undefined ? NOTHING : html`id="${id}"`}
  >
    ${hidden("token", formToken(person))} ${body}
  </form>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  /** Of the page, not of the form: two forms with a field of the same name give it two ids. The name, unless said. */
  readonly id?: string;
  readonly value?: string;
  /** What it is for, or how it is written. */
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly error?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
}

export function textInput(field: Field & { readonly type?: "text" | "number" | "date" | "search" }): Html {
  const { type = "text", value = "" } = field;
  return labelled(
    field,
    html`<input class="form-control hp-input" type="${type}" value="${value}" ${attributesOf(field)} />`,
  );
}

export function textArea(field: Field & { readonly rows?: number }): Html {
  const { rows = 3, value = "" } = field;
  const attributes = html`rows="${rows}" ${attributesOf(field)}`;
  // HTML leaves out a line break that follows the tag directly; without one, a typed one would be.
  const typed = `\n${value}`;
  return labelled(field, html`<textarea class="form-control hp-input" ${attributes}>${typed}</textarea>`);
}

export function select(
  field: Field & {
    readonly options: readonly { readonly value: string; readonly text: string }[];
  },
): Html {
  const options = field.options.map(
    ({ value, text }) =>
      html`<option value="${value}" ${value === field.value ? html`selected` : NOTHING}>${text}</option>`,
  );
  return labelled(
    field,
    html`<select class="form-select hp-input" ${attributesOf(field)}>
      ${options}
    </select>`,
  );
}

export function checkbox({
  name,
  label,
  id = name,
  value = "yes",
  checked = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly id?: string;
  readonly value?: string;
  readonly checked?: boolean;
}): Html {
  return html`<div class="hp-check">
    <input type="checkbox" id="${id}" name="${name}" value="${value}" ${checked ? html`checked` : NOTHING} />
    <label for="${id}">${label}</label>
  </div>`;
}

export function submitButton(
  text: string,
  {
    tone = "default",
    name,
    value = "",
    label,
    small = false,
  }: {
    readonly tone?: "default" | "primary" | "danger";
    readonly name?: string;
    readonly value?: string;
    /** Says more than the button has room for: “Save to Jira: PLAY-1”. It begins with the button's text. */
    readonly label?: string;
    readonly small?: boolean;
  } = {},
): Html {
  const classes = ["btn", tone === "default" ? "" : `btn-${tone}`, small ? "btn-sm" : ""];
  return html`<button
    class="${classes.filter((one) => one !== "").join(" ")}"
    type="submit"
    ${name === undefined ? NOTHING : html`name="${name}" value="${value}"`}
    ${label === undefined ? NOTHING : html`aria-label="${label}"`}
  >
    ${text}
  </button>`;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function linkButton(
  text: string,
  href: string,
  {
    small = false,
    primary = false,
    label,
  }: {
    readonly small?: boolean;
    readonly primary?: boolean;
    /** Says more than the button has room for; it begins with the button's text. */
    readonly label?: string;
  } = {},
): Html {
  const classes = ["btn", ...(primary ? ["btn-primary"] : []), ...(small ? ["btn-sm"] : [])].join(" ");
  return html`<a
    class="${classes}"
    href="${href}"
    ${label === undefined ? NOTHING : html`aria-label="${label}"`}
    >${text}</a
  >`;
}

function labelled({ name, id = name, label, hint, error, required = false }: Field, control: Html): Html {
  return html`<div class="${error === undefined ? "hp-field" : "hp-field hp-field-wrong"}">
    <label class="hp-label" for="${id}"
      >${label}${required ? html`<span class="hp-required" aria-hidden="true"> *</span>` : NOTHING}</label
    >
    ${control} ${error === undefined ? NOTHING : html`<p class="hp-error" id="${id}-error">${error}</p>`}
    ${hint === undefined ? NOTHING : html`<p class="hp-hint" id="${id}-hint">${hint}</p>`}
  </div>`;
}

function attributesOf({
  name,
  id = name,
  hint,
  error,
  required,
  maxLength,
  placeholder,
  disabled,
}: Field): Html {
  const described = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ].join(" ");
  return html`id="${id}" name="${name}" ${required === true ? html`required` : NOTHING}
  ${maxLength === undefined ? NOTHING : html`maxlength="${maxLength}"`}
  ${placeholder === undefined ? NOTHING : html`placeholder="${placeholder}"`}
  ${disabled === true ? html`disabled` : NOTHING}
  ${described === "" ? NOTHING : html`aria-describedby="${described}"`}
  ${error === undefined ? NOTHING : html`aria-invalid="true"`}`;
}
