import { caseStops } from "../../domain/gate/case-stops.ts";
import type { Reason } from "../../domain/gate/gate.ts";
import { reasonStep, sentenceStart } from "../../domain/wording/cockpit/reason-step.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { codeInText } from "../view/code-in-text.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { outsideUrl, repositoryUrl } from "../view/links.ts";
import { clockTime, moment } from "../view/moment.ts";
import { octicon, type OcticonName } from "../view/octicon.ts";
import { pageAddress } from "./page-address.ts";
import { namedEnvironment, type RepositoryView } from "./repository-view.ts";

/** Every reason, each with since and until when, who can do what about it, and where it is done. */
export function gateReasons(view: RepositoryView): Html {
  return html`<ul class="hp-reasons" aria-label="${wording.reasonsLabel()}">
    ${view.gate.answer.reasons.map((reason) => reasonRow(view, reason))}
  </ul>`;
}

type ReasonTone = "danger" | "attention" | "lifted";
const ICONS: Readonly<Record<ReasonTone, OcticonName>> = {
  danger: "x-circle-fill",
  attention: "question",
  lifted: "unlock",
};

function reasonRow(view: RepositoryView, reason: Reason): Html {
  const { policy, heldTo } = view.gates.policy;
  const override = (heldTo ?? policy)?.override ?? null;
  const tone = toneOf(reason);
  return html`<li class="hp-reason hp-reason-${tone}" data-row>
    <span class="hp-reason-mark">${octicon(ICONS[tone])}</span>
    <div class="hp-reason-say">
      <p class="hp-reason-what">${codeInText(sentenceStart(reason.message))}</p>
      <p class="hp-reason-who">${span(reason, view.now)}${codeInText(reasonStep(reason, override))}</p>
    </div>
    <div class="hp-reason-act">${action(view, reason)}</div>
  </li>`;
}

function toneOf({ kind }: Reason): ReasonTone {
  if (kind === "override") return "lifted";
  return kind === "verdict" || kind === "case" || kind === "halt" ? "danger" : "attention";
}

function span({ since, until }: Reason, now: Date): Html {
  if (since === null && until === null) return NOTHING;
  const began =
    since === null ? NOTHING : html`${wording.since()} ${clockTime(since, now)} (${moment(since, now)})`;
  const ends =
    until === null ? NOTHING : html`, ${wording.until()} ${clockTime(until, now)} (${moment(until, now)})`;
  return html`${began}${ends}. `;
}

/** The one thing to press: where it is mended, else where it is explained. */
function action(view: RepositoryView, reason: Reason): Html {
  const { repository, gate, gates, githubUrl } = view;
  const environment = namedEnvironment(view);
  if (reason.kind === "case" || reason.code === "expiry-unverified") {
    const stop = caseStops(gate.facts).find(
      (one) => one.reason.message === reason.message && one.reason.url === reason.url,
    );
    if (stop?.from.kind === "case") {
      const { owner, name } = repository.facts;
      return linkButton(wording.openCase(), `/${owner}/${name}/cases/${stop.from.id}`);
    }
  }
  if (reason.kind === "halt") {
    const issue = reason.url === null ? null : outsideUrl(reason.url);
    return issue === null ? NOTHING : linkButton(wording.openIssue(), issue);
  }
  if (reason.kind === "policy") {
    const branch = gates.stored.repository.defaultBranch.split("/").map(encodeURIComponent).join("/");
    const file = `${repositoryUrl(githubUrl, repository.facts)}/edit/${branch}/.github/holdpoint.yml`;
    return linkButton(wording.editPolicy(), file);
  }
  const hash = rowOf(view, reason);
  if (hash !== null)
    return linkButton(hash.text, pageAddress(repository.facts, { environment, hash: hash.id }));
  if (gate.head === null || reason.kind === "override") return NOTHING;
  return linkButton(
    wording.whyLink(),
    pageAddress(repository.facts, { path: "/why", environment: gate.environment, sha: gate.head }),
  );
}

/** The first row that the reason is about. */
function rowOf({ contents }: RepositoryView, { code, kind }: Reason): { text: string; id: string } | null {
  if (contents === null) return null;
  if (code === "no-ticket") {
    const [sha] = contents.unticketed;
    return sha === undefined ? null : { text: wording.attachLink(), id: `commit-${sha}` };
  }
  if ((code === "behind" || code === "diverged") && contents.lost.length > 0) {
    return { text: wording.showLost(), id: "lost" };
  }
  if (kind !== "verdict") return null;
  const ticket = contents.tickets.find(({ findings }) => findings.some((one) => one.code === code));
  return ticket === undefined ? null : { text: wording.mendLink(), id: `ticket-${ticket.key}` };
}
