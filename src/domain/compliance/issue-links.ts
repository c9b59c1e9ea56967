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

/** The run itself where it has a page, else its commit. */
export function runLink(
  view: Pick<IssueView, "githubUrl" | "repository">,
  { sha, url }: Pick<RedRun, "sha" | "url">,
): string {
  const name = markdownCode(shortSha(sha));
  const linked = markdownLink(name, url);
  return linked === name ? commitLink(view, sha) : linked;
}

export function pullRequestLink({ number, url }: Pick<RangePullRequest, "number" | "url">): string {
  return markdownLink(markdownCode(`#${number}`), url);
}
