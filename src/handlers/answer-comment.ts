import { parseCommand } from "../domain/commands.ts";
import { type AskedInComment, type CommentSubject, finish, wasAnswered } from "./commands/asked.ts";
import { noteReason } from "./commands/note-reason.ts";
import { obey } from "./commands/obey.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { readGround } from "./read-ground.ts";

/**
 * Obeys a `/holdpoint` comment, once. It counts when its author wrote it, unedited, at first sight; bots never count. Who may do
 * what is read from GitHub now. A reply without a command may be the reason that somebody was asked for.
 */
export async function answerComment(
  dependencies: HandlerDependencies,
  subject: CommentSubject,
): Promise<void> {
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null) return;
  const { standing: policy } = ground;
  if (ground.policyState.state === "none" && policy === null) return;
  if (await wasAnswered(dependencies, subject)) return;
  const read = await dependencies.github.readComment(
    ground.repository,
    subject.issueNumber,
    subject.commentId,
  );
  if (read.state !== "known" || read.value.edited) return;
  const { value: comment } = read;
  const { author } = comment;
  if (author === null || author.isBot) return;
  const { issueNumber } = subject;
  const said = { door: "comment", subject, comment } as const;
  const asked: AskedInComment = { dependencies, ground, said, issueNumber, by: author };
  const command = parseCommand(comment.body);
  const result =
    command !== null
      ? await obey(asked, command)
      : policy === null
        ? null
        : await noteReason({ ...asked, policy });
  if (result !== null) await finish(asked, result);
}
