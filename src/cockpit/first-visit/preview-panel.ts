import { visibleText } from "../../domain/escape/visible-text.ts";
import type { Preview, PreviewedHalt } from "../../domain/first-visit/preview.ts";
import type { Proposal } from "../../domain/first-visit/propose-policy.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink } from "../view/links.ts";
import { mark, type MarkName } from "../view/mark.ts";
import { clockTime } from "../view/moment.ts";
import { panel } from "../view/panel.ts";

const SHOWN = 5;
const SUBJECT = 100;

interface Shown {
  readonly repository: RepositoryFacts;
  readonly githubUrl: string;
  readonly at: Date;
}

/** What the proposal would have held lately, each row with what it was computed from. */
export function previewPanel(preview: Preview, { checks }: Proposal, shown: Shown): Html {
  const { trunk } = preview;
  const body =
    trunk === null
      ? html`<p class="hp-panel-body">${wording.previewUnread()}</p>`
      : html`<div class="hp-rows">
            ${haltsRow(trunk, checks.deferred.length, shown)} ${headsRow(trunk, checks.required.length)}
            ${ticketsRow(preview.tickets, shown)}
          </div>
          <p class="hp-fv-scope">
            ${wording.previewScope(trunk.commits, trunk.whole)} ${wording.notComputed()}
          </p>`;
  return panel({ title: wording.previewTitle(), aside: wording.lastDays(), id: "preview", body });
}

function haltsRow(trunk: NonNullable<Preview["trunk"]>, checks: number, shown: Shown): Html {
  if (checks === 0) return row("unknown", wording.noDeferredChecks());
  const { halts, haltedFor, mended } = trunk;
  const more = halts.length - SHOWN;
  const list =
    halts.length === 0
      ? NOTHING
      : html`<ul class="hp-op-list">
          ${halts.slice(0, SHOWN).map((halt) => haltItem(halt, shown))}
          ${more > 0 ? html`<li>${wording.andMore(more)}</li>` : NOTHING}
        </ul>`;
  return row(
    halts.length === 0 ? "pass" : "fail",
    wording.haltedTimes(halts.length, haltedFor),
    html`<p class="hp-muted hp-small">${wording.mendedInTime(mended)}</p>
      ${list}`,
  );
}

function haltItem(
  { check, firstRed, from, until }: PreviewedHalt,
  { repository, githubUrl, at }: Shown,
): Html {
  const end = until === null ? wording.haltedStill() : html`${wording.haltedUntil()} ${clockTime(until, at)}`;
  return html`<li>
    <strong>${wording.haltRow(check)}</strong> ${wording.haltedFrom()} ${clockTime(from, at)} ${end},
    ${wording.firstRedAt()} ${commitLink(githubUrl, repository, firstRed)}
  </li>`;
}

function headsRow({ redHeads, commits }: NonNullable<Preview["trunk"]>, checks: number): Html {
  if (checks === 0) return row("unknown", wording.noRequiredChecks());
  const why = redHeads === 0 ? NOTHING : html`<p class="hp-muted hp-small">${wording.redHeadsWhy()}</p>`;
  return row(redHeads === 0 ? "pass" : "warning", wording.redHeads(redHeads, commits), why);
}

function ticketsRow(tickets: Preview["tickets"], { repository, githubUrl }: Shown): Html {
  if (tickets === null) return row("unknown", wording.noTicketsAsked());
  const { without, commits } = tickets;
  if (without.length === 0) return row("pass", wording.unticketed(0, commits));
  const more = without.length - SHOWN;
  return row(
    "warning",
    wording.unticketed(without.length, commits),
    html`<p class="hp-muted hp-small">${wording.unticketedWhy()}</p>
      <ul class="hp-op-list">
        ${without
          .slice(0, SHOWN)
          .map(
            ({ sha, message }) =>
              html`<li>
                ${commitLink(githubUrl, repository, sha)}
                ${visibleText(message.split("\n")[0] ?? "", SUBJECT)}
              </li>`,
          )}
        ${more > 0 ? html`<li>${wording.andMore(more)}</li>` : NOTHING}
      </ul>`,
  );
}

function row(shape: MarkName, title: string, more: Html = NOTHING): Html {
  return html`<div class="hp-op-row">
    ${mark(shape)}
    <div class="hp-op-what">
      <h3 class="hp-op-name">${title}</h3>
      ${more}
    </div>
  </div>`;
}
