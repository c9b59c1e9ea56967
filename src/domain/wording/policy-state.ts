import { cutCodePoints, visibleText } from "../escape/visible-text.ts";
import type { PolicyProblem } from "../policy.ts";
import { counted } from "./counted.ts";
import { STATUS_LENGTH } from "./status.ts";

const FILE = ".github/holdpoint.yml";

/** Said where the policy in force is not the one that stands in the repository. `kept`: an older one is in force. */
export function policyUnreadable(detail: string, kept: boolean): string {
  const stays = kept ? " What was last read stays in force; it" : " It";
  return `The file could not be read (${detail}).${stays} is tried again at the next change and every few minutes.`;
}

/** `.github/holdpoint.yml:3:5`, as editors and compilers write it. */
export function policyPlace({ line, column }: PolicyProblem): string {
  return `${FILE}:${line}:${column}`;
}
export function ofTheOrganisation(): string {
  return "of the organisation's defaults";
}
/** In public repositories: the organisation's file may be private. */
export function problemNotShown(): string {
  return "is wrong; what stands there is not shown in a public repository";
}

/** The status of a repository whose policy was never usable: where the first problem is and what it is. */
export function policyUnusableStatus(
  problems: readonly PolicyProblem[],
  { why, shows }: { readonly why: "invalid" | "unreadable"; readonly shows: (one: PolicyProblem) => boolean },
): string {
  const [first, ...others] = problems;
  if (first === undefined) return `could not verify: ${FILE} cannot be used`;
  const whose = first.file === "organisation" ? "the organisation's " : "";
  const line = why === "unreadable" ? "" : ` line ${first.line}`;
  const start = `could not verify: ${whose}${FILE}${line}`;
  const end = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const said = shows(first) ? `: ${visibleText(first.message, STATUS_LENGTH)}` : "";
  return `${cutCodePoints(`${start}${said}`, STATUS_LENGTH - end.length)}${end}`;
}
export function policyUnusableHeadline(why: "invalid" | "unreadable", problems: number): string {
  return why === "unreadable"
    ? "Could not verify: the policy cannot be read."
    : `Could not verify: the policy has ${counted(problems, "problem")}.`;
}
export function policyUnusableIntroduction(): string {
  return "Nothing is checked until it can be used; a mended file takes effect as soon as it is on the default branch.";
}
/** A command of ours, in Markdown that is safe. */
export function policyCheckCommand(): string {
  return `\`holdpoint policy check ${FILE}\` says the same before a push.`;
}

/** In a report: a newer file is not in force, and why. */
export function newerPolicyRefused(place: string): string {
  return `**The newest policy is not in force.** ${place}`;
}
