import { cutCodePoints, visibleText } from "../escape/visible-text.ts";
import type { Decision } from "../decision.ts";
import type { Finding } from "../finding.ts";
import { counted, listed, shortSha } from "./counted.ts";

/** GitHub refuses a longer description with 422. */
export const STATUS_LENGTH = 140;

export interface StatusFacts {
  readonly decision: Decision;
  readonly findings: readonly Finding[];
  /** Whether what Jira says may be shown. */
  readonly private: boolean;
  /** What is said when nothing is wrong: `production: 5 commits, 3 tickets`. */
  readonly contents: string;
}

/** The description of a commit status: what matters first, at most `limit` code points, no Markdown. */
export function statusText(facts: StatusFacts, limit: number = STATUS_LENGTH): string {
  const { decision, contents } = facts;
  const fails = saysOf(facts, ({ outcome }) => outcome === "fail");
  const unknowns = saysOf(facts, ({ outcome }) => outcome === "unknown");
  const warnings = saysOf(facts, ({ warning }) => warning);
  if (decision.because === "observe") {
    return decision.wouldBe === "held"
      ? fit("observing only, would be held: ", fails, limit)
      : fit("observing only, could not verify: ", unknowns, limit);
  }
  if (decision.because === "on-unknown") {
    return fit("not verified, let through by on_unknown: allow: ", unknowns, limit);
  }
  if (decision.state === "held") return fit("", fails, limit);
  if (decision.state === "unknown") return fit("could not verify: ", unknowns, limit);
  return warnings.length === 0
    ? cutCodePoints(contents, limit)
    : fit(`${contents}; to know: `, warnings, limit);
}

export function deployContents(environment: string, commits: number, tickets: number): string {
  const what = commits === 0 ? "nothing new" : `${counted(commits, "commit")}, ${counted(tickets, "ticket")}`;
  return `${visibleText(environment, 40)}: ${what}`;
}
export function firstDeployContents(environment: string): string {
  return `${visibleText(environment, 40)}: first deployment, tickets are only listed`;
}
export function pullRequestContents(tickets: readonly string[]): string {
  return tickets.length === 0
    ? "no ticket needed"
    : `${counted(tickets.length, "ticket")}: ${listed(tickets)}`;
}
export function jiraNotAsked(contents: string): string {
  return `${contents}; Jira not asked`;
}

interface Say {
  readonly whole: string;
  /** Without the list at its end. */
  readonly short: string;
}

function saysOf(facts: StatusFacts, isMeant: (finding: Finding) => boolean): readonly Say[] {
  const says = new Map<string, Say>();
  for (const finding of facts.findings.filter(isMeant)) {
    const said = facts.private ? finding.message : finding.publicMessage;
    if (!says.has(said)) says.set(said, { whole: said, short: withoutList(said, finding) });
  }
  return [...says.values()];
}

/** A finding's sentence without the tickets or commits at its end. */
export function withoutList(
  said: string,
  { tickets, commits }: Pick<Finding, "tickets" | "commits">,
): string {
  const ends = [listed(tickets), listed(commits.map(shortSha))].map((list) => `: ${list}`);
  const end = ends.find((one) => one !== ": " && said.endsWith(one));
  return end === undefined ? said : said.slice(0, -end.length);
}

/** Lists are given up from the last to the first before any complaint is. */
function fit(start: string, says: readonly Say[], limit: number): string {
  for (let whole = says.length; whole >= 0; whole -= 1) {
    const parts = says.map((say, index) => (index < whole ? say.whole : say.short));
    const text = start + visibleText(parts.join("; "), limit * 4);
    if (Array.from(text).length <= limit) return text;
  }
  return cutCodePoints(start + visibleText(says.map(({ short }) => short).join("; "), limit * 4), limit);
}
