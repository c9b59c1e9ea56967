import * as wording from "../../domain/wording/jira.ts";
import type { EditableField } from "./field-form.ts";
import { toDocument } from "./plain-document.ts";
import { toWiki } from "./plain-wiki.ts";

/** A value as Jira takes it for this field, or why the text is none. */
export type FieldInput =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly detail: string };

/** `wiki`: rich text is wiki markup, as in Data Center; else a document. */
export function toFieldInput(
  name: string,
  { form, optionIds, richText }: EditableField,
  text: string,
  { wiki }: { readonly wiki: boolean },
): FieldInput {
  switch (form.kind) {
    case "text":
      if (richText) return { ok: true, value: wiki ? toWiki(text) : toDocument(text) };
      return { ok: true, value: text.replaceAll(/\s+/g, (space) => (space.includes("\n") ? " " : space)) };
    case "number":
      return NUMBER.test(text)
        ? { ok: true, value: Number(text) }
        : { ok: false, detail: wording.notANumber(name) };
    case "date":
      return isDay(text) ? { ok: true, value: text } : { ok: false, detail: wording.notADay(name) };
    case "choice": {
      const chosen = form.several ? text.split("\n") : [text];
      const ids = chosen.map((option) => optionIds.get(option.trim()));
      const values = ids.flatMap((id) => (id === undefined ? [] : [{ id }]));
      if (values.length < ids.length) return { ok: false, detail: wording.noSuchOption(name) };
      return { ok: true, value: form.several ? values : values[0] };
    }
    case "elsewhere":
      return { ok: false, detail: wording.filledInJira(name) };
  }
}

const NUMBER = /^-?[0-9]{1,15}(?:\.[0-9]{1,10})?$/;

/** A day of the calendar: 31 February is none. */
function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
