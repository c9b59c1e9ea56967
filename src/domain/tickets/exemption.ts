import type { Commit, CommitSha, TicketKey } from "../model.ts";
import type { TicketPolicy } from "../policy.ts";
import type { Exemption } from "./carriage.ts";
import type { MatchedReverts } from "./match-reverts.ts";
import type { ReadCommit } from "./read-change-set.ts";

interface ExemptionQuestion {
  readonly commits: readonly ReadCommit[];
  readonly carried: ReadonlyMap<CommitSha, readonly TicketKey[]>;
  readonly reverts: MatchedReverts;
  readonly policy: Pick<TicketPolicy, "require" | "exempt">;
  /** A local clone knows no logins: author names stand in for them there. */
  readonly knowsLogins: boolean;
}

/** The commits that need no ticket, whether they carry one or not, each with the first reason that holds. */
export function findExemptions(question: ExemptionQuestion): readonly Exemption[] {
  const covered = coveredPullRequests(question);
  return question.commits.flatMap((read): readonly Exemption[] => {
    const because = whyExempt(read, question, covered);
    return because === null ? [] : [{ sha: read.commit.sha, because }];
  });
}

function whyExempt(
  { commit, message, pullRequests }: ReadCommit,
  { policy, reverts, knowsLogins }: ExemptionQuestion,
  covered: ReadonlySet<number>,
): Exemption["because"] | null {
  if (commit.parents.length > 1 && commit.ownChange !== "some") return "merge";
  if (isExemptAuthor(commit.author, policy.exempt.authors, knowsLogins)) return "author";
  if (policy.exempt.subjects.some((prefix) => startsWithWord(message.lines.subject, prefix)))
    return "subject";
  if (reverts.takenBack.has(commit.sha)) return "reverted";
  if (reverts.targets.has(commit.sha) && isRevert(message)) return "revert";
  if (policy.require === "off") return "require-off";
  return pullRequests.some(({ number }) => covered.has(number)) ? "pull-request" : null;
}

/** A squash that also takes something back is more than a revert. */
function isRevert({ claim }: ReadCommit["message"]): boolean {
  return claim !== null && (claim.bySubject || claim.shas.length > 0);
}

/** Where each pull request needs a ticket: those that carry one, by title, branch or any of their commits. */
function coveredPullRequests({ commits, carried, policy }: ExemptionQuestion): ReadonlySet<number> {
  if (policy.require !== "pull-request") return new Set();
  return new Set(
    commits.flatMap(({ commit, pullRequests }) =>
      carried.get(commit.sha)?.at(0) === undefined ? [] : pullRequests.map(({ number }) => number),
    ),
  );
}

function isExemptAuthor(author: Commit["author"], exempt: readonly string[], knowsLogins: boolean): boolean {
  if (!knowsLogins) return exempt.includes(author.name);
  if (!author.proven || author.login === null) return false;
  const login = author.login.toLowerCase();
  return exempt.some((name) => name.toLowerCase() === login);
}

/** `MINOR` begins "MINOR: text" and "MINOR", not "MINORITY report" and not "Minor: text". */
export function startsWithWord(subject: string, prefix: string): boolean {
  return prefix !== "" && subject.startsWith(prefix) && !/^\p{L}/u.test(subject.slice(prefix.length));
}
