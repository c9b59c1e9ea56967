import type { CockpitCommand } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import type { Person } from "../person.ts";
import { form, submitButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { octicon, type OcticonName } from "../view/octicon.ts";
import { type FormState, stateOf } from "./form-state.ts";

const ICONS: Readonly<Record<CockpitCommand["kind"], OcticonName>> = {
  override: "unlock",
  extend: "clock",
  resolve: "check-circle",
  halt: "stop",
  resume: "zap",
  rollback: "undo",
  "accept-policy": "law",
};

export interface DisclosedForm {
  readonly kind: CockpitCommand["kind"];
  /** Unique on the page: `override`, `resume-12`. */
  readonly name: string;
  readonly action: string;
  readonly person: Pick<Person, "sessionHash">;
  readonly state: FormState;
  /** The fields; they see what was typed into this form alone. */
  readonly fields: (state: FormState) => Html;
}

/** A form behind a button. It stands open where something in it is to be put right. */
export function disclosedForm({ kind, name, action, person, state, fields }: DisclosedForm): Html {
  const own = stateOf(state, name);
  const tone = kind === "halt" ? "danger" : "primary";
  return html`<details class="hp-act" id="act-${name}" ${own.form === null ? NOTHING : html`open`}>
    <summary class="btn btn-sm">${octicon(ICONS[kind])} ${wording.openForm(kind)}</summary>
    <div class="hp-act-form">
      ${form({
        action,
        person,
        id: `form-${name}`,
        body: html`${fields(own)} ${submitButton(wording.sendForm(kind), { tone })}`,
      })}
    </div>
  </details>`;
}
