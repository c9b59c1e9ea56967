import { authorsOfChanges, authorsOfRange } from "../domain/authority/authors.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import type { Commit, Reading } from "../domain/model.ts";
import type { ReadsChanges, RepositoryRef } from "../ports/repository.ts";
import { readFact } from "./reading.ts";

/** Without a green before it the range has no beginning: its newest commits stand for it. */
const NEWEST = 100;

/**
 * Who wrote something of the range in which a check broke: authors of its pull requests, and of its commits, pushed without one or
 * not. Logins, lower case. Unknown where the commits cannot be read: then nobody can say that somebody is none of them.
 */
export async function readAuthors(
  { github }: { readonly github: Pick<ReadsChanges, "readChangeSet" | "readRecentCommits"> },
  repository: RepositoryRef,
  issue: { readonly range: RedRange; readonly people: TaggedPeople },
): Promise<Reading<ReadonlySet<string>>> {
  const { after, upTo } = issue.range;
  const commits = await readFact(async (): Promise<Reading<readonly Pick<Commit, "author">[]>> => {
    if (after === null) {
      return { state: "known", value: await github.readRecentCommits(repository, upTo, NEWEST) };
    }
    const changes = await github.readChangeSet(repository, after, upTo, "skip");
    return changes.state === "known" ? { state: "known", value: changes.value.commits } : changes;
  });
  if (commits.state !== "known") return commits;
  const authors = new Set([...authorsOfRange(issue), ...authorsOfChanges(commits.value, [])]);
  return { state: "known", value: authors };
}
