import type { Outcome } from "../../domain/model.ts";
import { markWord } from "../../domain/wording/cockpit/signs.ts";
import { type Html, html } from "./html.ts";
import { octicon, type OcticonName } from "./octicon.ts";

export type MarkName = Outcome | "warning" | "running" | "reverted";

const ICONS: Readonly<Record<MarkName, OcticonName>> = {
  pass: "check-circle-fill",
  fail: "x-circle-fill",
  unknown: "question",
  warning: "alert",
  running: "sync",
  reverted: "undo",
};

/** What became of one thing, before its row: shape and colour, and a word for those who see neither. */
export function mark(name: MarkName): Html {
  return html`<span class="hp-mark hp-mark-${name}"
    >${octicon(ICONS[name], { label: markWord(name) })}</span
  >`;
}
