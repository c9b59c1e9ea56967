import type { GateAnswer, GateFacts } from "../domain/gate/gate.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";
import { createGate } from "../snapshot/take-gate-facts.ts";
import { storeJudgement } from "../store/judgement.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** The gate as it is for one commit, read now where it was not read within the last minute. null: the repository is gone. */
export async function askGate(
  dependencies: HandlerDependencies,
  repositoryId: RepositoryId,
  question: {
    readonly environment: string;
    readonly sha: CommitSha;
    readonly intent: "deploy" | "rollback";
  },
): Promise<{ readonly facts: GateFacts; readonly answer: GateAnswer } | null> {
  const { database } = dependencies;
  const gate = createGate({
    ...dependencies,
    keep: (id, judgement) => storeJudgement(database, id, judgement),
  });
  const asked = await gate.ask({ repository: { id: repositoryId }, ...question });
  return asked.state === "answered" ? asked : null;
}
