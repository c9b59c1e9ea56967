import { plainOfMarkdown } from "../../domain/escape/plain-of-markdown.ts";
import { standOn } from "../../domain/policy-loosened.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { describeLoosening } from "../../domain/wording/loosening.ts";
import { hidden } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { disclosedForm } from "./disclosed-form.ts";
import { gateAction, type GateFormParts } from "./gate-form-parts.ts";
import { mayLiftHere } from "./may-here.ts";

/** Lets what is open stand on the looser policy that is shown, and on no later one (J9). */
export function acceptForm(parts: GateFormParts): Html {
  const { gate, repository, person, environment, policy, state, waitingSince } = parts;
  const { heldTo, policy: current } = gate.facts;
  if (waitingSince === null || heldTo === null) return NOTHING;
  if (mayLiftHere(repository.right, policy.override) === "no") return NOTHING;
  const { loosened } = standOn(heldTo, current);
  return disclosedForm({
    kind: "accept-policy",
    name: "accept-policy",
    action: gateAction(parts, "accept-policy"),
    person,
    state,
    fields: () =>
      html`<p>${wording.acceptWhat()}</p>
        <ul class="hp-act-list">
          ${loosened.map((one) => html`<li>${plainOfMarkdown(describeLoosening(one))}</li>`)}
        </ul>
        ${hidden("environment", environment)} ${hidden("since", waitingSince.toISOString())}`,
  });
}
