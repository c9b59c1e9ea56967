import { observeChecks } from "../../domain/first-visit/observe-checks.ts";
import type { Proposal } from "../../domain/first-visit/propose-policy.ts";
import type { Survey } from "../../domain/first-visit/survey.ts";
import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import { type Html, html } from "../view/html.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";

/** What the proposal was written from, and what of it could not be read. */
export function foundPanel(survey: Survey, proposal: Proposal, now: Date): Html {
  const rows: readonly (readonly [wording.FoundKind, string])[] = [
    ["environments", wording.foundNames(survey.environments)],
    ["branches", wording.foundNames(survey.branches)],
    ["workflows", wording.foundNames(survey.workflows)],
    ["checks", wording.foundNames(checksOf(survey))],
    ["projects", wording.foundNames(projectsOf(survey, proposal))],
    ["jira", jiraText(survey.jira)],
  ];
  return panel({
    title: wording.foundTitle(),
    aside: html`${wording.lookedAt()} ${moment(survey.takenAt, now)}`,
    id: "found",
    body: html`<dl class="hp-fv-found">
      ${rows.map(
        ([kind, text]) =>
          html`<div>
            <dt>${wording.foundName(kind)}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>`,
  });
}

function checksOf({ trunk }: Survey): Reading<readonly string[]> {
  return trunk.state === "known"
    ? { state: "known", value: observeChecks(trunk.value).map(({ name }) => name) }
    : trunk;
}

function projectsOf({ commits }: Survey, { tickets }: Proposal): Reading<readonly string[]> {
  return commits.state === "known" ? { state: "known", value: tickets.projects } : commits;
}

function jiraText(jira: Survey["jira"]): string {
  if (jira === null) return wording.jiraOff();
  const { names } = jira;
  return names.state === "known"
    ? wording.jiraKnown(names.value.fields.length, names.value.statuses.length)
    : wording.foundNames(names);
}
