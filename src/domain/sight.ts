import type { CommitSha } from "./model.ts";
import type { Watch } from "./watch.ts";

/** What a reconciliation saw of a repository: short texts that change when the thing does. */
export interface Sight {
  /** What it was seen for. */
  readonly watch: Watch;
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
  /** The policy, or what it stands on: everything is looked at again. */
  readonly everything: boolean;
  readonly deploy: boolean;
  readonly trunk: boolean;
  /** Issues and pull requests that are not as they were. */
  readonly issues: readonly SeenIssue[];
}

/** A sight's text of an issue; the same second can hold two changes. */
export function issueMark({ state, labels, comments, updatedAt }: SeenIssue): string {
  return JSON.stringify([updatedAt.toISOString(), state, labels.toSorted(), comments]);
}

export function compareSights(
  before: Sight,
  now: Sight,
  issues: readonly SeenIssue[],
  defaultBranch: string,
): Difference {
  const moved = Object.keys({ ...before.heads, ...now.heads }).filter(
    (branch) => before.heads[branch] !== now.heads[branch],
  );
  const changed = issues.filter((issue) => before.issues[issue.number] !== issueMark(issue));
  const { watch } = now;
  return {
    everything:
      JSON.stringify(before.watch) !== JSON.stringify(watch) || before.organisation !== now.organisation,
    deploy:
      [watch.deployBranch, defaultBranch, ...watch.baseBranches].some((branch) => moved.includes(branch)) ||
      JSON.stringify(before.deployments) !== JSON.stringify(now.deployments) ||
      before.checks !== now.checks ||
      changed.some(({ onPullRequest }) => onPullRequest),
    trunk: moved.includes(watch.trunk),
    issues: changed,
  };
}
