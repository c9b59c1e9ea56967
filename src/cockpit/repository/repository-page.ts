import { commitsBySha } from "../../domain/contents/content-rows.ts";
import * as contentsWording from "../../domain/wording/cockpit/contents.ts";
import { justNowTitle, timesAreUtc } from "../../domain/wording/cockpit/history.ts";
import { checksPanel } from "../case/checks-panel.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { panel } from "../view/panel.ts";
import { lostCommits } from "./aside-lists.ts";
import { contentsPanel } from "./contents-panel.ts";
import { environmentTabs } from "./environment-tabs.ts";
import { gatePanel } from "./gate-panel.ts";
import { headChecks } from "./head-checks.ts";
import { pageNotices } from "./page-notices.ts";
import type { RepositoryView } from "./repository-view.ts";

/** May it go out, what would go out, and what stands in the way: the page of one environment. */
export function repositoryPage(view: RepositoryView, justNow: Html): Html {
  const { repository, tracks, gates, githubUrl, now } = view;
  return html`<div class="hp-repository">
    ${pageNotices(view)} ${environmentTabs(view)} ${gatePanel(view)}
    <div class="hp-columns">
      <div class="hp-column-wide">${lostPanel(view)} ${contentsPanel(view)}</div>
      <div class="hp-column-side">
        ${checksPanel({
          repository,
          defers: ((gates.policy.heldTo ?? gates.policy.policy)?.deferred.checks.length ?? 0) > 0,
          tracks,
          cases: gates.stored.cases,
          overrides: gates.stored.overrides,
          githubUrl,
          now,
        })}
        ${headChecks(view)}
        ${panel({ id: "just-now", title: justNowTitle(), aside: timesAreUtc(), body: justNow })}
      </div>
    </div>
  </div>`;
}

function lostPanel(view: RepositoryView): Html {
  const { contents, gate } = view;
  if (contents === null || contents.lost.length === 0) return NOTHING;
  const count = Math.max(contents.behindBy, contents.lost.length);
  return panel({
    id: "lost",
    title: contentsWording.lostTitle(count, gate.environment),
    body: lostCommits(view, contents, commitsBySha(contents)),
  });
}
