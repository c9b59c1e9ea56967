import type { CockpitCommand } from "../../domain/requests/request.ts";
import { whoMayOverride } from "../../domain/wording/gate.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { acceptForm } from "./accept-form.ts";
import { type FormState, stateAfter } from "./form-state.ts";
import type { GateFormParts, GateFormsGiven } from "./gate-form-parts.ts";
import { haltForm } from "./halt-form.ts";
import { mayLiftHere, mayWriteHere } from "./may-here.ts";
import { overrideForm } from "./override-form.ts";
import { resumeForms } from "./resume-forms.ts";
import { rollbackForm } from "./rollback-form.ts";

/** Override, halt, resume, rollback, accept-policy: each form for those who may; others read who may. */
export function gateForms(given: GateFormsGiven): Html {
  return gateFormsIn(given, stateAfter(given.request, given.person));
}

/** The same, with what was typed and what is wrong with it. */
export function gateFormsIn(given: GateFormsGiven, state: FormState): Html {
  const { gate, repository } = given;
  const policy = gate === null ? null : (gate.facts.heldTo ?? gate.facts.policy);
  if (gate === null || policy === null) return NOTHING;
  const parts = { ...given, gate, policy, state };
  const forms = [
    overrideForm(parts),
    resumeForms(parts),
    acceptForm(parts),
    haltForm(parts),
    rollbackForm(parts),
  ];
  const whom = whoMayOverride(policy.override);
  const notMine = unavailable(parts).map((kind) => wording.whoMay(kind, whom));
  return html`<div class="hp-acts" role="group" aria-label="${wording.formsLabel()}">
    ${forms}
    ${mayWriteHere(repository.right) ? NOTHING : html`<p class="hp-hint">${wording.whoMay("halt", whom)}</p>`}
    ${notMine.map((text) => html`<p class="hp-hint">${text}</p>`)}
  </div>`;
}

/** What there is to be done here, and this person may not. */
function unavailable({
  repository,
  person,
  policy,
  gate,
  waitingSince,
}: GateFormParts): readonly CockpitCommand["kind"][] {
  if (mayLiftHere(repository.right, policy.override) !== "no") return [];
  const foreign = gate.facts.halts.some(({ by }) => by !== person.login);
  return [
    ...(gate.answer.wouldBe === "held" ? (["override"] as const) : []),
    ...(foreign ? (["resume"] as const) : []),
    ...(waitingSince === null ? [] : (["accept-policy"] as const)),
  ];
}
