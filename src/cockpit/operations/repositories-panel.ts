import { visibleText } from "../../domain/escape/visible-text.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import type { PolicyProblem } from "../../domain/policy.ts";
import { mayShow } from "../../domain/report/policy-problem-rows.ts";
import * as wording from "../../domain/wording/cockpit/operations.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { repositoryUrl } from "../view/links.ts";
import { mark } from "../view/mark.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import { pill, type Tone } from "../view/pill.ts";
import type { Operations, SeenHealth } from "./read-operations.ts";
import { repositoryLink, repositoryPath } from "./repository-link.ts";

const MESSAGE_LIMIT = 400;
const PROBLEMS_SHOWN = 20;
const TONES: Readonly<Record<Parameters<typeof wording.policyState>[0], Tone>> = {
  none: "muted",
  no: "success",
  invalid: "danger",
  unreadable: "danger",
};

/** When each was last compared with GitHub, and what is wrong with its policy; those without trouble are folded away. */
export function repositoriesPanel({ repositories, at }: Operations, githubUrl: string): Html {
  const all = [...repositories.values()];
  const troubled = all.filter(isTroubled);
  const others = all.filter((one) => !isTroubled(one));
  const row = (one: SeenHealth): Html => repositoryRow(one, at, githubUrl);
  const folded =
    others.length === 0
      ? NOTHING
      : html`<details
          class="hp-op-others"
          ${troubled.length === 0 && others.length <= 10 ? html`open` : NOTHING}
        >
          <summary>${wording.otherRepositories(others.length)}</summary>
          <div class="hp-rows">${others.map(row)}</div>
        </details>`;
  return panel({
    title: wording.repositoriesTitle(),
    id: "repositories",
    body: html`<div class="hp-rows">${troubled.map(row)}</div>
      ${folded}`,
  });
}

function isTroubled({ late, policy }: SeenHealth): boolean {
  return late || (policy !== null && (policy.problems.length > 0 || policy.stale !== "no"));
}

function repositoryRow(health: SeenHealth, at: Date, githubUrl: string): Html {
  const { repository, late, reconciledAt, policy } = health;
  const state = policy === null ? "none" : policy.stale;
  const compared =
    reconciledAt === null
      ? wording.neverCompared()
      : html`${wording.comparedTitle()} ${moment(reconciledAt, at)}`;
  return html`<div class="hp-op-row">
    ${mark(isTroubled(health) ? "warning" : "pass")}
    <div class="hp-op-what">
      <h3 class="hp-op-name">
        ${repositoryLink(repository)} ${pill(wording.policyState(state), TONES[state])}
      </h3>
      <p class="hp-small ${late ? "hp-attention" : "hp-muted"}">
        ${compared}${late ? html`. ${wording.comparedLate()}` : NOTHING}
      </p>
      ${policy === null || policy.problems.length === 0 ? NOTHING : problemList(policy.problems, repository)}
    </div>
    <div class="hp-op-act">${actionOf(health, githubUrl)}</div>
  </div>`;
}

function problemList(problems: readonly PolicyProblem[], repository: RepositoryFacts): Html {
  const more = problems.length - PROBLEMS_SHOWN;
  return html`<ul class="hp-op-list">
    ${problems.slice(0, PROBLEMS_SHOWN).map((problem) => problemItem(problem, mayShow(problem, repository)))}
    ${more > 0 ? html`<li>${wording.moreNotShown(more)}</li>` : NOTHING}
  </ul>`;
}

function problemItem({ file, line, column, path, message }: PolicyProblem, shows: boolean): Html {
  return html`<li>
    <strong>${wording.problemPlace(line, column, shows ? path : "")}</strong>
    ${file === "organisation" ? html`<span class="hp-muted">${wording.inOrganisation()}</span>` : NOTHING}<br />
    ${shows ? visibleText(message, MESSAGE_LIMIT) : wording.problemNotShown()}
  </li>`;
}

function actionOf({ repository, policy }: SeenHealth, githubUrl: string): Html {
  if (policy === null) return linkButton(wording.setUpLink(), repositoryPath(repository), { small: true });
  const own = policy.problems.find(({ file }) => file === undefined);
  if (own === undefined) return NOTHING;
  const branch = repository.defaultBranch.split("/").map(encodeURIComponent).join("/");
  const href = `${repositoryUrl(githubUrl, repository)}/edit/${branch}/.github/holdpoint.yml#L${own.line}`;
  return html`<a
    class="btn btn-sm"
    href="${href}"
    aria-label="${wording.editLabel(`${repository.owner}/${repository.name}`)}"
    >${wording.editAtGitHub()}</a
  >`;
}
