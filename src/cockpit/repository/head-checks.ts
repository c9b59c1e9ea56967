import type { DeployContents } from "../../domain/contents/deploy-contents.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, outsideLink } from "../view/links.ts";
import { mark, type MarkName } from "../view/mark.ts";
import { panel } from "../view/panel.ts";
import type { RepositoryView } from "./repository-view.ts";

type Check = DeployContents["checks"][number];

/** The required checks of what would go out: what is red first. */
export function headChecks({ contents, policy, repository, githubUrl }: RepositoryView): Html {
  if (contents === null || policy === null) return NOTHING;
  const unread = contents.unread.find(({ what }) => what === "checks");
  return panel({
    id: "checks",
    title: wording.checksTitle(),
    aside: commitLink(githubUrl, repository.facts, contents.head),
    body:
      unread !== undefined
        ? html`<p class="hp-panel-note">${wording.unreadSentence("checks", unread.because)}</p>`
        : policy.requiredChecks.length === 0
          ? html`<p class="hp-panel-note">${wording.noRequiredChecks()}</p>`
          : html`<ul class="hp-head-checks">
              ${contents.checks.map(checkItem)}
            </ul>`,
  });
}

function checkItem(check: Check): Html {
  return html`<li class="hp-head-check">
    ${mark(markOf(check))}
    <span>${outsideLink(check.name, check.url)}</span>
    <span class="hp-muted"
      >${check.said === "" ? wording.checkHasNoResult() : visibleText(check.said.replaceAll("_", " "), 40)}</span
    >
  </li>`;
}

function markOf({ state }: Check): MarkName {
  switch (state) {
    case "success":
    case "skipped":
      return "pass";
    case "running":
      return "running";
    case "failure":
    case "skipped-after-failure":
    case "no-evidence":
      return "fail";
  }
}
