import type { CommitSha } from "../model.ts";
import type { DeferredCheckPolicy } from "../policy.ts";
import type { RedRun } from "./case.ts";
import type { CheckSource } from "./evidence.ts";

/** What is known of one concrete check on the trunk as it is now. A `run` here may be a green one, too. */
export interface CheckStreak {
  /** null: an open case's check that the policy no longer names. */
  readonly policy: DeferredCheckPolicy | null;
  /** `checkKey(name, source)` */
  readonly key: string;
  readonly name: string;
  readonly source: CheckSource;
  readonly now:
    /** The newest evidence is red. `reds` counts red commits in a row, the newest `confirm` decides. */
    | {
        readonly state: "red";
        readonly firstRed: RedRun;
        readonly newestRed: RedRun;
        readonly reds: number;
        /** The `confirm`-th red in a row; null: not confirmed yet. */
        readonly confirmedRed: RedRun | null;
        /** The newest green before the first red; null: none was found in what was read. */
        readonly lastGreen: CommitSha | null;
        /** A newer commit's (or attempt's) run is under way: it may turn green. */
        readonly newerIsRunning: boolean;
      }
    /** The newest evidence is green; `since` is the first green after the newest red, or the newest where no red was seen. */
    | { readonly state: "green"; readonly since: RedRun }
    /** A newer, finished, green run of the same workflow does not have the job any more. */
    | { readonly state: "gone"; readonly since: RedRun }
    /** Nothing that proves anything in what was read. */
    | { readonly state: "silent"; readonly lastHeardAt: Date | null };
}
