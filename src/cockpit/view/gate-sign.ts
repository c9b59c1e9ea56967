import type { Answer } from "../../domain/decision.ts";
import { gateWord } from "../../domain/wording/cockpit/signs.ts";
import { type Html, html } from "./html.ts";

/**
 * The one sign of a gate: an octagon with a bar is held, a diamond with a question mark is unknown, a circle with a tick is open.
 * Colour, shape and word each tell it alone. Small: the word stands beside it. Large: a heading does, which names the state.
 */
export function gateSign(answer: Answer, size: "small" | "large"): Html {
  const pixels = size === "small" ? 20 : 64;
  const word = gateWord(answer);
  if (size === "large") {
    return html`<svg
      class="hp-sign hp-sign-large hp-sign-${answer}"
      viewBox="0 0 64 64"
      width="${pixels}"
      height="${pixels}"
      role="img"
      aria-label="${word}"
    >
      ${SHAPES[answer]}
    </svg>`;
  }
  return html`<span class="hp-gate-sign hp-gate-${answer}"
    ><svg
      class="hp-sign hp-sign-${answer}"
      viewBox="0 0 64 64"
      width="${pixels}"
      height="${pixels}"
      aria-hidden="true"
    >
      ${SHAPES[answer]}</svg
    ><span class="hp-gate-word">${word}</span></span
  >`;
}

/** The shape alone, beside the word in a list of choices. */
export function gateMark(answer: Answer): Html {
  return html`<svg
    class="hp-sign hp-sign-${answer}"
    viewBox="0 0 64 64"
    width="16"
    height="16"
    aria-hidden="true"
  >
    ${SHAPES[answer]}
  </svg>`;
}

const SHAPES: Readonly<Record<Answer, Html>> = {
  held: html`<path class="hp-sign-ground" d="M20 3h24l17 17v24L44 61H20L3 44V20z" /><rect
      class="hp-sign-figure"
      x="15"
      y="27"
      width="34"
      height="10"
      rx="2"
    />`,
  unknown: html`<path
      class="hp-sign-ground"
      d="M29.2 2.8a4 4 0 0 1 5.6 0l26.4 26.4a4 4 0 0 1 0 5.6L34.8 61.2a4 4 0 0 1-5.6 0L2.8 34.8a4 4 0 0 1 0-5.6z"
    /><path
      class="hp-sign-line"
      d="M24.5 25.5c0-4.6 3.4-7.5 7.6-7.5s7.6 2.8 7.6 7c0 5.7-7.4 6.2-7.4 12"
    /><circle class="hp-sign-figure" cx="32.2" cy="45" r="3.1" />`,
  open: html`<circle class="hp-sign-ground" cx="32" cy="32" r="29" /><path
      class="hp-sign-line"
      d="M18.5 33l9.5 9.5 18-19.5"
    />`,
};
