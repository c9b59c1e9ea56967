import { whyPath } from "../../domain/cockpit-paths.ts";
import type { GateAnswer, GateFacts } from "../../domain/gate/gate.ts";
import { whyTree } from "../../domain/gate/why-tree.ts";
import * as wording from "../../domain/wording/cockpit/why.ts";
import { gateSign } from "../view/gate-sign.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink } from "../view/links.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import type { FindingLinks } from "./rule-branch.ts";
import { whyTreeView } from "./why-tree-view.ts";

/** The gate's answer for one commit: the sign and what it comes to, then what it is made of. */
export function whyAnswer(
  facts: GateFacts,
  answer: GateAnswer,
  { links, publicUrl }: { readonly links: FindingLinks; readonly publicUrl: string },
): Html {
  const { environment, sha, intent, repository, at } = facts;
  const tree = whyTree(facts, answer);
  const rollback = intent === "rollback";
  const other = whyPath(repository, { environment, sha, intent: rollback ? "deploy" : "rollback" });
  const here = whyPath(repository, { environment, sha, intent });
  const observed = answer.decision !== answer.wouldBe;
  return html`<section class="hp-gate-panel hp-gate-panel-${answer.decision}" aria-labelledby="why-headline">
      <div class="hp-gate-head">
        ${gateSign(answer.decision, "large")}
        <div>
          <h1 class="hp-gate-title" id="why-headline">
            ${wording.whyHeadline(answer, { sha, environment, rollback })}
          </h1>
          <p class="hp-gate-line">
            ${observed ? html`${wording.wouldBeSo(answer.wouldBe)} ` : NOTHING}
            ${commitLink(links.githubUrl, links.repository, sha)} ·
            ${
              tree.readAt === null
                ? wording.factsNotRead()
                : html`${wording.factsReadBefore()} ${moment(tree.readAt, at)}`
            }
          </p>
          <p class="hp-gate-line">${wording.nothingWasDone()}</p>
          <p class="hp-why-links">
            <a href="${publicUrl}${here}">${wording.linkToThis()}</a>
            <a href="${other}">${rollback ? wording.askAsDeploy() : wording.askAsRollback()}</a>
          </p>
        </div>
      </div>
    </section>
    ${panel({ title: wording.answeredFor(), id: "why-tree", body: whyTreeView(tree, facts, links) })}`;
}
