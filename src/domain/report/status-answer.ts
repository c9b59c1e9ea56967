import { decisionOf } from "../decision.ts";
import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import type { Finding, Verdict } from "../finding.ts";
import type { CommitSha } from "../model.ts";
import type { PolicyState } from "../policy.ts";
import { moment, shortSha } from "../wording/counted.ts";
import { notJudgedYet, nothingJudgedHere, statusOf, wholeReportThere } from "../wording/commands.ts";
import { policyUnusableStatus } from "../wording/policy-state.ts";
import { andMore, headline } from "../wording/report.ts";
import { mayShow } from "./policy-problem-rows.ts";

export interface StatusQuestion {
  readonly policyState: Exclude<PolicyState, { state: "none" }>;
  readonly onPullRequest: boolean;
  /** What Jira says may be shown. */
  readonly private: boolean;
  /** Of the pull request, else of the deploy; null where there is none. */
  readonly stored: {
    readonly head: CommitSha;
    readonly verdict: Verdict;
    readonly lookedAt: Date;
  } | null;
}

const FINDINGS_SHOWN = 5;

/** A few lines of Markdown for who asks where it stands: the answer, on what, and why. */
export function writeStatusAnswer(question: StatusQuestion): string {
  const { policyState, onPullRequest, stored } = question;
  if (policyState.state === "unusable") {
    const { problems, why } = policyState;
    return markdownProse(policyUnusableStatus(problems, { why, shows: (one) => mayShow(one, question) }));
  }
  const { policy } = policyState;
  const environment = policy.deploy.environments[0]?.name;
  if (onPullRequest ? policy.tickets.require === "off" : environment === undefined) {
    return nothingJudgedHere(onPullRequest);
  }
  if (stored === null) return notJudgedYet();
  const { verdict, head, lookedAt } = stored;
  const said = (outcome: Finding["outcome"]): readonly string[] => [
    ...new Set(
      verdict.findings
        .filter((finding) => finding.outcome === outcome)
        .map(({ message, publicMessage }) => (question.private ? message : publicMessage)),
    ),
  ];
  const fails = said("fail");
  const unknowns = said("unknown");
  const complaints = [...fails, ...unknowns];
  const more = complaints.length - FINDINGS_SHOWN;
  const first = headline(decisionOf(verdict, policy), onPullRequest ? "pull-request" : "deploy", {
    fails: fails.length,
    unknowns: unknowns.length,
  });
  const place = onPullRequest || environment === undefined ? null : markdownCode(environment, 40);
  return [
    `**${first}** ${statusOf(markdownCode(shortSha(head)), markdownCode(moment(lookedAt)), place)}`,
    "",
    ...complaints.slice(0, FINDINGS_SHOWN).map((one) => `- ${markdownProse(one)}`),
    ...(more > 0 ? [`- ${andMore(more)}`] : []),
    ...(complaints.length > 0 ? [""] : []),
    wholeReportThere(),
  ].join("\n");
}
