import { html } from "hono/html";
import { sandboxPage } from "../../sandbox-page.ts";
import type { Issue, Repository } from "../model.ts";
import { renderTime } from "../render/time.ts";
import { fullName } from "../world.ts";
import { commitLink } from "./repository-page.ts";

/** An issue or a pull request with everything that was said on it; Markdown as it was written. */
export function issuePage(repository: Repository, issue: Issue): Promise<Response> {
  const name = fullName(repository);
  const labels = [...issue.labels].map((id) => repository.labels.get(id)?.name ?? "").join(", ");
  const { pullRequest } = issue;
  const kind = pullRequest === null ? "Issue" : "Pull request";
  return sandboxPage("GitHub", {
    title: `${issue.title} #${issue.number}`,
    body: html`<p>
        ${kind} of <a href="/${name}">${name}</a>,
        ${(pullRequest?.merge ?? null) === null ? issue.state : "merged"}, by
        ${issue.author.login}${labels === "" ? "" : html`, labelled <strong>${labels}</strong>`}
      </p>
      ${
        pullRequest === null
          ? ""
          : html`<p>
              ${pullRequest.headBranch} (${commitLink(name, pullRequest.headSha)}) into
              ${pullRequest.baseBranch}
            </p>`
      }
      <pre>${issue.body ?? ""}</pre>
      ${issue.comments.map(
        ({ author, body, createdAt }) =>
          html`<h2>${author.login}, ${renderTime(createdAt)}</h2>
            <pre>${body}</pre>`,
      )}`,
  });
}
