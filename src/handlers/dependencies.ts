import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";
import type { GitHub } from "../ports/github.ts";
import type { ReadsTickets } from "../ports/jira.ts";
import type { Queue } from "../queue/queue.ts";

/** What every look is given; each names the narrow part it uses. */
export interface HandlerDependencies {
  readonly github: GitHub;
  readonly jira: ReadsTickets | null;
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly clock: Clock;
  readonly log: Log;
  /** Where people look: `https://holdpoint.example.com`. */
  readonly publicUrl: string;
  /** Where the cockpit answers, for links to its pages; null: nobody can sign in there. */
  readonly cockpitUrl: string | null;
  /** GitHub for browsers: `https://github.com`. */
  readonly githubUrl: string;
  /** How long an hour of deadlines lasts, in milliseconds: 3,600,000 but in the demo. */
  readonly hour: number;
}
