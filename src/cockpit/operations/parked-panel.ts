import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/undone-work.ts";
import type { ParkedJobOfRepository } from "../../store/parked-job.ts";
import type { Person } from "../person.ts";
import { form, submitButton } from "../view/form.ts";
import { type Html, html } from "../view/html.ts";
import { mark } from "../view/mark.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import type { Operations, SeenHealth } from "./read-operations.ts";
import { quietRow } from "./quiet-row.ts";
import { repositoryLink, repositoryPath } from "./repository-link.ts";

const ERROR_LIMIT = 500;

/** Work that was given up, with what its last try said and the way back. */
export function parkedPanel({ parked, repositories, at }: Operations, person: Person): Html {
  const rows = parked.flatMap((job) => {
    const of = repositories.get(job.repositoryId);
    return of === undefined ? [] : [jobRow(job, of, person, at)];
  });
  const body =
    rows.length === 0
      ? quietRow(wording.parkedEmpty(), wording.parkedEmptyWhy())
      : html`<div class="hp-rows">${rows}</div>`;
  return panel({ title: wording.parkedTitle(), id: "parked", body });
}

function jobRow(job: ParkedJobOfRepository, of: SeenHealth, person: Person, at: Date): Html {
  const { id, kind, key, retries, lastError, parkedAt } = job;
  const name = wording.jobName(kind, key);
  return html`<div class="hp-op-row">
    ${mark("fail")}
    <div class="hp-op-what">
      <h3 class="hp-op-name">${name}</h3>
      <p class="hp-muted hp-small">
        ${repositoryLink(of.repository)} · ${wording.jobTries(retries)} ${moment(parkedAt, at)}
      </p>
      <p class="hp-op-answer">${visibleText(lastError, ERROR_LIMIT)}</p>
    </div>
    <div class="hp-op-act">${parkedRetryForm({ id, name, of, person })}</div>
  </div>`;
}

/** For those who may write there. */
export function parkedRetryForm({
  id,
  name,
  of: { repository, right },
  person,
}: {
  readonly id: string;
  readonly name: string;
  readonly of: SeenHealth;
  readonly person: Person;
}): Html {
  if (right === "read") return html`<span class="hp-hint hp-small">${wording.needsWrite()}</span>`;
  return form({
    action: `${repositoryPath(repository)}/operations/parked/${encodeURIComponent(id)}/retry`,
    person,
    body: submitButton(wording.tryAgain(), { small: true, label: wording.tryAgainLabel(name) }),
  });
}
