import { visibleText } from "../../domain/escape/visible-text.ts";
import { isSameEnvironment } from "../../domain/gate/stop.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { hidden } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { reasonField } from "./command-fields.ts";
import { disclosedForm } from "./disclosed-form.ts";
import { gateAction, type GateFormParts } from "./gate-form-parts.ts";
import { mayLiftHere } from "./may-here.ts";

const REASON_LENGTH = 200;

function nameOf(name: string): string {
  return visibleText(name, 60);
}

/** One form for each halt that stands here: whoever halted may end it, and who may lift. */
export function resumeForms(parts: GateFormParts): readonly Html[] {
  const { gate, repository, person, environment, policy, state } = parts;
  const may = mayLiftHere(repository.right, policy.override) !== "no";
  return gate.facts.halts
    .filter((one) => one.environment === null || isSameEnvironment(one.environment, environment))
    .filter(({ by }) => may || by === person.login)
    .map((halt) => {
      const name = `resume-${halt.id}`;
      return disclosedForm({
        kind: "resume",
        name,
        action: gateAction(parts, "resume"),
        person,
        state,
        fields: (own) =>
          html`<p>
              ${wording.resumeWhat(nameOf(halt.by), halt.environment === null ? null : nameOf(halt.environment))}
            </p>
            ${
              halt.because === null
                ? NOTHING
                : html`<p class="hp-muted">${wording.reasonNow(visibleText(halt.because, REASON_LENGTH))}</p>`
            }
            ${hidden("environment", environment)} ${hidden("halt", String(halt.id))} ${reasonField(name, own)}`,
      });
    });
}
