import type { Finding } from "../finding.ts";
import type { CommitSha } from "../model.ts";
import type { Snapshot } from "../snapshot.ts";
import { attributeTickets } from "../tickets/attribute.ts";
import type { Carriage } from "../tickets/carriage.ts";
import { projectOf } from "../tickets/key.ts";
import { isStandard } from "../tickets/standards.ts";
import {
  commitsWithoutTicket,
  everyCommitHasItsTicket,
  nothingAsked,
  ticketsNotTold,
} from "../wording/rules.ts";
import { reasonInFull, reasonOfUnknown } from "../wording/unread.ts";
import { type ChangesRule, complaintsOr, failed, passed, unknown } from "./rule.ts";

const rule = "ticket-present";

/**
 * Attribution has already left out what needs no ticket: merges, reverts, exempt authors and subjects. Where
 * Jira should say which projects exist and does not answer, a commit that would carry a ticket if the prefix
 * were a project is unknown: its author did nothing wrong that anybody could know of.
 */
export const ticketPresent: ChangesRule<Snapshot> = {
  name: rule,
  question: "Does every commit carry a ticket?",
  dependsOn: ["pushes", "pull-requests", "policy"],
  reads: "changes",
  evaluate: (snapshot, carriage) => {
    if (snapshot.policy.tickets.require === "off") {
      return [passed({ rule, code: "off", message: nothingAsked() })];
    }
    const doubtful = carryPerhaps(snapshot, carriage);
    const without = carriage.unticketed.filter((sha) => !doubtful.has(sha));
    const complaints: Finding[] = [];
    if (without.length > 0) {
      const message = commitsWithoutTicket(without);
      complaints.push(failed({ rule, code: "no-ticket", message, commits: without }));
    }
    complaints.push(...notTold(snapshot, [...doubtful]));
    return complaintsOr(complaints, passed({ rule, code: "ok", message: everyCommitHasItsTicket() }));
  },
};

function notTold({ projects }: Snapshot, commits: readonly CommitSha[]): readonly Finding[] {
  if (projects.state !== "unknown" || commits.length === 0) return [];
  return [
    unknown({
      rule,
      code: projects.because,
      message: ticketsNotTold(commits, reasonInFull(projects)),
      publicMessage: ticketsNotTold(commits, reasonOfUnknown(projects.because)),
      commits,
    }),
  ];
}

/** Commits without a ticket that would have one if every prefix seen here were a project's. */
function carryPerhaps(
  { projects, changeSet, policy }: Snapshot,
  { mentioned, tickets, unticketed }: Carriage,
): ReadonlySet<CommitSha> {
  if (projects.state !== "unknown" || changeSet.state !== "known") return new Set();
  const keys = [...mentioned, ...tickets.map(({ key }) => key)].filter((key) => !isStandard(key));
  const generous = attributeTickets({
    changeSet: changeSet.value,
    policy: { ...policy.tickets, projects: [...new Set(keys.map(projectOf))] },
    knownProjects: null,
    live: [],
  });
  const surelyWithout = new Set(generous.unticketed);
  return new Set(unticketed.filter((sha) => !surelyWithout.has(sha)));
}
