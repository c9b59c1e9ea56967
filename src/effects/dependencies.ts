import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";
import type {
  AnswersDeployments,
  PostsToGitHub,
  ReadsPeople,
  SendsMessages,
  WritesIssues,
} from "../ports.ts";
import type { Queue } from "../queue/queue.ts";

/** What the makers of effects are given; each names the narrow part it uses. */
export interface EffectDependencies {
  readonly github: PostsToGitHub & WritesIssues & AnswersDeployments & Pick<ReadsPeople, "readEmail">;
  /** null: Slack is not set up. */
  readonly slack: SendsMessages | null;
  readonly queue: Pick<Queue, "enqueue">;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}
