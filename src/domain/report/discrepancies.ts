import type { Decision } from "../decision.ts";
import { groupBy } from "../group-by.ts";
import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import type { Finding } from "../finding.ts";
import { keysGoingOut } from "../rules/rule.ts";
import {
  andMore,
  changeIntroduction,
  byAuthors,
  deployIntroduction,
  firstDeployIntroduction,
  headline,
  unknownIntroduction,
  warningsHeading,
} from "../wording/report.ts";
import { nextStep } from "../wording/next-step.ts";
import { newerPolicyRefused } from "../wording/policy-state.ts";
import { authorCode, authorName } from "./commit-row.ts";
import { sameHeadAs } from "../wording/same-head.ts";
import { policyProblemRows } from "./policy-problem-rows.ts";
import { type ReportFacts, shownMessage } from "./report-facts.ts";

const AUTHORS_NAMED = 5;

/** What is wrong first, then what is not known, then what is good to know; each with the next step. */
export function discrepancyRows(facts: ReportFacts, decision: Decision): readonly string[] {
  const { snapshot, verdict } = facts.judged;
  const fails = distinct(
    facts,
    verdict.findings.filter(({ outcome }) => outcome === "fail"),
  );
  const unknowns = distinct(
    facts,
    verdict.findings.filter(({ outcome }) => outcome === "unknown"),
  );
  const warnings = distinct(
    facts,
    verdict.findings.filter(({ warning }) => warning),
  );
  const first = headline(decision, snapshot.kind, { fails: fails.length, unknowns: unknowns.length });
  const say = (finding: Finding): string => discrepancy(facts, finding);
  const complaints = [...fails, ...unknowns];
  const toKnow = [...warnings.map(say), ...sharedHead(facts), ...refusedPolicy(facts)];
  return [
    `**${first}** ${introduction(facts)}`.trimEnd(),
    ...(complaints.length === 0 ? [] : ["", ...complaints.map(say)]),
    ...(toKnow.length === 0 ? [] : ["", `**${warningsHeading()}**`, "", ...toKnow]),
  ];
}

function sharedHead({ judged: { sameHead = [] } }: ReportFacts): readonly string[] {
  if (sameHead.length === 0) return [];
  return [`- ${sameHeadAs(sameHead.map((number) => markdownCode(`#${number}`)))}`];
}

/** Whoever edited the file looks here for what became of it. */
function refusedPolicy({ judged }: ReportFacts): readonly string[] {
  const { policyState, snapshot } = judged;
  if (policyState?.state !== "in-force" || policyState.stale !== "invalid") return [];
  const [first] = policyProblemRows(policyState.problems.slice(0, 1), snapshot.repository);
  return first === undefined ? [] : [`- ${newerPolicyRefused(first)}`];
}

/** Several rules stopped by one unreadable fact are one thing to read. */
function distinct(facts: ReportFacts, findings: readonly Finding[]): readonly Finding[] {
  const groups = groupBy(findings, (finding) => shownMessage(facts, finding));
  return [...groups.values()].map(([first]) => first);
}

function introduction({ judged }: ReportFacts): string {
  const { snapshot, carriage } = judged;
  const tickets = carriage === null ? 0 : keysGoingOut(carriage).length;
  const commits = snapshot.changeSet.state === "known" ? snapshot.changeSet.value.commits.length : null;
  if (snapshot.kind === "pull-request") return commits === null ? "" : changeIntroduction(commits, tickets);
  const environment = markdownCode(snapshot.environment, 40);
  if (snapshot.base.state === "missing") return `${environment} ${firstDeployIntroduction()}`;
  return commits === null
    ? `${environment} ${unknownIntroduction()}`
    : `${environment} ${deployIntroduction(commits, tickets)}`;
}

function discrepancy(facts: ReportFacts, finding: Finding): string {
  const authors = authorsOf(facts, finding);
  const named = authors.slice(0, AUTHORS_NAMED).map(authorCode).join(", ");
  const more = authors.length > AUTHORS_NAMED ? ` ${andMore(authors.length - AUTHORS_NAMED)}` : "";
  const step = nextStep(finding);
  return [
    `- **${markdownProse(shownMessage(facts, finding))}**`,
    ...(step === "" ? [] : [step]),
    ...(authors.length === 0 ? [] : [`${byAuthors()} ${named}${more}.`]),
  ].join("\n  ");
}

/** Who wrote the commits that a finding is about, those that carry its tickets included. */
function authorsOf({ commits: known, carriedBy }: ReportFacts, finding: Finding): readonly string[] {
  const shas = [...finding.commits, ...finding.tickets.flatMap((key) => carriedBy.get(key) ?? [])];
  const names = new Set<string>();
  for (const sha of shas) {
    const commit = known.get(sha);
    if (commit !== undefined) names.add(authorName(commit));
  }
  return [...names];
}
