import { blocking, tryOverride } from "../../domain/gate/blocking.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import type { Reason } from "../../domain/gate/gate.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { codeInText } from "../view/code-in-text.ts";
import { hidden } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { durationFields, reasonField } from "./command-fields.ts";
import { disclosedForm } from "./disclosed-form.ts";
import { gateAction, type GateFormParts } from "./gate-form-parts.ts";
import { mayLiftHere } from "./may-here.ts";

/** Lifts what is seen to hold the deploy's head, and nothing that is not (J11). Nothing where nothing can be lifted. */
export function overrideForm(parts: GateFormParts): Html {
  const { gate, policy, person, repository, environment, state, now } = parts;
  const { head, facts, answer } = gate;
  const may = mayLiftHere(repository.right, policy.override);
  const held = blocking(answer);
  if (head === null || may === "no" || held.length === 0) return NOTHING;
  const { expires, max, fourEyes, allow } = policy.override;
  const codes = [...new Set(held.map(({ code }) => code))];
  const tried = {
    id: 0,
    repositoryId: repository.facts.id,
    scope: { kind: "reasons", environment, sha: head, codes } as const,
    by: person.login,
    because: null,
    beganAt: now,
    endsAt: new Date(now.getTime() + max),
    endedAt: null,
  };
  const { codes: lifted, left } = tryOverride({ ...facts, at: now }, tried);
  if (lifted.length === 0) return NOTHING;
  return disclosedForm({
    kind: "override",
    name: "override",
    action: gateAction(parts, "override"),
    person,
    state,
    fields: (own) =>
      html`<p>${wording.overrideWhat(shortSha(head), environment)}</p>
        ${reasonList(
          wording.overrideLifts(),
          held.filter(({ code }) => lifted.includes(code)),
        )}
        ${left.length === 0 ? NOTHING : reasonList(wording.overrideLeaves(), left)}
        ${hidden("environment", environment)} ${hidden("sha", head)} ${hidden("codes", lifted.join(" "))}
        ${durationFields({
          form: "override",
          label: wording.durationLabel(),
          state: own,
          usual: expires,
          most: max,
          hour: policy.deferred.hour,
        })}
        ${reasonField("override", own)} ${fourEyes ? hint(wording.fourEyesHint()) : NOTHING}
        ${allow.kind === "teams" ? hint(wording.teamHint(allow.teams.map((team) => visibleText(team, 100)))) : NOTHING}`,
  });
}

function reasonList(title: string, reasons: readonly Reason[]): Html {
  return html`<p class="hp-label">${title}</p>
    <ul class="hp-act-list">
      ${reasons.map(({ message }) => html`<li>${codeInText(message)}</li>`)}
    </ul>`;
}

function hint(text: string): Html {
  return html`<p class="hp-hint">${text}</p>`;
}
