import { caseStops } from "../../domain/gate/case-stops.ts";
import type { GateFacts, Reason } from "../../domain/gate/gate.ts";
import { halted } from "../../domain/wording/gate.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { quoted } from "../../domain/wording/counted.ts";
import * as contentsWording from "../../domain/wording/cockpit/contents.ts";
import * as held from "../../domain/wording/cockpit/held-by.ts";
import { reasonStep, sentenceStart } from "../../domain/wording/cockpit/reason-step.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { codeInText } from "../view/code-in-text.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, personLink } from "../view/links.ts";
import { clockTime, moment } from "../view/moment.ts";
import type { RepositoryView } from "./repository-view.ts";

type Case = GateFacts["cases"][number];
const COMMITS_NAMED = 3;

/** A reason as the page says it: what it is, and below, since when and who can do what about it. */
export interface ReasonWords {
  readonly what: Html;
  readonly who: Html;
}

/** The case that a reason is about; null: it is about something else. */
export function caseOf({ gate }: RepositoryView, reason: Reason): Case | null {
  if (reason.kind !== "case" && reason.code !== "expiry-unverified") return null;
  const stop = caseStops(gate.facts).find(
    (one) => one.reason.message === reason.message && one.reason.url === reason.url,
  );
  const id = stop?.from.kind === "case" ? stop.from.id : null;
  return gate.facts.cases.find((one) => one.id === id) ?? null;
}

export function reasonWords(view: RepositoryView, reason: Reason): ReasonWords {
  const { policy, heldTo } = view.gates.policy;
  const override = (heldTo ?? policy)?.override ?? null;
  const about = caseOf(view, reason);
  if (about !== null && reason.kind === "case") return caseWords(view, about, override);
  const halt =
    reason.kind === "halt" ? view.gate.facts.halts.find((one) => halted(one) === reason.message) : undefined;
  if (halt !== undefined) {
    const who = held.whoResumes(halt, override);
    return { what: html`${held.haltedBy(halt)}`, who: html`${span(reason, view.now)}${who}` };
  }
  const what = reason.kind === "override" || about !== null ? reason.message : sentenceStart(reason.message);
  return {
    what: html`${codeInText(what)}`,
    who: html`${commitsNamed(view, reason)}${span(reason, view.now)}${codeInText(reasonStep(reason, override))}`,
  };
}

/** `77c0d1e “Tune cache headers” by monalisa`: a sha alone says little. */
function commitsNamed({ contents, githubUrl }: RepositoryView, { code }: Reason): readonly Html[] {
  if (code !== "no-ticket" || contents === null) return [];
  const wanted = new Set(contents.unticketed.slice(0, COMMITS_NAMED));
  return contents.commits
    .filter(({ sha }) => wanted.has(sha))
    .map(
      ({ subject, author }) =>
        html`${quoted(visibleText(subject, 80))} ${contentsWording.by()} ${personLink(githubUrl, author)}. `,
    );
}

function caseWords(
  { now, githubUrl, repository }: RepositoryView,
  { name, firstRed, deadline, verifyUntil, expiredAt }: Case,
  override: Parameters<typeof held.howACaseEnds>[0],
): ReasonWords {
  const due = verifyUntil ?? deadline ?? expiredAt;
  const lasted = now.getTime() - firstRed.at.getTime();
  const past = due === null ? NOTHING : html`${held.pastDeadlineSince()} ${clockTime(due, now)}. `;
  return {
    what: html`<b>${visibleText(name, 100)}</b> <span class="hp-plain">${held.hasBeenRedFor(lasted)}</span>`,
    who: html`${past}${held.firstRed()} ${commitLink(githubUrl, repository.facts, firstRed.sha)}.
    ${held.howACaseEnds(override)}`,
  };
}

function span({ since, until }: Reason, now: Date): Html {
  if (since === null && until === null) return NOTHING;
  const began = since === null ? NOTHING : html`${wording.since()} ${clockTime(since, now)}`;
  const ends =
    until === null ? NOTHING : html`, ${wording.until()} ${clockTime(until, now)} (${moment(until, now)})`;
  return html`${began}${ends}. `;
}
