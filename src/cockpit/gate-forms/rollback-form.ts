import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { hidden, textInput } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { reasonField } from "./command-fields.ts";
import { disclosedForm } from "./disclosed-form.ts";
import { gateAction, type GateFormParts } from "./gate-form-parts.ts";
import { mayWriteHere } from "./may-here.ts";

/** Lets what ran there before go out again for one hour (J4). Without environments nothing was ever deployed to one. */
export function rollbackForm(parts: GateFormParts): Html {
  const { repository, person, environment, policy, state } = parts;
  if (!mayWriteHere(repository.right) || policy.deploy.environments.length === 0) return NOTHING;
  return disclosedForm({
    kind: "rollback",
    name: "rollback",
    action: gateAction(parts, "rollback"),
    person,
    state,
    fields: (own) => {
      const problem = own.problems.get("commit");
      return html`<p>${wording.rollbackWhat(environment)}</p>
        ${hidden("environment", environment)}
        ${textInput({
          name: "commit",
          id: "rollback-commit",
          label: wording.commitLabel(),
          value: own.typed.get("commit") ?? "",
          hint: wording.commitHint(),
          required: true,
          maxLength: 64,
          ...(problem === undefined ? {} : { error: problem }),
        })}
        ${reasonField("rollback", own)}`;
    },
  });
}
