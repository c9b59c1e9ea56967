import type { Clock } from "../clock.ts";
import type { CockpitSettings } from "../config.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";
import type { GitHub } from "../ports/github.ts";
import type { MendsTickets, ReadsTickets, SurveysJira } from "../ports/jira.ts";
import type { SignsIn } from "../ports/sign-in.ts";
import type { Queue } from "../queue/queue.ts";
import type { Gate } from "../snapshot/take-gate-facts.ts";
import type { ChangeFeed } from "./live/change-feed.ts";

/** What the pages are given; each names the narrow part it uses. They read, and ask for what shall be done. */
export interface CockpitDependencies {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue" | "counts">;
  readonly clock: Clock;
  readonly log: Log;
  readonly gate: Gate;
  /** To read with, for the first visit and for "why". */
  readonly github: GitHub;
  /** null: there are no Jira settings. */
  readonly jira:
    | (ReadsTickets & SurveysJira & Pick<MendsTickets, "readTransitions" | "readFieldForms">)
    | null;
  /** null: nobody can sign in, because `GITHUB_CLIENT_ID` and its like are not set. */
  readonly signIn: { readonly github: SignsIn; readonly settings: CockpitSettings } | null;
  readonly changes: ChangeFeed;
  /** Where Holdpoint answers, without a slash at the end; known once it listens. */
  readonly publicUrl: () => string;
  /** GitHub for browsers: `https://github.com`. */
  readonly githubUrl: string;
  /** How long an hour of deadlines lasts, in milliseconds. */
  readonly hour: number;
}
