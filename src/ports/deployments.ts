import type { CommitSha } from "../domain/model.ts";
import type { Posted } from "./posts.ts";
import type { RepositoryRef } from "./repository.ts";

/** A run that waits for a deployment protection rule of ours. */
export interface WaitingDeployment {
  readonly runId: number;
  readonly environment: string;
  readonly sha: CommitSha;
  readonly callbackUrl: string;
  /** When the run's newest attempt began. */
  readonly startedAt: Date;
}

export interface ReadsWaitingDeployments {
  /** Runs that wait, with the environments whose rule is ours. */
  readonly listWaitingDeployments: (repository: RepositoryRef) => Promise<readonly WaitingDeployment[]>;
}

export interface AnswersDeployments {
  /** Refused where the callback's host is not the API's. A `report` is sent once for each text, ten at most. */
  readonly answerDeployment: (
    repository: RepositoryRef,
    answer: {
      runId: number;
      environment: string;
      callbackUrl: string;
      answer: "report" | "approved" | "rejected";
      comment: string;
    },
  ) => Promise<Posted>;
}
