import { casePath, whyPath } from "../../domain/cockpit-paths.ts";
import { isCommitSha } from "../../domain/brands.ts";
import { type Happening, kindOf, type Told } from "../../domain/history/happening.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import { happened } from "../../domain/wording/cockpit/happenings.ts";
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
  const links = linksOf(given, ground);
  return html`<li class="hp-happened">
    ${time}
    <span class="hp-happened-icon hp-tone-${tone}">${octicon(icon)}</span>
    <div class="hp-happened-text">
      <p>${happened(given, ground.hour)}</p>
      ${
        given.because === null
          ? NOTHING
          : html`<p class="hp-happened-because">${wording.reasonGiven(given.because)}</p>`
      }
      ${links.length === 0 ? NOTHING : html`<p class="hp-happened-links">${links}</p>`}
    </div>
  </li>`;
}

function linksOf(
  { links, environment, told }: Happening,
  { githubUrl, repository }: RowGround,
): readonly Html[] {
  const { commit, issue, cases, run } = links;
  const sha = commit !== null && isCommitSha(commit) ? commit : null;
  const isJudged = told.what === "gate" || told.what === "job-answered";
  return [
    ...(sha === null ? [] : [commitLink(githubUrl, repository, sha)]),
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

function pictureOf(told: Told): { readonly icon: OcticonName; readonly tone: RowTone } {
  switch (told.what) {
    case "gate":
    case "verdict":
    case "pull-request-verdict": {
      if (told.decision === "open") return { icon: "shield-check", tone: "success" };
      return told.decision === "held"
        ? { icon: "shield-x", tone: "danger" }
        : { icon: "question", tone: "attention" };
    }
    case "forged-status":
      return { icon: "alert", tone: "danger" };
    case "halt-began":
    case "case-expired":
      return { icon: "stop", tone: "danger" };
    case "halt-ended":
      return { icon: "check-circle", tone: "success" };
    case "case-resolved":
      return { icon: "issue-closed", tone: told.as === "green" ? "success" : "muted" };
    case "case-opened":
    case "case-relapsed":
      return { icon: "issue-opened", tone: "attention" };
    case "override-began":
      return { icon: "unlock", tone: "attention" };
    default:
      return { icon: KIND_ICONS[kindOf(told)], tone: "muted" };
  }
}

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
