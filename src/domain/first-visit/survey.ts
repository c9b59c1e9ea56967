import type { TrunkEvidence } from "../compliance/evidence.ts";
import type { Commit, Reading } from "../model.ts";

/** Everything that was found of a repository without a policy. What could not be read is unknown, and the rest is there. */
export interface Survey {
  readonly defaultBranch: string;
  /** Of the names that branches of deploys often have: those that are there. */
  readonly branches: Reading<readonly string[]>;
  /** GitHub environments. */
  readonly environments: Reading<readonly string[]>;
  /** Environments that something was deployed to with success. */
  readonly live: readonly string[];
  /** Files of workflows: `ci.yml`. */
  readonly workflows: Reading<readonly string[]>;
  readonly trunk: Reading<TrunkEvidence>;
  /** The newest of the trunk, newest first. */
  readonly commits: Reading<readonly Commit[]>;
  /** null: Holdpoint has no Jira settings. */
  readonly jira: {
    /** Keys of its projects, upper case. */
    readonly projects: Reading<readonly string[]>;
    readonly names: Reading<{
      readonly fields: readonly string[];
      readonly statuses: readonly { readonly name: string; readonly done: boolean }[];
    }>;
  } | null;
  readonly takenAt: Date;
}

/** Names of branches that hold what is live, the likeliest first. */
export const LIVE_BRANCHES = ["production", "prod", "live", "deployed", "stable"] as const;
/** Names of branches whose head is the next deploy, where what is live is known from elsewhere. */
export const DEPLOY_BRANCHES = ["deploy", "release"] as const;

/** What a survey found, as a list; nothing where it is missing or could not be read. */
export function foundIn<Item>(reading: Reading<readonly Item[]>): readonly Item[] {
  return reading.state === "known" ? reading.value : [];
}
