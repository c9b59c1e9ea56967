import { visibleText } from "../../domain/escape/visible-text.ts";
import type { GateFacts, Reason } from "../../domain/gate/gate.ts";
import type { WhyTree } from "../../domain/gate/why-tree.ts";
import { sentenceStart } from "../../domain/wording/cockpit/reason-step.ts";
import * as wording from "../../domain/wording/cockpit/why.ts";
import { codeInText } from "../view/code-in-text.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { outsideUrl } from "../view/links.ts";
import { mark, type MarkName } from "../view/mark.ts";
import { clockTime } from "../view/moment.ts";
import { type FindingLinks, ruleBranch } from "./rule-branch.ts";

const MESSAGE_LIMIT = 2_000;

/** The answer as nested lists: what stands in the way is open, the rest opens by hand. */
export function whyTreeView(
  tree: WhyTree,
  facts: Pick<GateFacts, "policy" | "heldTo" | "environment" | "at">,
  links: FindingLinks,
): Html {
  const { ground, holds, lifted, place, verdict } = tree;
  const { policy, heldTo, environment, at } = facts;
  const reasons = (given: readonly Reason[]): readonly Html[] =>
    given.map((one) => reasonItem(one, at, links.githubUrl));
  return html`<ul class="hp-tree hp-tree-top">
    ${
      ground.length === 0
        ? NOTHING
        : branch({ mark: "unknown", title: wording.groundBranch(), items: reasons(ground) })
    }
    ${
      policy === null
        ? NOTHING
        : branch({
            mark: policy.mode === "observe" ? "warning" : "pass",
            title: wording.policyBranch(policy.mode, policy.onUnknown),

            items:
              heldTo === null ? [] : [html`<li class="hp-tree-leaf">${wording.looserPolicyWaits()}</li>`],
          })
    }
    ${
      place === null
        ? NOTHING
        : branch({
            mark: place.reason === null ? "pass" : "fail",
            title: wording.placeBranch(place.place, place.wasLive, environment),

            items: [
              ...(place.reason === null ? [] : reasons([place.reason])),
              ...(place.wasLive && place.place !== "elsewhere"
                ? [html`<li class="hp-tree-leaf">${wording.wasLiveToo(environment)}</li>`]
                : []),
            ],
          })
    }
    ${branch({
      mark: markOfHolds(holds),
      title: wording.holdsBranch(holds.length),

      items: reasons(holds),
    })}
    ${
      lifted.length === 0
        ? NOTHING
        : branch({
            mark: "warning",
            title: wording.liftedBranch(lifted.length),

            items: reasons(lifted),
          })
    }
    ${
      verdict === null
        ? place === null || ground.length > 0
          ? NOTHING
          : branch({ mark: "pass", title: wording.noVerdict(), items: [] })
        : branch({
            mark: verdict.outcome,
            title: wording.verdictBranch(verdict.outcome),

            items: [
              ...(verdict.letThrough
                ? [html`<li class="hp-tree-leaf">${wording.verdictLetThrough()}</li>`]
                : []),
              ...verdict.rules.map((rule) => html`<li>${ruleBranch(rule, links)}</li>`),
            ],
          })
    }
  </ul>`;
}

function markOfHolds(holds: readonly Reason[]): MarkName {
  if (holds.length === 0) return "pass";
  return holds.some(({ kind }) => kind !== "unverified") ? "fail" : "unknown";
}

function branch({
  mark: name,
  title,
  items,
}: {
  readonly mark: MarkName;
  readonly title: string;
  readonly items: readonly Html[];
}): Html {
  const head = html`${mark(name)} <span class="hp-tree-title">${title}</span>`;
  if (items.length === 0) return html`<li><div class="hp-tree-head">${head}</div></li>`;
  return html`<li>
    <details open>
      <summary>${head}</summary>
      <ul class="hp-tree">
        ${items}
      </ul>
    </details>
  </li>`;
}

function reasonItem(
  { kind, code, message, since, until, who, url }: Reason,
  now: Date,
  githubUrl: string,
): Html {
  const href = url !== null && url.startsWith(`${githubUrl}/`) ? outsideUrl(url) : null;
  const times = [
    ...(since === null ? [] : [html`${wording.since()} ${clockTime(since, now)}`]),
    ...(until === null ? [] : [html`${wording.until()} ${clockTime(until, now)}`]),
    ...(href === null ? [] : [html`<a href="${href}">${wording.lookAtReason()}</a>`]),
  ];
  const beginsWithLogin = kind === "halt" || code === "rollback";
  return html`<li class="hp-tree-leaf">
    <p>${visibleText(kind === "halt" ? sentenceStart(message) : message, MESSAGE_LIMIT)}</p>
    ${
      times.length === 0
        ? NOTHING
        : html`<p class="hp-tree-aside">
            ${times.map((one, index) => html`${index > 0 ? " · " : ""}${one}`)}
          </p>`
    }
    <p class="hp-tree-aside">
      ${codeInText(visibleText(beginsWithLogin ? who : sentenceStart(who), MESSAGE_LIMIT))}
    </p>
  </li>`;
}
