import type { PolicyProblem } from "../policy.ts";

export function checkHelp(): string {
  return `holdpoint check --git PATH --base REF --head REF [--policy FILE] [--offline] [--json]
holdpoint check --repo OWNER/NAME [--base REF --head REF] [--json]

Lists what would go out between base and head, reads its tickets, and says whether it may.

--git     a local clone, bare or with a work tree; nothing is fetched and nothing is written. The policy is
          --policy FILE, or none: then every commit must carry a ticket and nothing live may be lost.
--repo    a repository on GitHub, with the App's settings or GITHUB_TOKEN; the policy is the one on its
          default branch. Without --base and --head: what its main environment runs, and the deploy branch.
--offline asks no Jira. Without Jira settings it is not asked either; the rules that need it are “skipped”.
--json    the whole result, schema holdpoint.check/1.

Exit code 0: may go. 1: held. 2: could not tell.
`;
}

export function checkModeUnclear(): string {
  return "holdpoint: name either a clone (--git PATH) or a repository on GitHub (--repo OWNER/NAME). See --help.\n";
}

export function checkNeeds(option: string): string {
  return `holdpoint: ${option} is missing: a branch, a tag or a commit. See --help.\n`;
}

export function repositoryMalformed(given: string): string {
  return `holdpoint: “${given}” is no repository: write OWNER/NAME.\n`;
}

export function repositoryNotFound(name: string): string {
  return `holdpoint: ${name} was not found, or the App or token may not see it. Check the name and, for the App, that it is installed there.\n`;
}

export function refNotFound(option: string, ref: string): string {
  return `holdpoint: ${option} “${ref}” is no branch, tag or commit of that repository.\n`;
}

export function noPolicyThere(name: string): string {
  return `holdpoint: ${name} has no policy (.github/holdpoint.yml on its default branch, or in the organisation's .github repository). Give --base and --head to check a range without one.\n`;
}

export function policyFileThere({ file }: Pick<PolicyProblem, "file">): string {
  return file === "organisation" ? "the organisation's .github/holdpoint.yml" : ".github/holdpoint.yml";
}

export function policyUnusableThere(name: string): string {
  return `holdpoint: the policy of ${name} cannot be used:\n`;
}

export function noEnvironmentThere(name: string): string {
  return `holdpoint: the policy of ${name} names no environments, so there is nothing to compare with. Give --base and --head, or add deploy.environments.\n`;
}

export function environmentUnknown(environment: string, known: readonly string[]): string {
  return `holdpoint: the policy knows no environment “${environment}”; it names ${known.join(", ")}.\n`;
}

export function headUnreadable(detail: string): string {
  return `holdpoint: the head of the deploy branch could not be read (${detail}).\n`;
}
