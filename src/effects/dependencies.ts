import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";
import type { AnswersDeployments } from "../ports/deployments.ts";
import type { WritesIssues } from "../ports/issues.ts";
import type { MendsTickets, ReadsTickets } from "../ports/jira.ts";
import type { ReadsPeople } from "../ports/people.ts";
import type { PostsToGitHub } from "../ports/posts.ts";
import type { SendsMessages } from "../ports/slack.ts";
import type { Queue } from "../queue/queue.ts";

/** What the makers of effects are given; each names the narrow part it uses. */
export interface EffectDependencies {
  readonly github: PostsToGitHub & WritesIssues & AnswersDeployments & Pick<ReadsPeople, "readEmail">;
  /** null: there are no Jira settings. */
  readonly jira: (ReadsTickets & MendsTickets) | null;
  /** null: Slack is not set up. */
  readonly slack: SendsMessages | null;
  readonly queue: Pick<Queue, "enqueue">;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}
