import { html } from "hono/html";
import { sandboxPage } from "../../sandbox-page.ts";
import { newestRuns, runsOn } from "../find-checks.ts";
import type { GitCommit } from "../git/commit.ts";
import type { Repository } from "../model.ts";
import { accountByEmail, fullName, type World } from "../world.ts";
import { commitLink, subjectOf } from "./repository-page.ts";

/** A commit with what was posted on it: statuses, and check runs with their whole reports. */
export function commitPage(world: World, repository: Repository, commit: GitCommit): Promise<Response> {
  const name = fullName(repository);
  const by = accountByEmail(world, commit.author.email)?.login ?? commit.author.name;
  const statuses = new Map((repository.statuses.get(commit.sha) ?? []).map((one) => [one.context, one]));
  const runs = newestRuns(runsOn(repository, commit.sha));
  return sandboxPage("GitHub", {
    title: subjectOf(commit.message),
    body: html`<p>
        <code>${commit.sha}</code> of <a href="/${name}">${name}</a>, by ${by}, after
        ${commit.parents.map((sha) => html`${commitLink(name, sha)} `)}
      </p>
      <pre>${commit.message}</pre>
      <h2>Statuses</h2>
      <table>
        ${[...statuses.values()].map(
          ({ context, state, description, targetUrl }) =>
            html`<tr>
              <td>${targetUrl === null ? context : html`<a href="${targetUrl}">${context}</a>`}</td>
              <td>${state}</td>
              <td>${description ?? ""}</td>
            </tr>`,
        )}
      </table>
      ${runs.map(
        (run) =>
          html`<h2>${run.name}: ${run.conclusion ?? run.status}</h2>
            ${run.title === null ? "" : html`<p><strong>${run.title}</strong></p>`}
            ${run.detailsUrl === null ? "" : html`<p><a href="${run.detailsUrl}">Details</a></p>`}
            ${run.summary === null ? "" : html`<pre>${run.summary}</pre>`}
            ${run.text === null ? "" : html`<pre>${run.text}</pre>`}`,
      )}`,
  });
}
