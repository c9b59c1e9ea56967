import type { ContentCommit, ContentTicket } from "../../domain/contents/deploy-contents.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/contents.ts";
import { ticketForms } from "../mending/ticket-forms.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, ticketLink } from "../view/links.ts";
import { mark } from "../view/mark.ts";
import { clockTime } from "../view/moment.ts";
import { pill } from "../view/pill.ts";
import { commitList, whoseCommits } from "./commit-list.ts";
import { type RepositoryView, showsTicketTexts } from "./repository-view.ts";

const VALUE_LENGTH = 160;
const NAME_LENGTH = 60;

/** One ticket of the deploy: what it is, whose work it is, what is missing, and the way to mend it. */
export function ticketRow(
  view: RepositoryView,
  { ticket, commits }: { readonly ticket: ContentTicket; readonly commits: readonly ContentCommit[] },
): Html {
  const { repository, gate, githubUrl } = view;
  const showsTexts = showsTicketTexts(repository);
  const { key, facts, reverted } = ticket;
  const mayMend = repository.right !== "read";
  const url = facts.state === "known" && showsTexts ? facts.url : null;
  return html`<li class="hp-row ${reverted ? "hp-row-reverted" : ""}" id="ticket-${key}" data-row>
    <span class="hp-row-mark">${markOf(view, ticket)}</span>
    <span class="hp-row-key">${ticketLink(key, url)}</span>
    <span class="hp-row-state">${statePill(ticket, showsTexts)}</span>
    <div class="hp-row-body">
      ${titleOf(ticket, commits, showsTexts)} ${revertedBy(view, ticket)}
      <div class="hp-row-line">
        ${commitList(view, commits, key)} ${whoseCommits(githubUrl, repository, commits)}
      </div>
      ${fieldsOf(ticket, showsTexts)} ${missingOf(ticket, showsTexts)} ${keptFrom(ticket, view.now)}
      ${reverted || !mayMend ? NOTHING : ticketForms({ repository, ticket, environment: gate.environment })}
    </div>
  </li>`;
}

function markOf({ contents }: RepositoryView, { reverted, outcome, findings }: ContentTicket): Html {
  if (reverted) return mark("reverted");
  if (outcome === "pass" && findings.length > 0) return mark("warning");
  // Without Jira, and for a first deployment, no rule judges it: that is no reason for a tick.
  const wasJudged = contents?.verdict.skipped.includes("ticket-found") === false;
  return mark(outcome === "pass" && !wasJudged ? "unknown" : outcome);
}

/** Without Jira's word, the newest commit says what it is about. */
function titleOf(
  { facts, reverted }: ContentTicket,
  commits: readonly ContentCommit[],
  showsTexts: boolean,
): Html {
  const known = facts.state === "known" && showsTexts ? facts.summary : (commits[0]?.subject ?? "");
  const text = visibleText(known, 200);
  return reverted
    ? html`<p class="hp-row-title"><s>${text}</s></p>`
    : html`<p class="hp-row-title">${text}</p>`;
}

function revertedBy(
  { contents, githubUrl, repository }: RepositoryView,
  { reverted, commits }: ContentTicket,
): Html {
  if (!reverted || contents === null) return NOTHING;
  const taken = new Set(commits);
  const by = contents.reverts.find(({ reverts }) => taken.has(reverts));
  return by === undefined
    ? html`<p class="hp-row-meta">${wording.goesOutAsNothing()}</p>`
    : html`<p class="hp-row-meta">
        ${wording.revertedBy()} ${commitLink(githubUrl, repository.facts, by.sha)}:
        ${wording.goesOutAsNothing()}
      </p>`;
}

function statePill({ facts, reverted, outcome }: ContentTicket, showsTexts: boolean): Html {
  if (reverted) return pill(wording.revertedPill(), "muted");
  if (!showsTexts && facts.state !== "off") {
    if (outcome === "unknown") return pill(wording.unknownPill(), "muted");
    return pill(wording.passesPill(outcome === "pass"), outcome === "pass" ? "success" : "danger");
  }
  switch (facts.state) {
    case "known":
      if (facts.keptFrom !== null) return pill(facts.status.name, "muted");
      return pill(facts.status.name, facts.status.allowed ? "success" : "attention");
    case "missing":
      return pill(wording.notFoundPill(), "danger");
    case "unknown":
      return pill(wording.unknownPill(), "attention");
    case "withheld":
      return pill(wording.passesPill(outcome === "pass"), outcome === "pass" ? "success" : "danger");
    case "off":
      return pill(wording.notAskedPill(), "muted");
  }
}

/** What is filled in of what the policy asks for; a text as far as it can be taken in at a glance. */
function fieldsOf({ facts }: ContentTicket, showsTexts: boolean): Html {
  if (facts.state !== "known" || !showsTexts) return NOTHING;
  const filled = facts.fields.flatMap(({ name, value }) =>
    value.state === "filled"
      ? [
          html`<div class="hp-row-fact">
            <dt>${visibleText(name, NAME_LENGTH)}</dt>
            <dd>${visibleText(value.text, VALUE_LENGTH)}</dd>
          </div>`,
        ]
      : [],
  );
  return filled.length === 0 ? NOTHING : html`<dl class="hp-row-facts">${filled}</dl>`;
}

function missingOf({ findings, facts }: ContentTicket, showsTexts: boolean): Html {
  const withheld =
    facts.state === "withheld" && showsTexts ? [{ tone: "warning", text: wording.withheld(facts.now) }] : [];
  const status = facts.state === "known" ? facts.status.name : null;
  const lacking =
    facts.state === "known" ? facts.fields.flatMap(({ name, lacking: lacks }) => (lacks ? [name] : [])) : [];
  const missing = findings.map((finding) => ({
    tone: finding.warning ? "warning" : finding.outcome,
    text: wording.whatIsMissing(finding, { status, lacking, showsTexts }),
  }));
  const texts = new Map([...missing, ...withheld].map((one) => [one.text, one.tone]));
  if (texts.size === 0) return NOTHING;
  return html`<ul class="hp-missing">
    ${[...texts].map(([text, tone]) => html`<li class="hp-missing-${tone}">${visibleText(text, 300)}</li>`)}
  </ul>`;
}

function keptFrom({ facts }: ContentTicket, now: Date): Html {
  if (facts.state !== "known" || facts.keptFrom === null) return NOTHING;
  return html`<p class="hp-row-meta">${wording.seenAt()} ${clockTime(new Date(facts.keptFrom), now)}</p>`;
}
