import type { Policy } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy.ts";
import { formatDuration } from "../domain/wording/policy-meaning.ts";

/** What is right but easily not meant: said once in the policy's report, never a problem. */
export function findNotes(policy: Policy): readonly string[] {
  return [
    ...(policy.deploy.environments.length === 0 ? [wording.noteNoEnvironments()] : []),
    ...(policy.mode === "observe" ? [wording.noteObserve()] : []),
    ...(policy.onUnknown === "allow" ? [wording.noteUnknownAllowed()] : []),
    ...(policy.tickets.require === "off" ? [wording.noteTicketsOff()] : []),
    ...findBasesThatAreDeployed(policy),
    ...findRemindersTooLate(policy),
  ];
}

function findBasesThatAreDeployed(policy: Policy): readonly string[] {
  const deployed = policy.deploy.branch ?? policy.trunk;
  return policy.deploy.environments.flatMap(({ name, base }) =>
    base.kind === "branch" && base.branch === deployed
      ? [wording.noteBaseIsDeployBranch(name, base.branch)]
      : [],
  );
}

function findRemindersTooLate({ deferred }: Policy): readonly string[] {
  return deferred.checks.flatMap(({ name, grace }) =>
    deferred.remind
      .filter((reminder) => reminder >= grace)
      .map((reminder) => wording.noteNoReminder(name, formatDuration(grace), formatDuration(reminder))),
  );
}
