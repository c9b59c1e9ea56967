import type { CaseLook } from "../../domain/compliance/case-look.ts";
import { caseWord } from "../../domain/wording/cockpit/case.ts";
import { gateSign } from "../view/gate-sign.ts";
import { type Html, html } from "../view/html.ts";
import { octicon, type OcticonName } from "../view/octicon.ts";

/** The sign of a whole page: what halts is an octagon, a clock that runs a clock, what is over a circle with a tick. */
export function largeCaseSign(state: CaseLook["state"]): Html {
  switch (state) {
    case "expired":
      return gateSign("held", "large");
    case "unverified":
      return gateSign("unknown", "large");
    case "ended":
      return gateSign("open", "large");
    case "lifted":
    case "running":
    case "untold":
      return html`<svg
        class="hp-sign hp-sign-large hp-sign-unknown"
        viewBox="0 0 64 64"
        width="64"
        height="64"
        role="img"
        aria-label="${caseWord(state)}"
      >
        <circle class="hp-sign-ground" cx="32" cy="32" r="29" />
        <path class="hp-sign-line" d="M32 15v18l11 9" />
      </svg>`;
  }
}

const ICONS: Readonly<Record<CaseLook["state"], OcticonName>> = {
  expired: "stop",
  unverified: "question",
  lifted: "unlock",
  running: "clock",
  untold: "clock",
  ended: "check-circle-fill",
};
const TONES: Readonly<Record<CaseLook["state"], string>> = {
  expired: "danger",
  unverified: "attention",
  lifted: "attention",
  running: "attention",
  untold: "attention",
  ended: "success",
};

/** Before the name of a check: shape and colour; the words stand beside it. */
export function smallCaseSign(state: CaseLook["state"]): Html {
  return html`<span class="hp-mark hp-${toneOfCase(state)}">${octicon(ICONS[state])}</span>`;
}

export function toneOfCase(state: CaseLook["state"]): string {
  return TONES[state];
}
