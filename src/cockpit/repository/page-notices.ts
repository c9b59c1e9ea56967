import type { DeployContents } from "../../domain/contents/deploy-contents.ts";
import type { PolicyProblem } from "../../domain/policy.ts";
import { mayShow } from "../../domain/report/policy-problem-rows.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { problemNotShown } from "../../domain/wording/policy-state.ts";
import { clockMoment } from "../../domain/wording/cockpit/moments.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { repositoryUrl } from "../view/links.ts";
import { moment } from "../view/moment.ts";
import { notice } from "../view/notice.ts";
import { requestNotice } from "../view/request-notice.ts";
import type { RepositoryView } from "./repository-view.ts";

const PROBLEMS_SHOWN = 10;

/** What one has to know before one reads the page: what became of a wish, what is not from now, what is not asked. */
export function pageNotices(view: RepositoryView): readonly Html[] {
  const { contents, request, person } = view;
  return [
    requestNotice(request, person),
    policyNotice(view),
    ...(contents === null ? [] : contentsNotices(view, contents)),
  ];
}

function contentsNotices(view: RepositoryView, contents: DeployContents): readonly Html[] {
  const { environment, base, unread, jira, outdated, tickets } = contents;
  return [
    outdated === null
      ? NOTHING
      : fromBefore(
          view,
          outdated.because === "branch-not-found" ? wording.branchGoneTitle() : wording.gitHubSilentTitle(),
          outdated.since,
          outdated.because === "branch-not-found" ? "" : wording.silentWhy(outdated.because),
        ),
    jira.state === "unknown"
      ? jira.since === null
        ? notice({
            tone: "attention",
            title: wording.jiraSilentWithoutEarlier(),
            body: wording.jiraSilentWhy(jira.because, false),
          })
        : fromBefore(view, wording.jiraSilentTitle(), jira.since, wording.jiraSilentWhy(jira.because, true))
      : NOTHING,
    jira.state === "off" && tickets.length > 0
      ? notice({ tone: "muted", title: wording.jiraOffTitle(), body: wording.jiraOff() })
      : NOTHING,
    base === null && unread.length === 0
      ? notice({
          tone: "accent",
          title: wording.firstDeployTitle(environment),
          body: wording.firstDeployWhy(),
        })
      : NOTHING,
  ];
}

/** `Jira is not answering: what you see is from 10:04 UTC`. */
function fromBefore({ now }: RepositoryView, title: string, since: string, why: string): Html {
  const at = new Date(since);
  return notice({
    tone: "attention",
    title: `${title} ${clockMoment(at, now)}`,
    body: html`${wording.thatWas()} ${moment(at, now)}. ${why}`,
  });
}

function policyNotice(view: RepositoryView): Html {
  const { trouble, policy } = view;
  if (trouble === null || policy === null) return NOTHING;
  const title =
    trouble.stale === "no" ? wording.organisationPolicyTitle() : wording.policyRefusedTitle(trouble.stale);
  return notice({
    tone: "attention",
    title,
    body: html`<p>${wording.policyRefusedWhy()}</p>
      ${policyProblems(view, trouble.problems)}`,
  });
}

/** Where in the file, which setting, and what is wrong with it; each leads to its line at GitHub. */
export function policyProblems(view: RepositoryView, problems: readonly PolicyProblem[]): Html {
  if (problems.length === 0) return NOTHING;
  return html`<ul class="hp-problems" aria-label="${wording.policyProblemsLabel()}">
    ${problems.slice(0, PROBLEMS_SHOWN).map((problem) => problemItem(view, problem))}
  </ul>`;
}

function problemItem({ repository, githubUrl }: RepositoryView, problem: PolicyProblem): Html {
  const { line, column, path, message } = problem;
  const { defaultBranch } = repository.facts;
  const place = wording.lineAndColumn(line, column);
  if (problem.file === "organisation") {
    const shown = mayShow(problem, repository.facts) ? visibleText(message, 500) : problemNotShown();
    return html`<li>${wording.ofTheOrganisation()}, ${place}: ${shown}</li>`;
  }
  const branch = defaultBranch.split("/").map(encodeURIComponent).join("/");
  const file = `${repositoryUrl(githubUrl, repository.facts)}/blob/${branch}/.github/holdpoint.yml#L${line}`;
  return html`<li>
    <a href="${file}">${place}</a>${path === "" ? NOTHING : html` <code>${visibleText(path, 120)}</code>`}:
    ${visibleText(message, 500)}
  </li>`;
}
