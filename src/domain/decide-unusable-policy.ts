import { deployEffects } from "./deploy-effects.ts";
import type { Effect } from "./effect.ts";
import type { CommitSha, RepositoryFacts } from "./model.ts";
import type { PolicyState } from "./policy.ts";
import { fitRows } from "./report/fit-rows.ts";
import { mayShow, policyProblemRows } from "./report/policy-problem-rows.ts";
import { deployUrl } from "./report/report-url.ts";
import { MARKDOWN_BYTES } from "./report/report.ts";
import {
  policyCheckCommand,
  policyUnusableHeadline,
  policyUnusableIntroduction,
  policyUnusableStatus,
} from "./wording/policy-state.ts";

export interface UnusablePolicy {
  readonly repository: RepositoryFacts;
  readonly policyState: Extract<PolicyState, { state: "unusable" }>;
  /** Of the default branch: no policy says which other one is deployed. */
  readonly head: CommitSha;
  readonly publicUrl: string;
  /** Where the cockpit answers; null, or left out: nobody can sign in there. */
  readonly cockpitUrl?: string | null;
  readonly githubUrl: string | null;
}

/**
 * What the head shows while no policy could ever be used: that nothing is verified, and what is wrong where.
 * Nothing on repositories without a file of their own, which may never have heard of Holdpoint.
 */
export function decideUnusablePolicy(given: UnusablePolicy): readonly Effect[] {
  const { repository, policyState, head: sha } = given;
  const { problems, why, ownFile } = policyState;
  if (!ownFile) return [];
  const url = deployUrl({ ...given, sha, environment: null });
  const description = policyUnusableStatus(problems, { why, shows: (one) => mayShow(one, repository) });
  const rows = [
    `**${policyUnusableHeadline(why, problems.length)}** ${policyUnusableIntroduction()}`,
    "",
    ...policyProblemRows(problems, repository).map((row) => `- ${row}`),
  ];
  return deployEffects({
    repositoryId: repository.id,
    sha,
    decision: { state: "unknown" },
    description,
    url,
    report: {
      title: description,
      summary: fitRows(rows, MARKDOWN_BYTES, policyCheckCommand()),
      text: policyCheckCommand(),
    },
  });
}
