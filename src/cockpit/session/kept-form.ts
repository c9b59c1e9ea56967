import type { Context } from "hono";
import * as wording from "../../domain/wording/cockpit/session.ts";
import type { Person } from "../person.ts";
import { form as formOf, hidden, submitButton, textArea } from "../view/form.ts";
import { type Html, html } from "../view/html.ts";
import { notice } from "../view/notice.ts";
import { octicon } from "../view/octicon.ts";
import { renderPage } from "../view/page.ts";
import type { Form } from "./read-form.ts";
import { ownPath } from "./return-to.ts";

/** Why it was not taken. */
export type NotTaken =
  | { readonly kind: "signed-out" }
  /** The page was opened in another session of this browser. */
  | { readonly kind: "other-session"; readonly person: Person }
  | { readonly kind: "github-away"; readonly person: Person };

const STATUS = { "signed-out": 401, "other-session": 409, "github-away": 503 } as const;

/**
 * A form that could not be taken now: nothing is done, nothing that was typed is lost. It stands in the answer, to be copied or to
 * be sent again; as whom, they see before.
 */
export async function keptForm(context: Context, why: NotTaken, form: Form): Promise<Response> {
  const person = why.kind === "signed-out" ? null : why.person;
  const fields = [...form].filter(([name]) => name !== "token");
  const typed = fields.filter(([name, value]) => isTyped(name, value));
  const rest = fields.filter(([name, value]) => !isTyped(name, value));
  const body = html`${typed.map(([name, value], index) =>
    textArea({
      name,
      id: `kept-${index}`,
      label: wording.keptField(name),
      value,
      rows: Math.min(12, value.split("\n").length + 2),
    }),
  )}
  ${rest.map(([name, value]) => hidden(name, value))}
  ${submitButton(wording.sendAgain(person?.login ?? null), { tone: "primary" })}`;
  const { pathname, search } = new URL(context.req.url);
  const action = ownPath(`${pathname}${search}`);
  // A page that changes in place shows it there: it would leave an answer with an error's status alone.
  const inPlace = context.req.header("hx-request") !== undefined;
  if (inPlace) {
    context.header("hx-retarget", "#main");
    context.header("hx-reselect", "#main");
    context.header("hx-reswap", "outerHTML");
  }
  return await renderPage(context, {
    title: wording.keptTitle(),
    place: { kind: "nowhere" },
    person,
    status: inPlace ? 200 : STATUS[why.kind],
    body: html`<div class="hp-session">
      <h1>${wording.keptTitle()}</h1>
      ${noticeOf(why)} ${person === null ? plainForm(action, body) : formOf({ action, person, body })}
    </div>`,
  });
}

function noticeOf(why: NotTaken): Html {
  switch (why.kind) {
    case "signed-out":
      return notice({ tone: "attention", title: wording.signedOutMeanwhile(), body: stepsOf() });
    case "other-session":
      return notice({
        tone: "attention",
        title: wording.otherSession(why.person.login),
        body: wording.otherSessionWhy(),
      });
    case "github-away":
      return notice({
        tone: "attention",
        title: wording.notSentGitHubAway(),
        body: wording.notSentGitHubAwayWhy(),
      });
  }
}

/** There is no session whose token it could carry; the next one asks once more before it is sent. */
function plainForm(action: string, body: Html): Html {
  return html`<form class="hp-form" method="post" action="${action}">${body}</form>`;
}

function stepsOf(): Html {
  return html`<ol class="hp-steps">
    <li>
      <a href="/-/sign-in?return_to=/-/signed-in" target="_blank" rel="noopener"
        >${wording.signInElsewhere()} ${octicon("link-external", { label: wording.opensNewTab() })}</a
      >
    </li>
    <li>${wording.thenSendAgain()}</li>
  </ol>`;
}

/** What the page had put into its forms itself, whatever it says. */
const OF_THE_PAGE = /^(?:seen(?:\.|$)|name$|to$|codes$|check$)/;

/** What people write has spaces; names, shas and keys, which the page had put there, have none. */
function isTyped(name: string, value: string): boolean {
  if (OF_THE_PAGE.test(name)) return false;
  return (name.startsWith("wanted.") && value !== "") || /\s/.test(value) || value.length > 80;
}
