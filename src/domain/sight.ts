import type { CommitSha, RepositoryFacts } from "./model.ts";
import type { Watch } from "./watch.ts";

/** What a reconciliation saw of a repository: short texts that change when the thing does. */
export interface Sight {
  /** What it was seen for: `watchMark`. */
  readonly watch: string;
  /** By branch; null: there is none of that name. */
  readonly heads: Readonly<Record<string, CommitSha | null>>;
  /** The head of the default branch of the organisation's `.github` repository, where the defaults are; null: not known. */
  readonly organisation: string | null;
  /** By environment. */
  readonly deployments: Readonly<Record<string, string>>;
  /** The results on the deploy head; "": none are required. */
  readonly checks: string;
  /** Issues and pull requests that changed lately, by number. */
  readonly issues: Readonly<Record<string, string>>;
  /** ISO 8601: what changed later is not known yet. */
  readonly issuesSince: string;
  readonly commentsSince: string;
}

export interface SeenIssue {
  readonly number: number;
  readonly onPullRequest: boolean;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  readonly comments: number;
  readonly updatedAt: Date;
}

/** What differs from the sight before; each leads to looks. */
export interface Difference {
  readonly deploy: boolean;
  readonly trunk: boolean;
  /** Issues and pull requests that are not as they were. */
  readonly issues: readonly SeenIssue[];
}

/** A sight's text of an issue; the same second can hold two changes. */
export function issueMark({ state, labels, comments, updatedAt }: SeenIssue): string {
  return JSON.stringify([updatedAt.toISOString(), state, labels.toSorted(), comments]);
}

/**
 * What everything that is shown depends on: the watch, the names in its links, and whether strangers read it. The same text for
 * the same things, in whatever order they were named.
 */
export function watchMark(
  watch: Watch,
  { owner, name, private: isPrivate }: Pick<RepositoryFacts, "owner" | "name" | "private">,
): string {
  const named = Object.entries(watch).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([owner, name, isPrivate, named]);
}

export function compareSights(
  before: Sight,
  now: Sight,
  watch: Pick<Watch, "deployBranch" | "baseBranches" | "trunk">,
  issues: readonly SeenIssue[],
  defaultBranch: string,
): Difference {
  const moved = differing(before.heads, now.heads);
  const changed = issues.filter((issue) => before.issues[issue.number] !== issueMark(issue));
  return {
    deploy:
      [watch.deployBranch, defaultBranch, ...watch.baseBranches].some((branch) => moved.includes(branch)) ||
      differing(before.deployments, now.deployments).length > 0 ||
      before.checks !== now.checks ||
      changed.some(({ onPullRequest }) => onPullRequest),
    trunk: moved.includes(watch.trunk),
    issues: changed,
  };
}

function differing(
  before: Readonly<Record<string, string | null>>,
  now: Readonly<Record<string, string | null>>,
): readonly string[] {
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
}
