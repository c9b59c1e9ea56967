import { repositoryPath } from "../../domain/cockpit-paths.ts";
import { HISTORY_KINDS } from "../../domain/history/happening.ts";
import { RECORDS } from "../../domain/history/record-names.ts";
import * as wording from "../../domain/wording/cockpit/history.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { VisibleRepository } from "../person.ts";
import { blank } from "../view/empty.ts";
import { type Html, html } from "../view/html.ts";
import { shortTime } from "../view/moment.ts";
import { happeningRow } from "./happening-row.ts";
import { NO_FILTER, readHistory } from "./read-history.ts";

const SHOWN = 8;
/** A verdict that changes anything changes the gate, which says the same. */
const TOLD = HISTORY_KINDS.filter((kind) => kind !== "pull-request")
  .flatMap((kind) => RECORDS[kind])
  .filter((what) => what !== "verdict");

/** What happened last in the repository, newest first: what a panel beside something else holds. */
export async function justNow(
  {
    database,
    clock,
    githubUrl,
    hour,
  }: Pick<CockpitDependencies, "database" | "clock" | "githubUrl" | "hour">,
  visible: VisibleRepository,
): Promise<Html> {
  const { facts: repository } = visible;
  const page = { before: null, size: SHOWN };
  const { happenings } = await readHistory({ database }, visible, NO_FILTER, page, TOLD);
  if (happenings.length === 0) return blank({ title: wording.nothingYet(), body: wording.nothingYetWhy() });
  const now = clock.now();
  return html`<ol class="hp-happenings hp-happenings-small">
      ${happenings.map((one) => happeningRow(one, shortTime(one.at, now), { githubUrl, repository, hour }))}
    </ol>
    <p class="hp-happenings-more">
      <a href="${repositoryPath(repository)}/history">${wording.allHistory()}</a>
    </p>`;
}
