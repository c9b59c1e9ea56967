import { casePath, whyPath } from "../../domain/cockpit-paths.ts";
import type { Answer } from "../../domain/decision.ts";
import { isCommitSha } from "../../domain/brands.ts";
import { type Happening, kindOf, type Told } from "../../domain/history/happening.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import { checkNameShown, happened } from "../../domain/wording/cockpit/happenings.ts";
import * as wording from "../../domain/wording/cockpit/history.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, issueLink, repositoryUrl } from "../view/links.ts";
import { octicon, type OcticonName } from "../view/octicon.ts";

export interface RowGround {
  readonly githubUrl: string;
  readonly repository: Pick<RepositoryFacts, "owner" | "name">;
  readonly hour: number;
}

/** One entry: what happened, the words somebody gave for it, and where to read on. `time` is as the list shows times. */
export function happeningRow(given: Happening, time: Html, ground: RowGround): Html {
  const { icon, tone } = pictureOf(given.told);
  const sentence = happened(given, ground.hour);
  const named = namedIn(given, ground).filter(({ words }) => sentence.includes(words));
  const more = furtherLinks(given, ground, named);
  return html`<li class="hp-happened">
    ${time}
    <span class="hp-happened-icon hp-tone-${tone}">${octicon(icon)}</span>
    <div class="hp-happened-text">
      <p>${leadingOn(sentence, named)}</p>
      ${more.length === 0 ? NOTHING : html`<p class="hp-happened-links">${more}</p>`}
      ${
        given.because === null
          ? NOTHING
          : html`<p class="hp-happened-because">${wording.reasonGiven(given.because)}</p>`
      }
    </div>
  </li>`;
}

/** Words of a sentence that lead to what they name. */
interface NamedLink {
  readonly words: string;
  readonly what: "commit" | "case";
  readonly link: Html;
}

function namedIn(
  { links: { commit, cases }, told }: Happening,
  { githubUrl, repository }: RowGround,
): readonly NamedLink[] {
  const named: NamedLink[] = [];
  if (commit !== null && isCommitSha(commit)) {
    const link = commitLink(githubUrl, repository, commit);
    named.push({ words: shortSha(commit), what: "commit", link });
  }
  const [check = "", ...others] = "checks" in told ? told.checks : [];
  const words = checkNameShown(check);
  const [id, ...further] = cases;
  if (words !== "" && id !== undefined && others.length === 0 && further.length === 0) {
    named.push({ words, what: "case", link: html`<a href="${casePath(repository, id)}">${words}</a>` });
  }
  return named;
}

/** The sentence with those words as links; everything else of it stays text. */
function leadingOn(sentence: string, named: readonly NamedLink[]): Html {
  const [first, ...rest] = named;
  if (first === undefined) return html`${sentence}`;
  const at = sentence.indexOf(first.words);
  if (at === -1) return leadingOn(sentence, rest);
  const after = sentence.slice(at + first.words.length);
  return html`${leadingOn(sentence.slice(0, at), rest)}${first.link}${leadingOn(after, rest)}`;
}

/** Where else to read on: what the sentence itself does not lead to. */
function furtherLinks(
  { links, environment, told }: Happening,
  { githubUrl, repository }: RowGround,
  named: readonly NamedLink[],
): readonly Html[] {
  const { commit, issue, run } = links;
  const isNamed = (what: NamedLink["what"]): boolean => named.some((one) => one.what === what);
  const sha = commit !== null && isCommitSha(commit) ? commit : null;
  const isJudged = told.what === "gate" || told.what === "job-answered";
  const cases = isNamed("case") ? [] : links.cases;
  return [
    ...(sha === null || isNamed("commit") ? [] : [commitLink(githubUrl, repository, sha)]),
    ...(sha === null || !isJudged
      ? []
      : [html`<a href="${whyPath(repository, { environment, sha })}">${wording.whyLink()}</a>`]),
    ...(issue === null ? [] : [issueLink(githubUrl, repository, issue)]),
    ...cases
      .slice(0, MOST_CASES)
      .map((id) => html`<a href="${casePath(repository, id)}">${wording.caseLink(id)}</a>`),
    ...(run === null
      ? []
      : [
          html`<a href="${repositoryUrl(githubUrl, repository)}/actions/runs/${run}"
            >${wording.runLink()}</a
          >`,
        ]),
  ];
}

const MOST_CASES = 5;

type RowTone = "danger" | "success" | "attention" | "muted";

interface Picture {
  readonly icon: OcticonName;
  readonly tone: RowTone;
}

function pictureOf(told: Told): Picture {
  if ("decision" in told) return ANSWERS[told.decision];
  if (told.what === "case-resolved" && told.as === "green") return { icon: "issue-closed", tone: "success" };
  return PICTURES[told.what] ?? { icon: KIND_ICONS[kindOf(told)], tone: "muted" };
}

const ANSWERS: Readonly<Record<Answer, Picture>> = {
  open: { icon: "shield-check", tone: "success" },
  held: { icon: "shield-x", tone: "danger" },
  unknown: { icon: "question", tone: "attention" },
};

/** What stands out; everything else has the picture of its kind. */
const PICTURES: Readonly<Partial<Record<Told["what"], Picture>>> = {
  "forged-status": { icon: "alert", tone: "danger" },
  "halt-began": { icon: "stop", tone: "danger" },
  "halt-ended": { icon: "check-circle", tone: "success" },
  "case-expired": { icon: "stop", tone: "danger" },
  "case-resolved": { icon: "issue-closed", tone: "muted" },
  "case-opened": { icon: "issue-opened", tone: "attention" },
  "case-relapsed": { icon: "issue-opened", tone: "attention" },
  "override-began": { icon: "unlock", tone: "attention" },
};

const KIND_ICONS = {
  deploy: "rocket",
  gate: "shield",
  halt: "stop",
  override: "lock",
  case: "clock",
  ticket: "tag",
  policy: "law",
  refused: "circle-slash",
  "pull-request": "git-pull-request",
} as const;
