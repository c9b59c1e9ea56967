import type { TrackCommit } from "../../domain/compliance/shown-track.ts";
import * as wording from "../../domain/wording/cockpit/track.ts";
import { type Html, html } from "../view/html.ts";

/** One commit takes so much room, in the picture's own units. */
const CELL = 18;
const SHAPE = 14;

/** What a check said on some commits, oldest first, as one picture that no pointer is needed for. */
export function trackPicture(newestFirst: readonly TrackCommit[], most: number): Html {
  const commits = newestFirst.slice(0, most).toReversed();
  const width = Math.max(CELL, commits.length * CELL);
  return html`<svg
    class="hp-track"
    viewBox="0 0 ${width} ${CELL}"
    width="${width}"
    height="${CELL}"
    role="img"
    aria-label="${wording.trackSummary(commits.length, stretchesOf(commits))}"
  >
    ${commits.map((one, index) => shapeAt(one.result, index * CELL + 2, 2))}
  </svg>`;
}

/** One commit by itself. */
export function commitShape(result: TrackCommit["result"]): Html {
  return html`<svg
    class="hp-track"
    viewBox="0 0 ${CELL} ${CELL}"
    width="${CELL}"
    height="${CELL}"
    aria-hidden="true"
  >
    ${shapeAt(result, 2, 2)}
  </svg>`;
}

/** Colour and shape each tell it alone: a square is green, a circle red, half a circle runs, a small square has no result. */
function shapeAt(result: TrackCommit["result"], x: number, y: number): Html {
  const half = SHAPE / 2;
  switch (result) {
    case "green":
      return html`<rect class="hp-run-green" x="${x}" y="${y}" width="${SHAPE}" height="${SHAPE}" rx="3" />`;
    case "red":
      return html`<circle class="hp-run-red" cx="${x + half}" cy="${y + half}" r="${half}" />`;
    case "running":
      return html`<circle
          class="hp-run-ring"
          cx="${x + half}"
          cy="${y + half}"
          r="${half - 1}"
          stroke-width="2"
        /><path
          class="hp-run-running"
          d="M${x + half} ${y + 1}a${half - 1} ${half - 1} 0 0 0 0 ${SHAPE - 2}z"
        />`;
    case "none":
      return html`<rect class="hp-run-none" x="${x + 4}" y="${y + 4}" width="6" height="6" rx="1" />`;
  }
}

/** Neighbours that say the same, together. */
export function stretchesOf(
  commits: readonly Pick<TrackCommit, "result">[],
): readonly { readonly result: TrackCommit["result"]; readonly count: number }[] {
  const stretches: { result: TrackCommit["result"]; count: number }[] = [];
  for (const { result } of commits) {
    const last = stretches.at(-1);
    if (last?.result === result) last.count += 1;
    else stretches.push({ result, count: 1 });
  }
  return stretches;
}
