import { visibleText } from "../../domain/escape/visible-text.ts";
import { LONGEST_TEXT } from "../../domain/requests/judge-ticket-wish.ts";
import { seenMark } from "../../domain/requests/seen-text.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { FillableField } from "../../ports/jira.ts";
import { checkbox, type Field, hidden, select, textArea, textInput } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { outsideLink } from "../view/links.ts";

const LONGEST_LINE = 255;

export interface ShownField extends FillableField {
  readonly name: string;
  /** What somebody typed before, where it was not taken, with the mark of what they saw then; null: nothing. */
  readonly typed: { readonly text: string; readonly seen: string | null } | null;
}

/** One field of the policy with the control that its kind takes, filled with what stands there, or with what was typed. */
export function fieldControl(
  { name, form, value, formatted, typed }: ShownField,
  { id, ticketUrl }: { readonly id: string; readonly ticketUrl: string },
): Html {
  if (form.kind === "elsewhere") {
    return html`<div class="hp-field">
      <span class="hp-label">${name}</span>
      <p class="hp-hint">
        ${wording.filledInJiraItself(name)} ${outsideLink(wording.openInJiraShort(), ticketUrl)}
      </p>
    </div>`;
  }
  const now = seenMark(value);
  const changed = typed !== null && typed.seen !== now && seenMark(typed.text) !== now;
  const field: Field = {
    name: wantedName(name),
    id,
    label: name,
    value: typed?.text ?? value ?? "",
    ...(formatted ? { hint: wording.becomesPlain() } : {}),
  };
  return html`${changed ? thereNow(name, value) : NOTHING} ${hidden(seenName(name), now ?? "")}
  ${controlOf(form, field)}`;
}

function controlOf(form: Exclude<FillableField["form"], { readonly kind: "elsewhere" }>, field: Field): Html {
  switch (form.kind) {
    case "text":
      // Without a limit of the browser's, which would cut off the end of what is pasted and say nothing.
      return form.lines === "many"
        ? textArea({ ...field, rows: rowsFor(field.value ?? "") })
        : textInput(field);
    case "number":
      return textInput({ ...field, hint: wording.numberHint() });
    case "date":
      return textInput({ ...field, type: "date" });
    case "choice":
      return form.several ? checkboxes(form.options, field) : oneOf(form.options, field);
  }
}

function oneOf(options: readonly string[], field: Field): Html {
  const { value = "" } = field;
  // What was chosen before and is offered no more stays to be seen.
  const all = value === "" || options.includes(value) ? options : [value, ...options];
  const choices = all.map((option) => ({ value: option, text: visibleText(option, LONGEST_LINE) }));
  return select({ ...field, options: [{ value: "", text: wording.nothingChosen() }, ...choices] });
}

function checkboxes(options: readonly string[], { name, id = name, label, value = "" }: Field): Html {
  const chosen = new Set(value.split("\n"));
  return html`<fieldset class="hp-field hp-mend-several">
    <legend class="hp-label">${label}</legend>
    ${hidden(name, "")}
    ${options.map((option, index) =>
      checkbox({
        name: `${name}.${index}`,
        id: `${id}-${index}`,
        label: visibleText(option, LONGEST_LINE),
        value: option,
        checked: chosen.has(option),
      }),
    )}
  </fieldset>`;
}

/** Beside what was typed: what would be written over. */
function thereNow(name: string, value: string | null): Html {
  const text = value === null ? wording.emptyInJira() : linesOf(value);
  return html`<div class="hp-mend-now">
    <p class="hp-label">${wording.seenInJira(name)}</p>
    <p class="hp-mend-text">${text}</p>
  </div>`;
}

/** Several lines of a stranger's text, each of them with every character visible. */
export function linesOf(text: string): string {
  return text
    .split("\n")
    .map((line) => visibleText(line, LONGEST_TEXT))
    .join("\n");
}

function rowsFor(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 70), 0);
  return Math.min(12, Math.max(3, lines + 1));
}

/** Names of the form's fields; a field of Jira's may be called anything. */
export function wantedName(field: string): string {
  return `wanted.${field}`;
}
export function seenName(field: string): string {
  return `seen.${field}`;
}
