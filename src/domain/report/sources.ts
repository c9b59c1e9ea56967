import { markdownCode } from "../escape/markdown-code.ts";
import type { Judged } from "../judged.ts";
import { moment, shortSha } from "../wording/counted.ts";
import {
  andMore,
  comparedWith,
  factsReadAt,
  jiraAnswered,
  jiraOff,
  localClone,
  organisationPolicyAt,
  passedRules,
  pinMissing,
  pinUnseen,
  policyAt,
  policySetting,
  policyStale,
  sameTree,
  silentCheck,
  skippedRules,
  sourcesHeading,
  unmatchedCheck,
} from "../wording/report.ts";
import { policyProblemRows } from "./policy-problem-rows.ts";

const PROBLEMS_SHOWN = 5;

/** When and at which commits the facts were read. It changes with every push to the default branch, and says nothing new by that. */
export function footnote({ snapshot, policyState }: Judged): string {
  const policy = policyState?.state === "in-force" ? policyState.source : null;
  return `${[
    factsReadAt(markdownCode(moment(snapshot.takenAt))),
    ...(policy === null ? [] : [policyAt(markdownCode(shortSha(policy.sha)))]),
    ...(policy === null || policy.organisationSha === null
      ? []
      : [organisationPolicyAt(markdownCode(shortSha(policy.organisationSha)))]),
  ].join(", ")}.`;
}

/** Which facts the verdict rests on, and what was not asked. */
export function sourceRows(judged: Judged): readonly string[] {
  const { snapshot, verdict } = judged;
  const wrong = new Set(verdict.findings.flatMap(({ rule, outcome }) => (outcome === "pass" ? [] : [rule])));
  const passes = [...new Set(verdict.findings.map(({ rule }) => rule))].filter((rule) => !wrong.has(rule));
  return [
    `### ${sourcesHeading()}`,
    "",
    ...comparison(judged),
    ...policyRows(judged),
    ...unheardRows(judged),
    ...pinRows(judged),
    ...jiraRows(judged),
    ...(snapshot.changeSet.state === "known" && !snapshot.changeSet.value.knowsPullRequests
      ? [`- ${localClone()}`]
      : []),
    ...(passes.length === 0 ? [] : [`- ${passedRules(passes.map((rule) => markdownCode(rule)))}`]),
    ...(verdict.skipped.length === 0
      ? []
      : [`- ${skippedRules(verdict.skipped.map((rule) => markdownCode(rule)))}`]),
  ];
}

function comparison({ snapshot }: Judged): readonly string[] {
  const head = markdownCode(shortSha(snapshot.head));
  if (snapshot.kind === "pull-request" || snapshot.base.state !== "known") return [`- ${head}`];
  const { sha, label, sameTreeAs } = snapshot.base.value;
  const same = sameTreeAs === null ? "" : ` ${sameTree()} ${markdownCode(shortSha(sameTreeAs))}`;
  return [`- ${head} ${comparedWith()} ${markdownCode(label)} at ${markdownCode(shortSha(sha))}${same}.`];
}

function policyRows({ snapshot, policyState }: Judged): readonly string[] {
  const { mode, onUnknown } = snapshot.policy;
  const setting = markdownCode(policySetting(mode, onUnknown));
  if (policyState?.state !== "in-force") return [`- ${setting}`];
  const { stale, problems } = policyState;
  const rows = [`- ${setting}`];
  if (stale !== "no") rows.push(`- ${policyStale(stale)}`);
  const shown = policyProblemRows(problems.slice(0, PROBLEMS_SHOWN), snapshot.repository);
  const rest = problems.length - shown.length;
  return [...rows, ...shown.map((row) => `  - ${row}`), ...(rest > 0 ? [`  - ${andMore(rest)}`] : [])];
}

/** Of a name that a policy's author chose; it may hold anything. */
function unheardRows({ unheard = [] }: Judged): readonly string[] {
  const shown = unheard.slice(0, PROBLEMS_SHOWN).map(({ name, heardAt }) => {
    const check = markdownCode(name);
    return heardAt === null ? unmatchedCheck(check) : silentCheck(check, markdownCode(moment(heardAt)));
  });
  const rest = unheard.length - shown.length;
  return [...shown, ...(rest > 0 ? [andMore(rest)] : [])].map((row) => `- ${row}`);
}

/** Names of branches and contexts are other people's. */
function pinRows({ pin }: Judged): readonly string[] {
  if (pin === undefined || pin.state === "pinned") return [];
  const branch = markdownCode(pin.branch);
  if (pin.state === "unseen") return [`- ${pinUnseen(branch)}`];
  return [`- ${pinMissing(pin.contexts.map((context) => markdownCode(context)).join(", "), branch)}`];
}

function jiraRows({ snapshot }: Judged): readonly string[] {
  const { tickets } = snapshot;
  if (tickets.state === "off") return [`- ${jiraOff(tickets.because)}`];
  const answers = [...tickets.answers.values()];
  const answered = answers.filter(({ state }) => state !== "unknown").length;
  return [`- ${jiraAnswered(answered, answers.length)}`];
}
