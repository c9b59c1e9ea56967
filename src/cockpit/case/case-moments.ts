import type { CaseLook } from "../../domain/compliance/case-look.ts";
import * as wording from "../../domain/wording/cockpit/case.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { clockTime, moment } from "../view/moment.ts";

/** What the clock says in a few words: `Halts deploys in 1 d 7 h`, `Halting deploys since 14:02 UTC`. */
export function clockLine(look: CaseLook, now: Date): Html {
  switch (look.state) {
    case "expired":
      return html`${wording.haltingSince()} ${clockTime(look.since, now)}`;
    case "unverified":
      return html`${wording.dueSince()} ${moment(look.since, now)}`;
    case "lifted":
      return html`${wording.liftedUntil()} ${moment(look.until, now)}`;
    case "running":
      return html`${look.waits ? wording.waitsUntil() : wording.haltsAt()} ${moment(look.deadline, now)}`;
    case "untold":
      return html`${wording.caseWord("untold")}`;
    case "ended":
      return NOTHING;
  }
}
