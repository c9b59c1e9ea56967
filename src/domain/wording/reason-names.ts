import { visibleText } from "../escape/visible-text.ts";
import { UNKNOWN_CODES } from "../model.ts";
import { listed, quoted } from "./counted.ts";
import { reasonOfUnknown } from "./unread.ts";

const CODE_LIMIT = 80;

const NAMES: Readonly<Record<string, string>> = {
  behind: "it is behind what is live",
  "commit-not-found": "GitHub does not have the commit",
  "commits-outside": "a ticket has work outside the deploy",
  diverged: "work that is live would be lost",
  "environment-not-in-policy": "the policy does not name the environment",
  expired: "a deferred check is past its deadline",
  "expiry-unverified": "a deadline could not be verified",
  "field-empty": "a field of a ticket is empty",
  "fork-not-asked": "a fork's pull request waits for “/holdpoint check”",
  halt: "somebody halted deploys",
  moved: "a ticket has another key now",
  "never-live": "the commit was never live there",
  "no-policy": "there is no policy",
  "no-result": "a required check has no result",
  "no-such-commit": "there is no such commit",
  "no-such-field": "Jira does not have a field of the policy",
  "no-ticket": "a commit carries no ticket",
  "not-attributed": "it is not known which commit carries which ticket",
  "not-found": "Jira does not show a ticket",
  "not-green": "a required check is not green",
  "not-judged": "the commit was not judged yet",
  "not-on-deploy-branch": "the commit is not on the deploy branch",
  "open-pull-request": "a ticket has an open pull request",
  override: "an override lifted what held it",
  "parent-not-found": "Jira does not show a ticket's parent",
  "policy-unusable": "the policy cannot be used",
  rollback: "it goes back to what was live before",
  running: "a required check is still running",
  stale: "what was known was too old",
  "status-not-allowed": "a ticket's status may not go out",
};

/** A reason by the code that is kept of it, as a clause. A code that is not known here is shown as it is. */
export function reasonName(code: string): string {
  const unread = UNKNOWN_CODES.find((one) => one === code);
  if (unread !== undefined) return reasonOfUnknown(unread);
  return Object.hasOwn(NAMES, code) ? (NAMES[code] ?? code) : visibleText(code, CODE_LIMIT);
}

/** Several, each as what was lifted: `“a commit carries no ticket”, “somebody halted deploys”`. */
export function liftedReasons(codes: readonly string[]): string {
  return listed(codes.map((code) => quoted(reasonName(code))));
}
