import type { ContentCommit } from "../../domain/contents/deploy-contents.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/contents.ts";
import { attachForm } from "../mending/attach-form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, personLink, pullRequestLink } from "../view/links.ts";
import { mark } from "../view/mark.ts";
import { pill } from "../view/pill.ts";
import type { RepositoryView } from "./repository-view.ts";

/** A commit that carries no ticket, with the way to attach one. */
export function commitRow(view: RepositoryView, commit: ContentCommit): Html {
  const { repository, person, gate, policy, request, githubUrl } = view;
  const { sha, subject, author, pullRequests } = commit;
  const projects = policy?.tickets.projects ?? [];
  const attaching = { repository, person, commit, environment: gate.environment, projects, request };
  return html`<li class="hp-row" id="commit-${sha}" data-row>
    <span class="hp-row-mark">${mark("fail")}</span>
    <span class="hp-row-key">${commitLink(githubUrl, repository.facts, sha)}</span>
    <span class="hp-row-state">${pill(wording.noTicket(), "danger")}</span>
    <div class="hp-row-body">
      <p class="hp-row-title">${visibleText(subject, 160)}</p>
      <p class="hp-row-meta">
        ${personLink(githubUrl, author)}${pullRequests.map(
          ({ number }) => html` · ${pullRequestLink(githubUrl, repository.facts, number)}`,
        )}
        · ${wording.nobodyCarries()}
      </p>
      ${repository.right === "read" ? NOTHING : attachForm(attaching)}
    </div>
  </li>`;
}
