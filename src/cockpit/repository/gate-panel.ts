import type { DeployContents } from "../../domain/contents/deploy-contents.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { gateForms } from "../gate-forms/gate-forms.ts";
import { form, hidden, submitButton } from "../view/form.ts";
import { gateSign } from "../view/gate-sign.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink } from "../view/links.ts";
import { clockTime, moment } from "../view/moment.ts";
import { gateReasons } from "./gate-reasons.ts";
import { nextChange } from "./next-change.ts";
import { pageAddress } from "./page-address.ts";
import { namedEnvironment, type RepositoryView } from "./repository-view.ts";

/** May the next deploy go out? The sign, the answer in words, every reason, and what can be done about it. */
export function gatePanel(view: RepositoryView): Html {
  const { gate } = view;
  const { decision, wouldBe, reasons } = gate.answer;
  const unverified = reasons.some(({ kind }) => kind === "unverified");
  const doubtful = decision === "open" && (wouldBe !== "open" || unverified);
  const title = wording.gateHeadline(gate.environment, { decision, wouldBe, unverified });
  return html`<section
    class="hp-gate-panel hp-gate-panel-${doubtful ? "doubtful" : decision}"
    id="gate"
    aria-labelledby="gate-title"
  >
    <div class="hp-gate-head">
      ${gateSign(decision, "large")}
      <div class="hp-gate-say">
        <h1 class="hp-gate-title" id="gate-title">${title}</h1>
        <p class="hp-gate-line">${situation(view)}</p>
        ${doubtful ? html`<p class="hp-gate-doubt">${doubtOf(wouldBe !== "open")}</p>` : NOTHING}
      </div>
      ${checkAgain(view)}
    </div>
    ${reasons.length === 0 ? html`<p class="hp-gate-free">${wording.holdsNothing()}</p>` : gateReasons(view)}
    ${nextChange(view)} ${gateForms(formsGiven(view))}
  </section>`;
}

function doubtOf(observes: boolean): string {
  return observes ? wording.observesOnly() : wording.letsUnknownOut();
}

/** How much waits, what is live since when, and how old all this is. */
function situation(view: RepositoryView): readonly Html[] {
  const { contents, gates, now } = view;
  const { lookedAt } = gates.stored;
  const checked =
    lookedAt === null
      ? html`${wording.neverChecked()}`
      : html`${wording.checkedAt()} ${moment(lookedAt, now)}`;
  const parts = contents === null ? [checked] : [...waiting(view, contents), checked];
  return parts.map((part, index) => (index === 0 ? part : html` · ${part}`));
}

function waiting(
  { repository, githubUrl, liveSince, gate, now }: RepositoryView,
  { base, branch, aheadBy }: DeployContents,
): readonly Html[] {
  const branchName = html`<b>${visibleText(branch, 80)}</b>`;
  const count =
    aheadBy === 0
      ? html`${wording.nothingWaitsOn()} ${branchName}`
      : html`${wording.commitsWaitOn(aheadBy)} ${branchName}`;
  if (base === null) return [count];
  const commit = commitLink(githubUrl, repository.facts, base.sameTreeAs ?? base.sha);
  const since =
    liveSince === null
      ? NOTHING
      : html`, ${liveSince.seenGoing ? wording.liveSince() : wording.seenLiveSince()}
        ${clockTime(liveSince.at, now)}`;
  return [count, html`${wording.environmentIs(gate.environment)} ${commit}${since}`];
}

function checkAgain(view: RepositoryView): Html {
  const { repository, person, gate } = view;
  return html`<div class="hp-gate-again">
    ${form({
      action: pageAddress(repository.facts, { path: "/gate/check" }),
      person,
      id: "check-again",
      body: html`${hidden("environment", namedEnvironment(view) === null ? "" : gate.environment)}
      ${submitButton(wording.checkAgain())}`,
    })}
  </div>`;
}

function formsGiven({
  repository,
  person,
  gate,
  gates,
  request,
  now,
}: RepositoryView): Parameters<typeof gateForms>[0] {
  const { environment, facts, answer, head } = gate;
  const waits = gates.policy.heldTo !== null && gates.policy.noPolicy !== "unusable";
  const bound = gates.stored.cases.length > 0 || gates.stored.halts.length > 0;
  return {
    repository,
    person,
    environment,
    gate: { head, facts, answer },
    waitingSince: waits && bound ? gates.stored.waitingSince : null,
    request,
    now,
  };
}
