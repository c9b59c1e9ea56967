import { parseCommand } from "../domain/commands.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { SeenIssue } from "../domain/sight.ts";
import type { Subject } from "../domain/subject.ts";
import type { ListedComment } from "../ports/sights.ts";
import { listAnswered, listIssuesOfConcern } from "../store/sight.ts";
import type { HandlerDependencies } from "./dependencies.ts";

export interface Said {
  /** Issues and pull requests that are not as they were; null: nobody knows which. */
  readonly issues: readonly SeenIssue[] | null;
  readonly comments: readonly ListedComment[];
  /** Labels that say something to Holdpoint. */
  readonly labels: readonly string[];
}

/**
 * The looks for what people said while nobody listened: a label of ours put on, or taken off an issue that something hangs on,
 * an issue closed, a command. Whoever looks reads it again, and decides nothing twice.
 */
export async function missedWords(
  { database }: Pick<HandlerDependencies, "database">,
  repositoryId: RepositoryId,
  { issues, comments, labels }: Said,
): Promise<readonly Subject[]> {
  const concern = await listIssuesOfConcern(database, repositoryId);
  const ours = new Set(labels.map((label) => label.toLowerCase()));
  const numbers =
    issues === null
      ? [...concern]
      : issues
          .filter((one) => concern.has(one.number) || one.labels.some((name) => ours.has(name.toLowerCase())))
          .map(({ number }) => number);
  const commands = comments.filter(({ body, isBot }) => !isBot && parseCommand(body) !== null);
  const answered = await listAnswered(
    database,
    repositoryId,
    commands.map(({ id }) => id),
  );
  return [
    ...numbers.map((number) => ({ kind: "issue", repositoryId, number }) as const),
    ...commands
      .filter(({ id }) => !answered.has(id))
      .map(({ id, issueNumber }) => {
        return { kind: "comment", repositoryId, issueNumber, commentId: id } as const;
      }),
  ];
}
