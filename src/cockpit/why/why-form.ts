import { repositoryPath } from "../../domain/cockpit-paths.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/why.ts";
import { checkbox, select, submitButton, textInput } from "../view/form.ts";
import { type Html, html } from "../view/html.ts";
import type { TypedQuestion, WhyProblems } from "./read-why-question.ts";

const MAX_SHA = 64;

/** Asks about a commit; an address like any other, so that what it answers can be sent to somebody. */
export function whyForm({
  repository,
  environments,
  typed,
  problems = {},
}: {
  readonly repository: Pick<RepositoryFacts, "owner" | "name">;
  /** Those that the policy names; none: holds alone decide, for any. */
  readonly environments: readonly string[];
  readonly typed: TypedQuestion;
  readonly problems?: WhyProblems;
}): Html {
  const { environment, sha, rollback } = typed;
  const named = environments.find((name) => name.toLowerCase() === environment.toLowerCase());
  // Whoever asks for one that the policy does not name is told so, and their word stays where they wrote it.
  const field = { name: "environment", label: wording.environmentLabel(), id: "why-environment" } as const;
  const wrong = problems.environment === undefined ? {} : { error: problems.environment };
  const isListed = environments.length > 0 && (environment === "" || named !== undefined);
  return html`<form class="hp-why-form" method="get" action="${repositoryPath(repository)}/why">
    ${
      isListed
        ? select({
            ...field,
            ...wrong,
            value: named ?? environments[0] ?? "",
            options: environments.map((name) => ({ value: name, text: name })),
          })
        : textInput({ ...field, ...wrong, value: environment, maxLength: 255 })
    }
    ${textInput({
      name: "sha",
      label: wording.commitLabel(),
      id: "why-sha",
      value: sha,
      hint: wording.commitHint(),
      required: true,
      maxLength: MAX_SHA,
      ...(problems.sha === undefined ? {} : { error: problems.sha }),
    })}
    <div class="hp-why-form-end">
      ${checkbox({
        name: "intent",
        label: wording.rollbackLabel(),
        id: "why-rollback",
        value: "rollback",
        checked: rollback,
      })}
      ${submitButton(wording.askWhy(), { tone: "primary" })}
    </div>
  </form>`;
}
