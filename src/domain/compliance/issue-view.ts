import type { Override } from "../gate/override.ts";
import type { CommitSha, RepositoryFacts } from "../model.ts";
import type { Policy } from "../policy.ts";
import type { ComplianceCase } from "./case.ts";

/** Somebody who is told, and why. A team is `org/slug`. */
export interface TaggedPerson {
  readonly kind: "person" | "team";
  /** Without the `@`. */
  readonly name: string;
  readonly because: "author" | "code-owner" | "owner";
}

/** A pull request of the range in which the check broke. */
export interface RangePullRequest {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly author: string | null;
}

/** A commit of the trunk in that range. */
export interface RangeCommit {
  readonly sha: CommitSha;
  readonly subject: string;
  readonly isMerge: boolean;
  /** The pull request that brought it; null where there is none. */
  readonly pullRequest: number | null;
}

/** After the last green, up to the first red. Computed once, when the issue opens, and kept. */
export interface RedRange {
  /** null: no green was found before it. */
  readonly after: CommitSha | null;
  readonly upTo: CommitSha;
  /** Newest first. `isMerge`: it has several parents, which `git revert` must be told about. */
  readonly commits: readonly RangeCommit[];
  readonly pullRequests: readonly RangePullRequest[];
  /** There is more than was read. */
  readonly incomplete: boolean;
}

/** Who is told of an issue. Above five authors they are listed without mention, and only the owners are tagged. */
export interface TaggedPeople {
  readonly tagged: readonly TaggedPerson[];
  /** Logins that are named, not mentioned. */
  readonly listed: readonly string[];
  /** The list of files was cut short, or CODEOWNERS could not be read. */
  readonly ownersMayBeIncomplete: boolean;
}

/** One compliance issue: all cases that began at one first red commit, and everything its text says. */
export interface IssueView {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly firstRed: CommitSha;
  readonly cases: readonly ComplianceCase[];
  readonly range: RedRange;
  readonly people: TaggedPeople;
  /** Overrides of its cases that are in force. */
  readonly overrides: readonly Override[];
  /** Where Holdpoint answers, and GitHub for browsers. */
  readonly publicUrl: string;
  readonly githubUrl: string;
  /** Where the cockpit answers; null, or left out: nobody can sign in there. */
  readonly cockpitUrl?: string | null;
}
