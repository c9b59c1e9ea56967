import type { AnswersDeployments, ReadsWaitingDeployments } from "./deployments.ts";
import type { ReadsInstallations, ReadsLimits, ReadsOwnName } from "./installations.ts";
import type { ReadsComments, ReadsIssues, WritesIssues } from "./issues.ts";
import type { ReadsPeople } from "./people.ts";
import type { PostsToGitHub } from "./posts.ts";
import type {
  ReadsChanges,
  ReadsChecks,
  ReadsCommits,
  ReadsHeads,
  ReadsOrigins,
  ReadsOutlines,
  ReadsPlaces,
  ReadsPullRequests,
  ReadsRules,
  ReadsTrunk,
} from "./repository.ts";
import type { ReadsSights } from "./sights.ts";
import type { SurveysRepositories } from "./survey.ts";

/** Everything that Holdpoint asks of GitHub. Callers name the narrow part they use. */
export type GitHub = ReadsOutlines &
  ReadsHeads &
  ReadsPlaces &
  ReadsRules &
  ReadsChanges &
  ReadsPullRequests &
  ReadsChecks &
  ReadsComments &
  ReadsCommits &
  ReadsSights &
  ReadsInstallations &
  ReadsLimits &
  ReadsOwnName &
  SurveysRepositories &
  ReadsTrunk &
  ReadsOrigins &
  ReadsIssues &
  ReadsPeople &
  ReadsWaitingDeployments &
  PostsToGitHub &
  WritesIssues &
  AnswersDeployments;
