import { markdownCode } from "../escape/markdown-code.ts";
import { markdownLink } from "../escape/markdown-link.ts";
import type { CommitSha } from "../model.ts";
import { shortSha } from "../wording/counted.ts";
import type { RedRun } from "./case.ts";
import type { IssueView, RangePullRequest } from "./issue-view.ts";

/** The repository's page for browsers. */
export function repositoryPage({
  githubUrl,
  repository,
}: Pick<IssueView, "githubUrl" | "repository">): string {
  return `${githubUrl}/${repository.owner}/${repository.name}`;
}

/** The trunk's name; the policy's, else the default branch. */
export function trunkOf({ policy, repository }: Pick<IssueView, "policy" | "repository">): string {
  return policy.trunk ?? repository.defaultBranch;
}

export function commitLink(view: Pick<IssueView, "githubUrl" | "repository">, sha: CommitSha): string {
  return markdownLink(markdownCode(shortSha(sha)), `${repositoryPage(view)}/commit/${sha}`);
}

/**
 * The run itself where it has a page, else its commit. Whoever may write statuses chooses where they lead: on GitHub only to a run of
 * this repository, for a link to an issue or a commit elsewhere is a reference to it.
 */
export function runLink(
  view: Pick<IssueView, "githubUrl" | "repository">,
  { sha, url }: Pick<RedRun, "sha" | "url">,
): string {
  const name = markdownCode(shortSha(sha));
  const linked = markdownLink(name, isRunPage(view, url) ? url : null);
  return linked === name ? commitLink(view, sha) : linked;
}

function isRunPage(view: Pick<IssueView, "githubUrl" | "repository">, url: string | null): boolean {
  if (url === null || !URL.canParse(url)) return false;
  const { host, pathname } = new URL(url);
  if (host.replace(/^www\./, "") !== new URL(view.githubUrl).host) return true;
  const { owner, name } = view.repository;
  return ["actions/runs", "runs"].some((place) => pathname.startsWith(`/${owner}/${name}/${place}/`));
}

export function pullRequestLink({ number, url }: Pick<RangePullRequest, "number" | "url">): string {
  return markdownLink(markdownCode(`#${number}`), url);
}
