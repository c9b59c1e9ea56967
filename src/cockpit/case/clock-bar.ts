import type { ComplianceCase } from "../../domain/compliance/case.ts";
import type { CaseLook } from "../../domain/compliance/case-look.ts";
import { clockPart } from "../../domain/wording/cockpit/case.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { toneOfCase } from "./case-sign.ts";

const WIDTH = 1_000;

/** How much of the time until the deadline is gone, as a bar; nothing where no clock runs. */
export function clockBar(
  { openedAt, deadline }: Pick<ComplianceCase, "openedAt" | "deadline">,
  { state }: Pick<CaseLook, "state">,
  now: Date,
): Html {
  if (deadline === null || state === "ended") return NOTHING;
  const gone = partGone(openedAt, deadline, now);
  return html`<svg
    class="hp-clock hp-clock-${toneOfCase(state)}"
    viewBox="0 0 ${WIDTH} 8"
    width="100%"
    height="8"
    preserveAspectRatio="none"
    role="img"
    aria-label="${clockPart(Math.floor(gone * 100))}"
  >
    <rect class="hp-clock-ground" x="0" y="0" width="${WIDTH}" height="8" />
    <rect class="hp-clock-gone" x="0" y="0" width="${Math.round(gone * WIDTH)}" height="8" />
  </svg>`;
}

function partGone(from: Date, to: Date, now: Date): number {
  const whole = to.getTime() - from.getTime();
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, (now.getTime() - from.getTime()) / whole));
}
