import { casePath, whyPath } from "../../domain/cockpit-paths.ts";
import type { Reason } from "../../domain/gate/gate.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { outsideUrl, repositoryUrl } from "../view/links.ts";
import { octicon, type OcticonName } from "../view/octicon.ts";
import { pageAddress } from "./page-address.ts";
import { caseOf, reasonWords } from "./reason-words.ts";
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
  attention: "alert",
  lifted: "unlock",
};

function reasonRow(view: RepositoryView, reason: Reason): Html {
  const tone = toneOf(view, reason);
  const { what, who } = reasonWords(view, reason);
  return html`<li class="hp-reason hp-reason-${tone}" data-row>
    <span class="hp-reason-mark">${octicon(ICONS[tone])}</span>
    <div class="hp-reason-say">
      <p class="hp-reason-what">${what}</p>
      <p class="hp-reason-who">${who}</p>
    </div>
    <div class="hp-reason-act">${action(view, reason)}</div>
  </li>`;
}

/** Under a policy that only observes nothing holds, and nothing is red. */
function toneOf({ gate }: RepositoryView, { kind }: Reason): ReasonTone {
  if (kind === "override") return "lifted";
  const holds = kind === "verdict" || kind === "case" || kind === "halt";
  return holds && gate.answer.decision === "held" ? "danger" : "attention";
}

/** The one thing to press: where it is mended, else where it is explained. */
function action(view: RepositoryView, reason: Reason): Html {
  const { repository, gate, gates, githubUrl } = view;
  const environment = namedEnvironment(view);
  const about = caseOf(view, reason);
  if (about !== null) return linkButton(wording.openCase(), casePath(repository.facts, about.id));
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
    whyPath(repository.facts, { environment: gate.environment, sha: gate.head }),
  );
}

/** The first row that the reason is about. */
function rowOf(
  { contents, repository }: RepositoryView,
  { code, kind }: Reason,
): { text: string; id: string } | null {
  if (contents === null) return null;
  const mayMend = repository.right !== "read";
  if (code === "no-ticket") {
    const [sha] = contents.unticketed;
    return sha === undefined
      ? null
      : { text: mayMend ? wording.attachLink() : wording.showLink(), id: `commit-${sha}` };
  }
  if ((code === "behind" || code === "diverged") && contents.lost.length > 0) {
    return { text: wording.showLost(), id: "lost" };
  }
  if (kind !== "verdict") return null;
  const ticket = contents.tickets.find(({ findings }) => findings.some((one) => one.code === code));
  return ticket === undefined
    ? null
    : { text: mayMend ? wording.mendLink() : wording.showLink(), id: `ticket-${ticket.key}` };
}
