import type { Reading, UnknownCode } from "../model.ts";

type Unread = Extract<Reading<unknown>, { state: "unknown" }>;

const REASONS: Readonly<Record<UnknownCode, string>> = {
  "github-unreachable": "GitHub did not answer",
  "github-rate-limited": "GitHub's rate limit is used up",
  "github-forbidden": "GitHub does not let Holdpoint read it",
  "github-inconsistent": "GitHub's answers contradict each other",
  "jira-unreachable": "Jira cannot be reached",
  "jira-timeout": "Jira did not answer in time",
  "jira-unauthorized": "Jira refused Holdpoint's credentials",
  "jira-forbidden": "Jira forbids Holdpoint to read it",
  "jira-gone": "Jira no longer has the address that Holdpoint asked",
  "jira-rate-limited": "Jira's rate limit is used up",
  "jira-server-error": "Jira answered with an error of its own",
  "jira-not-json": "Jira answered with a page instead of data",
  "jira-captcha": "Jira asks Holdpoint's user to solve a captcha first",
  "jira-incomplete": "Jira's answer broke off before its end",
  "jira-no-endpoint": "Jira does not have the address that Holdpoint asked",
  "jira-redirected": "Jira sent Holdpoint to another address, which it does not follow",
  "jira-too-large": "Jira's answer is too large",
  "jira-unexpected": "Jira answered with something unexpected",
  "jira-capped": "there are more tickets than Holdpoint asks Jira for in one check",
  truncated: "GitHub gave fewer commits than it counted",
  "unrelated-histories": "the two histories have nothing in common",
  "branch-not-found": "the branch does not exist",
  "policy-unreadable": "the policy could not be read",
};

/** Why a fact is unknown, in words: `Jira did not answer in time`. */
export function reasonOfUnknown(because: UnknownCode): string {
  return REASONS[because];
}

/**
 * The reason with what was seen. Not for public repositories: it may name hosts. It does not say when it is asked
 * again: that is another moment after each look, and what is posted would change with it for as long as an outage lasts.
 */
export function reasonInFull({ because, detail }: Unread): string {
  return detail === "" ? REASONS[because] : `${REASONS[because]} (${detail})`;
}
