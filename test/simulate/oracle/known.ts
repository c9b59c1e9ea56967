import type { CommitMade, Fact, JobSaid, PullRequestMerged, SimulatedPolicy, TicketIs } from "../fact.ts";

/** What is so in one repository after some of its facts; it is filled fact by fact, in their order. */
export interface Known {
  readonly repository: string;
  readonly commits: Map<string, CommitMade>;
  readonly branches: Map<string, string | null>;
  /** By run, attempt, commit and job: the newest that was said. */
  readonly jobs: Map<string, JobSaid & { readonly at: Date }>;
  /** By the commit with which they came. */
  readonly merged: Map<string, PullRequestMerged>;
  readonly tickets: Map<string, TicketIs["ticket"]>;
  readonly policies: { readonly at: Date; readonly policy: SimulatedPolicy | "missing" | "broken" }[];
  /** The line of first parents, oldest first, as it is now. */
  trunk: readonly string[];
  /** Whether Holdpoint is known to have read the policy as it is now. */
  policyRead: boolean;
}

export function knowNothing(repository: string): Known {
  return {
    repository,
    commits: new Map(),
    branches: new Map(),
    jobs: new Map(),
    merged: new Map(),
    tickets: new Map(),
    policies: [],
    trunk: [],
    policyRead: false,
  };
}

/** Facts of other repositories change nothing; tickets belong to all. */
export function learn(known: Known, fact: Fact): void {
  if ("repository" in fact && fact.repository !== known.repository) return;
  switch (fact.kind) {
    case "commit":
      known.commits.set(fact.sha, fact);
      return;
    case "branch":
      known.branches.set(fact.branch, fact.sha);
      if (fact.branch === "main") known.trunk = firstParents(known, fact.sha);
      return;
    case "job":
      known.jobs.set([fact.run, fact.attempt, fact.sha, fact.workflow, fact.job].join(" "), fact);
      return;
    case "merged":
      known.merged.set(fact.sha, fact);
      return;
    case "ticket":
      known.tickets.set(fact.key, fact.ticket);
      return;
    case "policy":
      known.policies.push({ at: fact.at, policy: fact.policy });
      known.policyRead = false;
      return;
    case "quiet":
      known.policyRead = true;
      return;
    case "repository":
    case "role":
    case "issue":
    case "comment":
  }
}

/** What the file says, or said before it was broken; null: it was broken from the beginning, or there is none. */
export function policyOf(known: Pick<Known, "policies">): SimulatedPolicy | null {
  const read = known.policies.findLast(({ policy }) => policy !== "broken");
  return read === undefined || read.policy === "missing" || read.policy === "broken" ? null : read.policy;
}

/** Whether one commit is the other one, or comes after it. */
export function ancestors(known: Pick<Known, "commits">, sha: string): ReadonlySet<string> {
  const found = new Set<string>();
  const todo = [sha];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    todo.push(...(known.commits.get(next)?.parents ?? []));
  }
  return found;
}

function firstParents(known: Known, head: string | null): readonly string[] {
  const line: string[] = [];
  for (let sha = head; sha !== null; sha = known.commits.get(sha)?.parents[0] ?? null) line.push(sha);
  return line.reverse();
}
