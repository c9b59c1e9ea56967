import * as wording from "../../domain/wording/cockpit/operations.ts";
import { type Html, html } from "../view/html.ts";
import { notice } from "../view/notice.ts";
import type { Operations } from "./read-operations.ts";

type Trouble = Parameters<typeof wording.troubleName>[0];

/** Where on the page each is told of. */
const PLACES: Readonly<Record<Trouble, string>> = {
  permissions: "permissions",
  refused: "effects",
  waiting: "effects",
  parked: "parked",
  deliveries: "deliveries",
  policies: "repositories",
  stale: "repositories",
  paused: "limits",
};

/** The page in one sentence: that all is well, or what is not, each with the way there. */
export function troublesNotice(operations: Operations): Html {
  const troubles = findTroubles(operations);
  if (troubles.length === 0) {
    return notice({ tone: "success", title: wording.allWell(), body: wording.allWellWhy() });
  }
  const total = troubles.reduce((sum, [, count]) => sum + count, 0);
  const links = troubles.map(
    ([kind, count]) => html`<li><a href="#${PLACES[kind]}">${wording.troubleName(kind, count)}</a></li>`,
  );
  return notice({
    tone: "attention",
    title: wording.needsSomebody(total),
    body: html`<ul class="hp-op-troubles">
      ${links}
    </ul>`,
  });
}

function findTroubles(operations: Operations): readonly (readonly [Trouble, number])[] {
  const { repositories, installations, effects, parked, deliveries } = operations;
  const seen = [...repositories.values()];
  const found: readonly (readonly [Trouble, number])[] = [
    ["permissions", installations.filter(({ missing }) => missing !== null).length],
    ["paused", installations.filter(({ pausedUntil }) => pausedUntil !== null).length],
    ["refused", effects.filter(({ state }) => state === "refused").length],
    ["waiting", effects.filter(({ state }) => state === "waiting").length],
    ["parked", parked.length],
    ["deliveries", deliveries.troubled.length],
    ["policies", seen.filter(({ policy }) => policy !== null && policy.problems.length > 0).length],
    ["stale", seen.filter(({ late }) => late).length],
  ];
  return found.filter(([, count]) => count > 0);
}
