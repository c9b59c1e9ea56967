import { casePath } from "../../domain/cockpit-paths.ts";
import type { ComplianceCase } from "../../domain/compliance/case.ts";
import { type CaseLook, lookOfCase } from "../../domain/compliance/case-look.ts";
import { newestProof, shownGreen } from "../../domain/compliance/read-shown-track.ts";
import type { ShownTrack } from "../../domain/compliance/shown-track.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import type { Override } from "../../domain/gate/override.ts";
import * as wording from "../../domain/wording/cockpit/cases.ts";
import { lasting } from "../../domain/wording/cockpit/moments.ts";
import type { VisibleRepository } from "../person.ts";
import { blank } from "../view/empty.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { mark, type MarkName } from "../view/mark.ts";
import { panel } from "../view/panel.ts";
import { clockLine } from "./case-moments.ts";
import { smallCaseSign, toneOfCase } from "./case-sign.ts";
import { clockBar } from "./clock-bar.ts";
import { trackPicture } from "./track-picture.ts";

/** What stands on one repository's deferred checks: see `store/check-track.ts`. */
export interface ChecksPanelGiven {
  readonly repository: VisibleRepository;
  readonly tracks: readonly ShownTrack[];
  /** The policy defers checks: where none was heard of, that is said. */
  readonly defers: boolean;
  /** Those that have not ended. */
  readonly cases: readonly ComplianceCase[];
  /** In force. */
  readonly overrides: readonly Override[];
  readonly githubUrl: string;
  readonly now: Date;
}

const NAME_LENGTH = 80;
/** What fits beside each other in the narrow column. */
const RUNS = 15;

interface CheckRow {
  readonly name: string;
  readonly track: ShownTrack | null;
  readonly open: { readonly case: ComplianceCase; readonly look: CaseLook } | null;
}

/** The panel "Deferred checks": each with its clock and its newest runs, what halts first. Nothing where there are none. */
export function checksPanel(given: ChecksPanelGiven): Html {
  const rows = rowsOf(given);
  if (rows.length === 0) {
    if (!given.defers) return NOTHING;
    const empty = blank({ title: wording.checksEmpty(), body: wording.checksEmptyWhy() });
    return panel({ id: "deferred-checks", title: wording.checksTitle(), body: empty });
  }
  const body = html`<ul class="hp-rows">
    ${rows.map((row) => checkRow(given, row))}
  </ul>`;
  const aside = wording.checksCount(rows.length);
  return panel({ id: "deferred-checks", title: wording.checksTitle(), aside, body });
}

function rowsOf({ tracks, cases, overrides, now }: ChecksPanelGiven): readonly CheckRow[] {
  const rows = new Map<string, CheckRow>();
  for (const track of tracks) rows.set(track.key, { name: track.name, track, open: null });
  for (const one of cases) {
    const track = rows.get(one.checkKey)?.track ?? null;
    const open = { case: one, look: lookOfCase(one, overrides, now) };
    rows.set(one.checkKey, { name: one.name, track, open });
  }
  return [...rows.values()].toSorted(
    (one, other) => rankOf(one) - rankOf(other) || one.name.localeCompare(other.name),
  );
}

const RANKS: readonly CaseLook["state"][] = ["expired", "unverified", "lifted", "running", "untold"];

function rankOf({ open, track }: CheckRow): number {
  if (open !== null) return RANKS.indexOf(open.look.state);
  const newest = track === null ? null : newestProof(track.commits);
  return RANKS.length + (newest?.result === "red" ? 0 : newest === null ? 2 : 1);
}

function checkRow({ repository, now }: ChecksPanelGiven, { name, track, open }: CheckRow): Html {
  const shown = visibleText(name, NAME_LENGTH);
  const runs = track === null ? NOTHING : trackPicture(track.commits, RUNS);
  if (open !== null) {
    const { look } = open;
    return html`<li class="hp-check-row" data-row>
      <p class="hp-check-name hp-${toneOfCase(look.state)}">
        ${smallCaseSign(look.state)}
        <a href="${casePath(repository.facts, open.case.id)}">${shown}</a>
      </p>
      <p class="hp-small hp-muted">${clockLine(look, now)}</p>
      ${clockBar(open.case, look, now)} ${runs}
    </li>`;
  }
  const { tone, sign, text } = quietState(track, now);
  return html`<li class="hp-check-row" data-row>
    <p class="hp-check-name">${mark(sign)} <span class="${tone}">${shown}</span></p>
    <p class="hp-small hp-muted">${text}</p>
    ${runs}
  </li>`;
}

function quietState(
  track: ShownTrack | null,
  now: Date,
): { readonly tone: string; readonly sign: MarkName; readonly text: string } {
  const commits = track?.commits ?? [];
  const newest = newestProof(commits);
  if (newest === null) return { tone: "", sign: "unknown", text: wording.silentNow(commits.length) };
  if (newest.result === "red") return { tone: "hp-danger", sign: "fail", text: wording.redWithoutCase() };
  const { since, isWhole } = shownGreen(commits);
  const span = since === null ? "" : lasting(now.getTime() - since.getTime());
  return { tone: "", sign: "pass", text: wording.greenFor(span, !isWhole) };
}
