import { expect, test } from "vitest";
import type { Outcome } from "../../../src/domain/model.ts";
import { nextStep } from "../../../src/domain/wording/next-step.ts";

const again = "Holdpoint asks again by itself.";

test.each<[Outcome, string, string]>([
  [
    "fail",
    "no-ticket",
    "Put the ticket's key at the start of the pull request's title; that counts after the merge too.",
  ],
  [
    "fail",
    "not-found",
    "Correct the key in the pull request's title, or let Holdpoint's Jira user see the project.",
  ],
  [
    "unknown",
    "parent-not-found",
    "Let Holdpoint's Jira user see the parent, or fill in the field on the sub-task.",
  ],
  ["pass", "moved", "Nothing holds; write the new key from now on."],
  ["fail", "status-not-allowed", "Move the tickets on in Jira, or take their work out of this deploy."],
  [
    "fail",
    "field-empty",
    "Fill in the field in Jira, then press “Check again” if Holdpoint has not looked by itself.",
  ],
  [
    "unknown",
    "no-such-field",
    "Correct the field's name in the policy, or let Holdpoint's Jira user see the field.",
  ],
  [
    "pass",
    "open-pull-request",
    "Merge or close what is open, or make sure that half of the work can go out alone.",
  ],
  ["fail", "commits-outside", "Take the rest along, or make sure that half of the work can go out alone."],
  ["fail", "behind", "Deploy a newer commit, or bring what is live into the deploy branch."],
  ["pass", "behind", ""],
  [
    "fail",
    "diverged",
    "Bring what is live into the deploy branch, or set `deploy.allow_diverged` in the policy.",
  ],
  ["pass", "diverged", ""],
  ["fail", "not-green", "Mend what is red, or run it again if it was chance."],
  ["fail", "no-result", "Start the check for this commit, or correct its name in the policy."],
  ["unknown", "running", "Wait: Holdpoint looks again when it ends."],
  ["unknown", "fork-not-asked", "Read the change, then comment `/holdpoint check`."],
  ["unknown", "branch-not-found", "Make the branch, or correct its name in the policy."],
  [
    "unknown",
    "unrelated-histories",
    "Correct the branches in the policy: these two have no commit in common.",
  ],
  ["unknown", "commit-not-found", "Fetch or push the commit; after a force-push the next deploy mends it."],
  [
    "unknown",
    "github-forbidden",
    "Give the App the permission on its settings page, and accept it for the organisation.",
  ],
  [
    "unknown",
    "jira-unauthorized",
    "Whoever runs Holdpoint makes a new Jira token and sets it; the tickets may be fine.",
  ],
  [
    "unknown",
    "jira-captcha",
    "An administrator of Jira resets the failed log-ins of Holdpoint's account; the tickets may be fine.",
  ],
  [
    "unknown",
    "jira-forbidden",
    "An administrator of Jira lets Holdpoint's account, and its address, have access; the tickets may be fine.",
  ],
  [
    "unknown",
    "jira-no-endpoint",
    "Whoever runs Holdpoint corrects `JIRA_BASE_URL`, its context path, or the kind of Jira; the tickets may be fine.",
  ],
  [
    "unknown",
    "jira-redirected",
    "Whoever runs Holdpoint sets `JIRA_BASE_URL` to the final address; the tickets may be fine.",
  ],
  [
    "unknown",
    "jira-not-json",
    "Whoever runs Holdpoint checks `JIRA_BASE_URL`, and the log-in page or proxy that answers there; the tickets may be fine.",
  ],
  ["unknown", "jira-too-large", "Name fewer fields in the policy."],
  [
    "unknown",
    "jira-gone",
    "Whoever runs Holdpoint updates it: Jira removed a call that it makes; the tickets may be fine.",
  ],
  ["unknown", "jira-timeout", again],
  ["unknown", "github-unreachable", again],
  ["pass", "ok", ""],
])("%s %s", (outcome, code, step) => {
  expect(nextStep({ outcome, code })).toBe(step);
});
