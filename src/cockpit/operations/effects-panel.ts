import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/undone-work.ts";
import type { TroubledEffect } from "../../store/troubled-effect.ts";
import type { Person } from "../person.ts";
import { form, hidden, submitButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { mark } from "../view/mark.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import { pill } from "../view/pill.ts";
import type { Operations, SeenHealth } from "./read-operations.ts";
import { quietRow } from "./quiet-row.ts";
import { repositoryLink, repositoryPath } from "./repository-link.ts";

const ANSWER_LIMIT = 500;

/** What should be at GitHub, in Jira or in Slack and is not, with the last answer and the way to try again. */
export function effectsPanel({ effects, repositories, at }: Operations, person: Person): Html {
  const rows = effects.flatMap((effect) => {
    const of = repositories.get(effect.desired.repositoryId);
    return of === undefined ? [] : [effectRow(effect, of, person, at)];
  });
  const body =
    rows.length === 0
      ? quietRow(wording.effectsEmpty(), wording.effectsEmptyWhy())
      : html`<div class="hp-rows">${rows}</div>`;
  return panel({ title: wording.effectsTitle(), id: "effects", body });
}

function effectRow(
  effect: TroubledEffect,
  { repository, right }: SeenHealth,
  person: Person,
  at: Date,
): Html {
  const { target, desired, state, tries, answer, since } = effect;
  const name = wording.effectName(desired);
  const isRefused = state === "refused";
  const act =
    right === "read"
      ? html`<span class="hp-hint hp-small">${wording.needsWrite()}</span>`
      : form({
          action: `${repositoryPath(repository)}/operations/retry`,
          person,
          body: html`${hidden("target", target)}
          ${submitButton(wording.tryAgain(), { small: true, label: wording.tryAgainLabel(name) })}`,
        });
  return html`<div class="hp-op-row">
    ${mark(isRefused ? "fail" : "running")}
    <div class="hp-op-what">
      <h3 class="hp-op-name">
        ${name}
        ${isRefused ? pill(wording.effectRefused(), "danger") : pill(wording.effectWaiting(), "attention")}
      </h3>
      <p class="hp-muted hp-small">
        ${repositoryLink(repository)} ·
        ${isRefused && tries === 0 ? NOTHING : html`${wording.effectTries(tries)} · `}${wording.wantedSince()}
        ${moment(since, at)}
      </p>
      <p class="hp-op-answer">
        ${answer === null ? wording.noAnswerYet() : visibleText(answer, ANSWER_LIMIT)}
      </p>
    </div>
    <div class="hp-op-act">${act}</div>
  </div>`;
}
