import { visibleText } from "../../domain/escape/visible-text.ts";
import type { WhyFinding, WhyRule } from "../../domain/gate/why-tree.ts";
import type { CommitSha, RepositoryFacts, TicketKey } from "../../domain/model.ts";
import { nextStep } from "../../domain/wording/next-step.ts";
import * as wording from "../../domain/wording/cockpit/why.ts";
import { codeInText } from "../view/code-in-text.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, ticketLink } from "../view/links.ts";
import { mark } from "../view/mark.ts";
import { pill } from "../view/pill.ts";

/** What is known of commits and tickets besides their names. */
export interface FindingLinks {
  readonly githubUrl: string;
  readonly repository: Pick<RepositoryFacts, "owner" | "name">;
  readonly subjects: ReadonlyMap<CommitSha, string>;
  readonly ticketUrls: ReadonlyMap<TicketKey, string>;
  /** Whether the person may read what tickets say. */
  readonly showsTexts: boolean;
}

const MESSAGE_LIMIT = 2_000;
const SUBJECT_LIMIT = 120;
const MOST_COMMITS = 10;
const MOST_TICKETS = 30;

/** A rule, what it asks and what it found; one that passes is closed. */
export function ruleBranch(rule: WhyRule, links: FindingLinks): Html {
  const { question, outcome, findings, name } = rule;
  const isQuiet = outcome === "off" || outcome === "not-asked";
  const word = wording.ruleWord(outcome);
  return html`<details ${outcome === "pass" || isQuiet ? NOTHING : html`open`}>
    <summary>
      ${isQuiet ? html`<span class="hp-mark hp-mark-off" aria-hidden="true">–</span>` : mark(outcome)}
      <span class="hp-tree-title"
        >${question} <span class="hp-tree-aside">${word === null ? name : `${name}, ${word}`}</span></span
      >
    </summary>
    <ul class="hp-tree">
      ${outcome === "off" ? html`<li class="hp-tree-leaf">${wording.ruleOffWhy()}</li>` : NOTHING}
      ${outcome === "not-asked" ? html`<li class="hp-tree-leaf">${wording.ruleNotAsked()}</li>` : NOTHING}
      ${findings.map((finding) => findingItem(finding, links))}
    </ul>
  </details>`;
}

function findingItem(finding: WhyFinding, links: FindingLinks): Html {
  const { outcome, warning, message, publicMessage, commits, tickets, lifted } = finding;
  const step = nextStep(finding);
  const isSaid = outcome !== "pass" || warning;
  return html`<li class="hp-tree-leaf">
    <div class="hp-tree-head">
      ${mark(warning || lifted ? "warning" : outcome)}
      <p>
        ${visibleText(links.showsTexts ? message : publicMessage, MESSAGE_LIMIT)}
        ${lifted ? pill(wording.liftedNow(), "attention") : NOTHING}
      </p>
    </div>
    ${
      isSaid
        ? html`<div class="hp-tree-indent">
            ${step === "" ? NOTHING : html`<p class="hp-tree-aside">${codeInText(step)}</p>`}
            ${ticketList(tickets, links)} ${commitList(commits, links)}
          </div>`
        : NOTHING
    }
  </li>`;
}

function ticketList(tickets: readonly TicketKey[], { ticketUrls }: FindingLinks): Html {
  if (tickets.length === 0) return NOTHING;
  const shown = tickets.slice(0, MOST_TICKETS);
  return html`<ul class="hp-tree-values" aria-label="${wording.ticketsSeen(tickets.length)}">
    ${shown.map((key) => html`<li>${ticketLink(key, ticketUrls.get(key) ?? null)}</li>`)}
    ${rest(tickets.length - shown.length)}
  </ul>`;
}

function commitList(commits: readonly CommitSha[], { githubUrl, repository, subjects }: FindingLinks): Html {
  if (commits.length === 0) return NOTHING;
  const shown = commits.slice(0, MOST_COMMITS);
  return html`<ul
    class="${subjects.size === 0 ? "hp-tree-values" : "hp-tree-commits"}"
    aria-label="${wording.commitsSeen(commits.length)}"
  >
    ${shown.map(
      (sha) =>
        html`<li>
          ${commitLink(githubUrl, repository, sha)}
          <span>${visibleText(subjects.get(sha) ?? "", SUBJECT_LIMIT)}</span>
        </li>`,
    )}
    ${rest(commits.length - shown.length)}
  </ul>`;
}

function rest(count: number): Html {
  return count > 0 ? html`<li>${wording.andMore(count)}</li>` : NOTHING;
}
