import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as wording from "../../domain/wording/cockpit/session.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { octicon, type OcticonName } from "../view/octicon.ts";
import { renderPage } from "../view/page.ts";
import { signInAddress } from "./answer-stranger.ts";
import { callbackAddress } from "./begin-sign-in.ts";
import { refuse } from "./refuse.ts";

/** What happens at sign-in, and one way on. */
export async function signInPage(
  context: Context,
  { returnTo, signedOut }: { readonly returnTo: string; readonly signedOut: boolean },
): Promise<Response> {
  const title = signedOut ? wording.signedOut() : wording.signInTitle();
  return await renderPage(context, {
    title,
    place: { kind: "nowhere" },
    person: null,
    body: html`<div class="hp-session hp-sign-in">
      <h1>${title}</h1>
      <p class="hp-lead">${signedOut ? wording.signedOutWhy() : wording.signInWhy()}</p>
      <p>
        <a
          class="btn btn-primary btn-large"
          href="/-/sign-in/github?return_to=${encodeURIComponent(returnTo)}"
          >${octicon("mark-github")} ${wording.signInWithGitHub()}</a
        >
      </p>
      ${returnTo === "/" ? NOTHING : html`<p class="hp-hint">${wording.signInReturns(returnTo)}</p>`}
      ${signedOut ? NOTHING : pointsOf()}
    </div>`,
  });
}

function pointsOf(): Html {
  return html`<ul class="hp-points">
    ${wording.signInPoints().map(
      ({ title, text }) =>
        html`<li>
          ${octicon("check")}<span><strong>${title}</strong> ${text}</span>
        </li>`,
    )}
  </ul>`;
}

/** Over plain http from elsewhere a cookie could be read on the way. */
export async function notSecurePage(context: Context): Promise<Response> {
  return await refuse(context, null, 503, wording.signInNotSetUp(), wording.signInNeedsHttps());
}

/** Three settings are missing: which, and what each is. */
export async function notSetUpPage(context: Context, publicUrl: string): Promise<Response> {
  return await renderPage(context, {
    title: wording.signInNotSetUp(),
    place: { kind: "nowhere" },
    person: null,
    status: 503,
    body: html`<div class="hp-session">
      <h1>${wording.signInNotSetUp()}</h1>
      <p class="hp-lead">${wording.signInNotSetUpWhy()}</p>
      <dl class="hp-settings">
        ${wording.signInSettings().map(
          ({ name, meaning }) =>
            html`<div>
              <dt><code>${name}</code></dt>
              <dd>${meaning}</dd>
            </div>`,
        )}
      </dl>
      <p class="hp-hint">${wording.signInCallback(callbackAddress(publicUrl))}</p>
    </div>`,
  });
}

export interface Ending {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly why: string;
  readonly icon: OcticonName;
  /** Where the person wanted to go. */
  readonly returnTo: string;
}

/** A sign-in that came to nothing, and the way back. */
export async function endingPage(
  context: Context,
  { status, title, why, icon, returnTo }: Ending,
): Promise<Response> {
  const action = linkButton(wording.signInAgain(), signInAddress(returnTo), { primary: true });
  return await renderPage(context, {
    title,
    place: { kind: "nowhere" },
    person: null,
    status,
    body: blank({ level: 1, icon, title, body: html`<p>${why}</p>`, action }),
  });
}

/** In a tab of its own: the one that it was opened from goes on. */
export async function signedInElsewherePage(context: Context): Promise<Response> {
  return await renderPage(context, {
    title: wording.signedInElsewhere(),
    place: { kind: "nowhere" },
    person: null,
    body: blank({
      level: 1,
      icon: "check-circle",
      title: wording.signedInElsewhere(),
      body: html`<p>${wording.signedInElsewhereWhy()}</p>`,
    }),
  });
}
