import { visibleText } from "../../domain/escape/visible-text.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/overview.ts";
import { codeInText } from "../view/code-in-text.ts";
import { gateSign } from "../view/gate-sign.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { clockTime, moment } from "../view/moment.ts";
import { octicon } from "../view/octicon.ts";
import { pill } from "../view/pill.ts";
import type { GateSummary, IdleRow, OverviewRow, WatchedRow } from "./overview-row.ts";

const NAME_LIMIT = 140;
const BECAUSE_LIMIT = 200;

/** One row: which repository, the gate of each environment, what waits there, and when it halts. */
export function overviewRowView(row: OverviewRow, now: Date): Html {
  return row.kind === "watched" ? watchedRow(row.row, now) : idleRow(row.row);
}

function watchedRow(row: WatchedRow, now: Date): Html {
  const { facts, worst, gates, deadline } = row;
  return html`<li class="hp-overview-row hp-overview-${worst}" id="repository-${facts.id}" data-row>
    <div class="hp-overview-name">
      ${repositoryLink(facts)}
      <p class="hp-overview-facts">${joined(factsOf(row, now))}</p>
    </div>
    <ul class="hp-overview-gates">
      ${gates.map((gate, index) => gateItem(facts, gate, { now, before: gates[index - 1] }))}
    </ul>
    <div class="hp-overview-deadline">${deadline === null ? NOTHING : deadlineView(deadline, now)}</div>
  </li>`;
}

function idleRow({ facts, archived }: IdleRow): Html {
  const name = `${facts.owner}/${facts.name}`;
  return html`<li class="hp-overview-row hp-overview-idle" id="repository-${facts.id}" data-row>
    <div class="hp-overview-name">
      ${repositoryLink(facts)}
      <p class="hp-overview-facts">${archived ? NOTHING : wording.notSetUpWhy()}</p>
    </div>
    <div>${pill(archived ? wording.archived() : wording.notSetUp(), "muted")}</div>
    <div class="hp-overview-deadline">
      ${
        archived
          ? NOTHING
          : linkButton(wording.setUp(), addressOf(facts), { small: true, label: wording.setUpLabel(name) })
      }
    </div>
  </li>`;
}

function repositoryLink(facts: RepositoryFacts): Html {
  return html`<h2 class="hp-overview-title">
    <a class="hp-overview-link" href="${addressOf(facts)}" data-row-link
      ><span class="hp-overview-owner">${visibleText(facts.owner, NAME_LIMIT)}/</span>${visibleText(
        facts.name,
        NAME_LIMIT,
      )}</a
    >
  </h2>`;
}

function gateItem(
  facts: RepositoryFacts,
  gate: GateSummary,
  { now, before }: { readonly now: Date; readonly before: GateSummary | undefined },
): Html {
  const { environment, decision, doubt, commits } = gate;
  const href = `${addressOf(facts)}?environment=${encodeURIComponent(environment)}`;
  const waits = commits === null ? [] : [html`${wording.changesWait(commits)}`];
  const runs = gate.runningChecks === 0 ? [] : [html`${wording.checksRun(gate.runningChecks)}`];
  const doubts =
    doubt === null
      ? NOTHING
      : pill(doubt === "observes" ? wording.observes() : wording.letThrough(), "attention");
  return html`<li class="hp-overview-gate">
    <div class="hp-overview-state">
      <a class="hp-overview-sign" href="${href}"
        >${gateSign(decision, "small")}
        <span class="hp-overview-environment">${visibleText(environment, NAME_LIMIT)}</span></a
      >
      ${doubts}
      <span class="hp-overview-waits">${joined([...waits, ...runs])}</span>
    </div>
    ${isSaid(gate, before) ? NOTHING : becauseOf(gate, now)}
  </li>`;
}

/** A halt holds every environment: its words stand once. */
function isSaid(gate: GateSummary, before: GateSummary | undefined): boolean {
  return before !== undefined && gate.because === before.because && gate.more === before.more;
}

/** Why it is not open, in one line; the repository's page says the rest. */
function becauseOf({ because, more, unconfirmed }: GateSummary, now: Date): Html {
  if (unconfirmed !== null) {
    const { since } = unconfirmed;
    return html`<p class="hp-overview-because">
      ${
        since === null
          ? wording.neverConfirmed()
          : html`${wording.notConfirmedSince()} ${clockTime(since, now)}`
      }
    </p>`;
  }
  if (because === null) return NOTHING;
  return html`<p class="hp-overview-because">
    ${codeInText(visibleText(because, BECAUSE_LIMIT))}
    ${more === 0 ? NOTHING : html`<span class="hp-overview-more">${wording.andMore(more)}</span>`}
  </p>`;
}

function factsOf({ waitingJobs, lookedAt }: WatchedRow, now: Date): readonly Html[] {
  const jobs = waitingJobs === 0 ? [] : [html`<b>${wording.deploysWait(waitingJobs)}</b>`];
  const checked =
    lookedAt === null
      ? html`${wording.neverChecked()}`
      : html`${wording.checkedAt()} ${moment(lookedAt, now)}`;
  return [...jobs, checked];
}

function deadlineView(deadline: Date, now: Date): Html {
  const passed = deadline <= now;
  return html`<span class="hp-overview-clock"
    >${octicon("clock")} ${passed ? wording.deadlinePassed() : wording.haltsAt()}
    ${moment(deadline, now)}</span
  >`;
}

function joined(parts: readonly Html[]): readonly Html[] {
  return parts.map((part, index) => (index === 0 ? part : html` · ${part}`));
}

function addressOf({ owner, name }: RepositoryFacts): string {
  return `/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}
