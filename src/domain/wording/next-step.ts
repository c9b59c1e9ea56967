import type { Finding } from "../finding.ts";

/** Who can do what about a finding, in Markdown of our own; empty where nothing is to be done. */
export function nextStep({ code, outcome }: Pick<Finding, "code" | "outcome">): string {
  switch (code) {
    case "no-ticket":
      return "Put the ticket's key at the start of the pull request's title; that counts after the merge too.";
    case "not-found":
      return "Correct the key in the pull request's title, or let Holdpoint's Jira user see the project.";
    case "parent-not-found":
      return "Let Holdpoint's Jira user see the parent, or fill in the field on the sub-task.";
    case "moved":
      return "Nothing holds; write the new key from now on.";
    case "status-not-allowed":
      return "Move the tickets on in Jira, or take their work out of this deploy.";
    case "field-empty":
      return "Fill in the field in Jira, then press “Check again” if Holdpoint has not looked by itself.";
    case "no-such-field":
      return "Correct the field's name in the policy, or let Holdpoint's Jira user see the field.";
    case "open-pull-request":
      return "Merge or close what is open, or make sure that half of the work can go out alone.";
    case "commits-outside":
      return "Take the rest along, or make sure that half of the work can go out alone.";
    case "behind":
      return outcome === "fail" ? "Deploy a newer commit, or bring what is live into the deploy branch." : "";
    case "diverged":
      return outcome === "fail"
        ? "Bring what is live into the deploy branch, or set `deploy.allow_diverged` in the policy."
        : "";
    case "not-green":
      return "Mend what is red, or run it again if it was chance.";
    case "no-result":
      return "Start the check for this commit, or correct its name in the policy.";
    case "running":
      return "Wait: Holdpoint looks again when it ends.";
    case "fork-not-asked":
      return "Read the change, then comment `/holdpoint check`.";
    case "branch-not-found":
      return "Make the branch, or correct its name in the policy.";
    case "unrelated-histories":
      return "Correct the branches in the policy: these two have no commit in common.";
    case "commit-not-found":
      return "Fetch or push the commit; after a force-push the next deploy mends it.";
    case "github-forbidden":
      return "Give the App the permission on its settings page, and accept it for the organisation.";
    case "jira-unauthorized":
      return "Whoever runs Holdpoint makes a new Jira token and sets it; the tickets may be fine.";
    case "jira-captcha":
      return "An administrator of Jira resets the failed log-ins of Holdpoint's account; the tickets may be fine.";
    case "jira-forbidden":
      return "An administrator of Jira lets Holdpoint's account, and its address, have access; the tickets may be fine.";
    case "jira-no-endpoint":
      return "Whoever runs Holdpoint corrects `JIRA_BASE_URL`, its context path, or the kind of Jira; the tickets may be fine.";
    case "jira-redirected":
      return "Whoever runs Holdpoint sets `JIRA_BASE_URL` to the final address; the tickets may be fine.";
    case "jira-not-json":
      return "Whoever runs Holdpoint checks `JIRA_BASE_URL`, and the log-in page or proxy that answers there; the tickets may be fine.";
    case "jira-gone":
      return "Whoever runs Holdpoint updates it: Jira removed a call that it makes; the tickets may be fine.";
    case "jira-too-large":
      return "Name fewer fields in the policy.";
    default:
      return outcome === "unknown" ? "Holdpoint asks again by itself." : "";
  }
}
