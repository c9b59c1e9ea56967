import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { hidden, select } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { reasonField } from "./command-fields.ts";
import { disclosedForm } from "./disclosed-form.ts";
import { gateAction, type GateFormParts } from "./gate-form-parts.ts";
import { mayWriteHere } from "./may-here.ts";

/** Stops deploys here, or everywhere. */
export function haltForm(parts: GateFormParts): Html {
  const { repository, person, environment, policy, state } = parts;
  if (!mayWriteHere(repository.right)) return NOTHING;
  const { environments } = policy.deploy;
  return disclosedForm({
    kind: "halt",
    name: "halt",
    action: gateAction(parts, "halt"),
    person,
    state,
    fields: (own) =>
      html`<p>${wording.haltWhat()}</p>
        ${hidden("environment", environment)}
        ${
          environments.length < 2
            ? NOTHING
            : select({
                name: "where",
                id: "halt-where",
                label: wording.whereLabel(),
                value: own.typed.get("where") ?? "",
                options: [
                  { value: "", text: wording.allEnvironments() },
                  ...environments.map(({ name }) => ({ value: name, text: wording.onlyHere(name) })),
                ],
              })
        }
        ${reasonField("halt", own)}`,
  });
}
