import type { RedRange } from "../../domain/compliance/issue-view.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/case.ts";
import { whoMayOverride } from "../../domain/wording/gate.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { octicon } from "../view/octicon.ts";
import { panel } from "../view/panel.ts";
import { pullRequestLink } from "../view/links.ts";
import { type CaseView, trunkOfCase } from "./case-view.ts";

const MOST = 10;

/** What ends it: a fix, a revert, or somebody who may lift it. */
export function waysPanel(view: CaseView): Html {
  const { policy, look, shown } = view;
  const isHalting = look.state === "expired" || look.state === "lifted";
  const whom = policy === null ? null : whoMayOverride(policy.override);
  const body = html`<ol class="hp-rows hp-ways">
    <li>
      <h3>${octicon("tools")} ${wording.fixTitle()}</h3>
      <p>${wording.fixWhat(trunkOfCase(view))}</p>
    </li>
    <li>
      <h3>${octicon("undo")} ${wording.revertTitle()}</h3>
      ${shown.range === null ? html`<p>${wording.revertUnknown()}</p>` : takeBack(view, shown.range)}
    </li>
    ${
      whom === null
        ? NOTHING
        : html`<li>
            <h3>${octicon("unlock")} ${wording.overrideTitle()}</h3>
            <p>${wording.overrideWhat(visibleText(whom, 200), isHalting)}</p>
          </li>`
    }
  </ol>`;
  return panel({ id: "ways", title: wording.waysTitle(), body });
}

function takeBack({ githubUrl, repository }: CaseView, { pullRequests, commits, after }: RedRange): Html {
  const direct = commits.filter(({ pullRequest }) => pullRequest === null).slice(0, MOST);
  if (after === null && pullRequests.length === 0) return html`<p>${wording.revertUnknown()}</p>`;
  const links = pullRequests
    .slice(0, MOST)
    .map(
      ({ number }, index) =>
        html`${index === 0 ? NOTHING : ", "}${pullRequestLink(githubUrl, repository.facts, number)}`,
    );
  return html`${links.length === 0 ? NOTHING : html`<p>${wording.revertWhat()} ${links}</p>`}
  ${
    direct.length === 0
      ? NOTHING
      : html`<p>${wording.revertCommits()}</p>
          <pre class="hp-code" tabindex="0">
${direct.map(({ sha, isMerge }) => `git revert ${isMerge ? "-m 1 " : ""}${sha}`).join("\n")}</pre>`
  }`;
}
