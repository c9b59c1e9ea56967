import { repositoryPath } from "../../domain/cockpit-paths.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/history.ts";
import { select, submitButton, textInput } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { type FilterProblems, filterQuery, kindOptions, type TypedFilter } from "./read-filter.ts";

/** What is shown of the history: an address like any other. */
export function filterForm({
  repository,
  environments,
  typed,
  problems = {},
}: {
  readonly repository: Pick<RepositoryFacts, "owner" | "name">;
  readonly environments: readonly string[];
  readonly typed: TypedFilter;
  readonly problems?: FilterProblems;
}): Html {
  const path = `${repositoryPath(repository)}/history`;
  const wrong = (error: string | undefined) => (error === undefined ? {} : { error });
  const known = environments.some((name) => name === typed.environment);
  const named = [...environments, ...(known || typed.environment === "" ? [] : [typed.environment])];
  return html`<form class="hp-filter" method="get" action="${path}">
    ${select({
      name: "kind",
      label: wording.kindLabel(),
      value: typed.kind,
      options: kindOptions(),
      ...wrong(problems.kind),
    })}
    ${textInput({
      name: "person",
      label: wording.personLabel(),
      value: typed.person,
      placeholder: wording.personHint(),
      maxLength: 101,
      ...wrong(problems.person),
    })}
    ${select({
      name: "environment",
      label: wording.environmentLabel(),
      value: typed.environment,
      options: [
        { value: "", text: wording.everyEnvironment() },
        ...named.map((name) => ({ value: name, text: name })),
      ],
      ...wrong(problems.environment),
    })}
    ${textInput({
      name: "from",
      type: "date",
      label: wording.fromLabel(),
      value: typed.from,
      ...wrong(problems.from),
    })}
    ${textInput({ name: "to", type: "date", label: wording.toLabel(), value: typed.to, ...wrong(problems.to) })}
    <div class="hp-filter-end">
      ${submitButton(wording.applyFilter())}
      ${filterQuery(typed) === "" ? NOTHING : html`<a href="${path}">${wording.clearFilter()}</a>`}
    </div>
  </form>`;
}
