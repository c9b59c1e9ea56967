import type { CommitSha } from "../../domain/model.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { isFields } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";
import { type WorkflowJob, workflowJobs } from "./workflow-jobs.ts";

export function workflowFilesQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `, $p${index}: String!`).join("");
  const files = numbers
    .map(
      (index) => `        f${index}: file(path: $p${index}) { object { ... on Blob { isTruncated text } } }`,
    )
    .join("\n");
  return `query WorkflowFiles($owner: String!, $name: String!, $sha: GitObjectID!${variables}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    object(oid: $sha) {
      ... on Commit {
${files}
      }
    }
  }
}`;
}

/** The jobs of workflow files at a commit, all in one call. A file that cannot be read or parsed is left out. */
export async function readWorkflowFiles(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  sha: CommitSha,
  paths: readonly string[],
  parseYaml: (text: string) => unknown,
): Promise<ReadonlyMap<string, readonly WorkflowJob[]>> {
  const found = new Map<string, readonly WorkflowJob[]>();
  if (paths.length === 0) return found;
  const answer = await calls.graphql(repository, {
    query: workflowFilesQuery(paths.length),
    variables: { sha, ...Object.fromEntries(paths.map((path, index) => [`p${index}`, path])) },
    doing: `reading the workflows at ${sha.slice(0, 7)}`,
  });
  const commit = answer.repository["object"];
  if (!isFields(commit)) return found;
  for (const [index, path] of paths.entries()) {
    const file = commit[`f${index}`];
    const blob = isFields(file) ? file["object"] : null;
    if (!isFields(blob) || blob["isTruncated"] === true || typeof blob["text"] !== "string") continue;
    const jobs = jobsIn(blob["text"], parseYaml);
    if (jobs !== null) found.set(path, jobs);
  }
  return found;
}

function jobsIn(text: string, parseYaml: (text: string) => unknown): readonly WorkflowJob[] | null {
  try {
    return workflowJobs(parseYaml(text));
  } catch {
    // Anybody's file: what cannot be parsed is judged as what cannot be read.
    return null;
  }
}
