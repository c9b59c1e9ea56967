import type { Finding } from "../finding.ts";
import { groupBy } from "../group-by.ts";
import type { ChangeSet, Commit, CommitSha, PullRequest, TicketKey } from "../model.ts";
import type { CommitMessage, DeploySnapshot } from "../snapshot.ts";
import { attributeTickets } from "../tickets/attribute.ts";
import type { CarriedTicket } from "../tickets/carriage.ts";
import { projectOf } from "../tickets/key.ts";
import {
  allWorkIsHere,
  elsewhereNotRead,
  nothingAsked,
  ticketsWithCommitsOutside,
  ticketsWithOpenPullRequests,
} from "../wording/rules.ts";
import { reasonInFull, reasonOfUnknown } from "../wording/unread.ts";
import { type ChangesRule, complaintsOr, failed, keysGoingOut, passed, unknown, warned } from "./rule.ts";

const rule = "ticket-complete";

/** Half a ticket that goes out surprises people: the other half is an open pull request, or not on the branch. */
export const ticketComplete: ChangesRule<DeploySnapshot> = {
  name: rule,
  question: "Does all the work of every ticket go out together?",
  dependsOn: ["pushes", "pull-requests", "policy"],
  reads: "changes",
  evaluate: (snapshot, carriage) => {
    const { complete } = snapshot.policy.tickets;
    if (complete === "off") return [passed({ rule, code: "off", message: nothingAsked() })];
    const complain = complete === "hold" ? failed : warned;
    const going = new Set(keysGoingOut(carriage));
    const complaints = [
      ...openPullRequests(snapshot, going, complain),
      ...outside(snapshot, going, complain),
      ...unread(snapshot, complete === "hold" ? unknown : warned),
    ];
    return complaintsOr(complaints, passed({ rule, code: "ok", message: allWorkIsHere() }));
  },
};

type Complain = typeof failed;

function openPullRequests(
  snapshot: DeploySnapshot,
  going: ReadonlySet<TicketKey>,
  complain: Complain,
): readonly Finding[] {
  if (snapshot.openPullRequests.state !== "known") return [];
  const here = commitsHere(snapshot);
  // A pull request whose head goes out anyway is the deploy's own, from the deploy branch to production.
  const open = snapshot.openPullRequests.value.filter(({ headSha }) => !here.has(headSha));
  const byHead = groupBy(open, ({ headSha }) => headSha);
  const heads = [...byHead.keys()].map((sha) => changeOf({ sha, message: "" }));
  const carried = carriedBy(snapshot, going, heads, byHead);
  if (carried.length === 0) return [];
  const tickets = carried.map(({ key }) => key);
  const carrying = new Set(carried.flatMap(({ commits }) => commits));
  const numbers = open.filter(({ headSha }) => carrying.has(headSha)).map(({ number }) => number);
  const message = ticketsWithOpenPullRequests(tickets, numbers);
  return [complain({ rule, code: "open-pull-request", message, tickets })];
}

function outside(
  snapshot: DeploySnapshot,
  going: ReadonlySet<TicketKey>,
  complain: Complain,
): readonly Finding[] {
  if (snapshot.outside.state !== "known") return [];
  const carried = carriedBy(snapshot, going, snapshot.outside.value.map(changeOf), new Map());
  if (carried.length === 0) return [];
  const tickets = carried.map(({ key }) => key);
  const message = ticketsWithCommitsOutside(tickets);
  return [complain({ rule, code: "commits-outside", message, tickets })];
}

function unread(snapshot: DeploySnapshot, say: Complain): readonly Finding[] {
  const facts = [snapshot.openPullRequests, snapshot.outside];
  return facts.flatMap((fact) =>
    fact.state === "unknown"
      ? [
          say({
            rule,
            code: fact.because,
            message: elsewhereNotRead(reasonInFull(fact)),
            publicMessage: elsewhereNotRead(reasonOfUnknown(fact.because)),
          }),
        ]
      : [],
  );
}

function commitsHere({ head, changeSet }: DeploySnapshot): ReadonlySet<CommitSha> {
  const commits = changeSet.state === "known" ? changeSet.value.commits : [];
  return new Set([head, ...commits.map(({ sha }) => sha)]);
}

function changeOf({ sha, message }: CommitMessage): Commit {
  return {
    sha,
    parents: [],
    tree: "",
    message,
    author: { login: null, name: "", proven: false },
    committedAt: "",
    ownChange: "unknown",
  };
}

/**
 * Which of the tickets that go out are carried there too, read with the same eyes: reverted work carries
 * nothing, mentions do not count. Only the projects of those tickets matter, so no Jira has to be asked.
 */
function carriedBy(
  { head, policy }: DeploySnapshot,
  going: ReadonlySet<TicketKey>,
  commits: readonly Commit[],
  pullRequests: ReadonlyMap<CommitSha, readonly PullRequest[]>,
): readonly CarriedTicket[] {
  const changeSet: ChangeSet = {
    base: null,
    head,
    relation: "ahead",
    aheadBy: commits.length,
    behindBy: 0,
    commits,
    lost: [],
    pullRequests,
    knowsPullRequests: pullRequests.size > 0,
  };
  const projects = [...new Set([...going].map(projectOf))];
  const { tickets } = attributeTickets({
    changeSet,
    policy: { ...policy.tickets, projects },
    knownProjects: null,
    live: [],
  });
  return tickets.filter(({ key, reverted }) => going.has(key) && !reverted);
}
