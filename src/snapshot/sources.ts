import type { Clock } from "../clock.ts";
import type { Queryable } from "../database/database.ts";
import type { GitHub } from "../ports/github.ts";
import type { ReadsTickets } from "../ports/jira.ts";
import type { ReadsPlaces } from "../ports/repository.ts";

/** Where the facts come from. */
export interface Sources {
  readonly github: Pick<
    GitHub,
    | "readOutline"
    | "readBranches"
    | "readLiveDeployment"
    | "readChangeSet"
    | "readRecentCommits"
    | "readPullRequest"
    | "readOpenPullRequests"
    | "readChecks"
  >;
  /** null: there are no Jira settings. */
  readonly jira: ReadsTickets | null;
  readonly database: Queryable;
  readonly clock: Clock;
}

/** What else the gate asks GitHub: where a commit stands. */
export interface PlaceSources extends Sources {
  readonly github: Sources["github"] & ReadsPlaces;
}
