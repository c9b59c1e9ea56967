import type { StoredRequest } from "../../domain/requests/request.ts";
import type { Subject } from "../../domain/subject.ts";
import { readingAgain } from "../../domain/wording/cockpit/requests.ts";
import { settleRequest } from "../../store/request.ts";
import type { HandlerDependencies } from "../dependencies.ts";

/** Asks for everything behind the repository's verdict to be read again; whoever sees the repository may. */
export async function readAgain(
  { database, queue, clock }: HandlerDependencies,
  { id, repositoryId }: StoredRequest,
): Promise<void> {
  const subjects: readonly Subject[] = [
    { kind: "deploy", repositoryId },
    { kind: "compliance", repositoryId },
  ];
  await database.transaction(async (transaction) => {
    const answer = { code: "reading-again", message: readingAgain() };
    if (!(await settleRequest(transaction, id, { state: "done", answer, at: clock.now() }))) return;
    await queue.enqueue(
      transaction,
      subjects.map((subject) => ({ kind: "look", data: { subject, because: `request ${id}` } })),
    );
  });
}
