import type { RequestState, StoredRequest } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/signs.ts";
import type { Person } from "../person.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { notice } from "./notice.ts";
import type { Tone } from "./pill.ts";

const SHOWN: Readonly<Record<RequestState, { readonly tone: Tone; readonly title: () => string }>> = {
  asked: { tone: "accent", title: wording.requestUnderWay },
  "under-way": { tone: "accent", title: wording.requestUnderWay },
  done: { tone: "success", title: wording.requestDone },
  refused: { tone: "attention", title: wording.requestRefused },
  conflict: { tone: "attention", title: wording.requestConflict },
  failed: { tone: "danger", title: wording.requestFailed },
};

/** What became of what somebody asked for; to them alone. */
export function requestNotice(request: StoredRequest | null, person: Pick<Person, "id">): Html {
  if (request === null || request.by.id !== person.id) return NOTHING;
  const { tone, title } = SHOWN[request.state];
  return notice({
    tone,
    title: title(),
    body: paragraphs(request.answer?.message ?? wording.requestUnderWayWhy()),
  });
}

/** An answer of several sentences has a line for each, as it has on GitHub. */
function paragraphs(message: string): Html {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  return html`${lines.map((line) => html`<p>${line}</p>`)}`;
}
