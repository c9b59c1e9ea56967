import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import { issueMark, type SeenIssue, type Sight, watchMark } from "../domain/sight.ts";
import type { Watch } from "../domain/watch.ts";
import type { Log } from "../log.ts";
import type { ListedComment, ReadsSights } from "../ports/sights.ts";
import { unlessForbidden } from "./unless-forbidden.ts";

/** Lists overlap by so much: GitHub's times are whole seconds, and what changed just now may not be listed yet. */
const OVERLAP = 60_000;

export interface SightTaken {
  readonly sight: Sight;
  /** Issues and pull requests that are listed as changed since the sight before, a little of it included. */
  readonly issues: readonly SeenIssue[];
  readonly comments: readonly ListedComment[];
}

export interface SightWanted {
  readonly repository: RepositoryFacts;
  readonly watch: Watch;
  readonly organisation: string | null;
  /** null: the repository was never compared. */
  readonly before: Sight | null;
  readonly at: Date;
}

/** Reads what a reconciliation compares. Faults rise: what could not be seen is compared the next time. */
export async function takeSight(
  github: ReadsSights,
  log: Pick<Log, "warn">,
  wanted: SightWanted,
): Promise<SightTaken> {
  const { repository, watch, organisation, before, at } = wanted;
  function allowed<Read>(what: string, read: () => Promise<Read>, otherwise: Read): Promise<Read> {
    return unlessForbidden(log, { repository: repository.id, what }, read, otherwise);
  }
  const branches = new Set([
    repository.defaultBranch,
    ...(watch.governed ? [watch.trunk, watch.deployBranch, ...watch.baseBranches] : []),
  ]);
  const heads: Record<string, CommitSha | null> = {};
  for (const branch of branches) {
    if (branch !== "") heads[branch] = await github.readHead(repository, branch);
  }
  const from = at.toISOString();
  const since = { issues: before?.issuesSince ?? from, comments: before?.commentsSince ?? from };
  if (!watch.governed) {
    const sight = {
      watch: watchMark(watch, repository),
      heads,
      organisation,
      deployments: {},
      checks: "",
      issues: {},
    };
    return { sight: { ...sight, issuesSince: from, commentsSince: from }, issues: [], comments: [] };
  }
  const deployments: Record<string, string> = {};
  for (const environment of watch.baseEnvironments) {
    deployments[environment] = await allowed(
      "deployments",
      () => github.readDeploymentMark(repository, environment),
      "",
    );
  }
  const head = heads[watch.deployBranch] ?? null;
  const checks =
    watch.requiredChecks && head !== null
      ? await allowed("checks", () => github.readCheckMark(repository, head), "")
      : "";
  const issues = await allowed(
    "issues",
    () => github.listChangedIssues(repository, new Date(since.issues)),
    [],
  );
  const comments = await allowed(
    "comments",
    () => github.listComments(repository, new Date(since.comments)),
    [],
  );
  return {
    sight: {
      watch: watchMark(watch, repository),
      heads,
      organisation,
      deployments,
      checks,
      issues: Object.fromEntries(issues.map((issue) => [String(issue.number), issueMark(issue)])),
      issuesSince: newest(issues, since.issues),
      commentsSince: newest(comments, since.comments),
    },
    issues,
    comments,
  };
}

/** Where the next list begins. It stays while nothing changes, so that the same question is asked again. */
function newest(items: readonly { readonly updatedAt: Date }[], since: string): string {
  const times = items.map(({ updatedAt }) => updatedAt.getTime() - OVERLAP);
  return new Date(Math.max(Date.parse(since), ...times)).toISOString();
}
