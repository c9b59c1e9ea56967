import type { Subject } from "../domain/subject.ts";
import { listSubjectsCarrying } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** A ticket changed: every open head that carries it is looked at again. */
export async function lookAtTicket(
  { database, queue }: HandlerDependencies,
  subject: Extract<Subject, { kind: "ticket" }>,
): Promise<void> {
  const carrying = await listSubjectsCarrying(database, subject.key);
  if (carrying.length === 0) return;
  await database.transaction((transaction) =>
    queue.enqueue(
      transaction,
      carrying.map((one) => ({
        kind: "look",
        data: { subject: one, because: `ticket ${subject.key} changed` },
      })),
    ),
  );
}
