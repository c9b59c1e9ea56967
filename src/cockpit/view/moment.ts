import {
  clockMoment,
  exactMoment,
  relativeMoment,
  shortMoment,
} from "../../domain/wording/cockpit/moments.ts";
import { type Html, html } from "./html.ts";

/** `in 5 h 12 min`, `3 min ago`: counts on by itself in the browser, by the server's clock, and shows the exact moment on hover. */
export function moment(at: Date, now: Date): Html {
  return html`<time
    class="hp-moment"
    datetime="${at.toISOString()}"
    title="${exactMoment(at)}"
    data-counts="${now.getTime()}"
    >${relativeMoment(at, now)}</time
  >`;
}

/** `14:03 UTC`, `yesterday 16:20 UTC`: stands still. */
export function clockTime(at: Date, now: Date): Html {
  return html`<time class="hp-moment" datetime="${at.toISOString()}" title="${exactMoment(at)}"
    >${clockMoment(at, now)}</time
  >`;
}

/** `14:03` of today, `Thu`, `3 Oct`: for lists that say once that times are UTC's. */
export function shortTime(at: Date, now: Date): Html {
  return html`<time class="hp-moment" datetime="${at.toISOString()}" title="${exactMoment(at)}"
    >${shortMoment(at, now)}</time
  >`;
}
