import { casePath } from "../../domain/cockpit-paths.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { whoMayOverride } from "../../domain/wording/gate.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { durationFields, reasonField } from "../gate-forms/command-fields.ts";
import { disclosedForm } from "../gate-forms/disclosed-form.ts";
import { mayLiftHere } from "../gate-forms/may-here.ts";
import { hidden } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { type CaseView, nameOfCase } from "./case-view.ts";

/** J8: after this many hours without any result a check may be closed by hand. */
const SILENT_HOURS = 7 * 24;
const EXTEND_HOURS = 12;

type CaseCommand = "override" | "extend" | "resolve";

/** Override, more time, close by hand: what there is to do now, for those who may; others read who may. */
export function caseForms(view: CaseView): Html {
  const { policy, look, repository } = view;
  if (policy === null || look.state === "ended") return NOTHING;
  const kinds = possible(view, policy.deferred.hour);
  if (kinds.length === 0) return NOTHING;
  if (mayLiftHere(repository.right, policy.override) === "no") {
    const whom = whoMayOverride(policy.override);
    return html`<div class="hp-acts">
      ${kinds.map((kind) => html`<p class="hp-hint">${wording.whoMay(kind, whom)}</p>`)}
    </div>`;
  }
  return html`<div class="hp-acts" role="group" aria-label="${wording.formsLabel()}">
    ${kinds.map((kind) => formOf(view, policy, kind))}
  </div>`;
}

function possible({ look, shown, now }: CaseView, hour: number): readonly CaseCommand[] {
  const silentSince = now.getTime() - SILENT_HOURS * hour;
  return [
    ...(look.state === "expired" || look.state === "unverified" ? (["override"] as const) : []),
    ...(look.state === "running" ? (["extend"] as const) : []),
    ...(shown.case.newestRed.at.getTime() <= silentSince ? (["resolve"] as const) : []),
  ];
}

function formOf(view: CaseView, policy: NonNullable<CaseView["policy"]>, kind: CaseCommand): Html {
  const { repository, person, state, shown } = view;
  const { override, deferred } = policy;
  const names = [nameOfCase(view), ...shown.others.map(({ name }) => visibleText(name, 120))];
  return disclosedForm({
    kind,
    name: kind,
    action: `${casePath(repository.facts, shown.case.id)}/${kind}`,
    person,
    state,
    fields: (own) => {
      const times = (usual: number, label: string): Html =>
        durationFields({ form: kind, label, state: own, usual, most: override.max, hour: deferred.hour });
      const hints = html`${override.fourEyes ? html`<p class="hp-hint">${wording.fourEyesHint()}</p>` : NOTHING}
      ${
        override.allow.kind === "teams"
          ? html`<p class="hp-hint">
              ${wording.teamHint(override.allow.teams.map((team) => visibleText(team, 100)))}
            </p>`
          : NOTHING
      }`;
      switch (kind) {
        case "override":
          return html`<p>${wording.overrideCaseWhat(nameOfCase(view))}</p>
            ${hidden("check", shown.case.name)} ${times(override.expires, wording.durationLabel())}
            ${reasonField(kind, own)} ${hints}`;
        case "extend":
          return html`<p>${wording.extendWhat(names)}</p>
            ${times(EXTEND_HOURS * deferred.hour, wording.extendLabel())} ${reasonField(kind, own)} ${hints}`;
        case "resolve":
          return html`<p>${wording.resolveWhat()}</p>
            ${reasonField(kind, own)} ${hints}`;
      }
    },
  });
}
