import type { Decision } from "../decision.ts";
import { visibleText } from "../escape/visible-text.ts";
import type { Verdict } from "../finding.ts";
import type { DeploySnapshot } from "../snapshot.ts";

export function explainHelp(): string {
  return `holdpoint explain OWNER/NAME [--environment E] [--sha REF] [--json]

Says why: takes the same facts as Holdpoint itself, asks every rule, and prints each answer with the values
seen. Nothing is stored and nothing is posted. With the App's settings, or GITHUB_TOKEN.
Exit code 0: open. 1: held. 2: unknown, or it could not be asked.
`;
}

export function oneRepositoryWanted(): string {
  return "holdpoint: name one repository: OWNER/NAME. See --help.\n";
}

/** A tree of findings: the decision, then each rule with its answers. */
export function explanation({
  repository,
  snapshot,
  verdict,
  decision,
}: {
  readonly repository: string;
  readonly snapshot: DeploySnapshot;
  readonly verdict: Verdict;
  readonly decision: Decision;
}): string {
  const { base, head, environment } = snapshot;
  const live = base.state === "known" ? `${base.value.label} at ${base.value.sha.slice(0, 9)}` : base.state;
  const would =
    decision.state === decision.wouldBe ? "" : ` (would be ${decision.wouldBe}: ${decision.because})`;
  const rules = new Map<string, string[]>();
  for (const { rule, outcome, code, message } of verdict.findings) {
    const lines = rules.get(rule) ?? [];
    lines.push(`    ${outcome.padEnd(7)} ${code}: ${visibleText(message, 2_000)}`);
    rules.set(rule, lines);
  }
  return [
    `${repository} at ${head.slice(0, 9)} to ${environment}: ${decision.state}${would}`,
    `  live: ${live}`,
    ...[...rules].flatMap(([rule, lines]) => [`  ${rule}`, ...lines]),
    ...verdict.skipped.map((rule) => `  ${rule}\n    skipped`),
    "",
  ].join("\n");
}
