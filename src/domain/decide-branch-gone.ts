import { decisionOf } from "./decision.ts";
import { deployEffects } from "./deploy-effects.ts";
import type { Effect } from "./effect.ts";
import type { Finding } from "./finding.ts";
import type { CommitSha, RepositoryFacts } from "./model.ts";
import type { Policy } from "./policy.ts";
import { deployUrl } from "./report/report-url.ts";
import { deployBranchGone } from "./wording/deploy-branch.ts";
import { nextStep } from "./wording/next-step.ts";
import { statusText } from "./wording/status.ts";

export interface BranchGone {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  /** The deploy branch as the policy names it. */
  readonly branch: string;
  /** Where it is said: the head that was judged last, or where there was none, the default branch's. */
  readonly head: CommitSha;
  readonly publicUrl: string;
  /** Where the cockpit answers; null, or left out: nobody can sign in there. */
  readonly cockpitUrl?: string | null;
  readonly githubUrl: string | null;
}

/**
 * What is shown while the deploy branch does not exist: deleted, renamed, or misspelt in the policy. The head
 * that was judged last must not stay green, for nobody looks at it any more.
 */
export function decideBranchGone(given: BranchGone): readonly Effect[] {
  const { repository, policy, branch, head: sha } = given;
  const outcome = "unknown";
  const code = "branch-not-found";
  const message = deployBranchGone(branch);
  const finding: Finding = {
    rule: "not-a-rollback",
    outcome,
    warning: false,
    code,
    message,
    publicMessage: message,
    commits: [],
    tickets: [],
  };
  const findings = [finding];
  // Nothing was judged that `on_unknown: allow` could let through: deleting a branch must not turn a red head green.
  const decision = decisionOf({ outcome, findings }, { ...policy, onUnknown: "hold" });
  const description = statusText({ decision, findings, private: repository.private, contents: "" });
  const [main] = policy.deploy.environments;
  const url = deployUrl({ ...given, sha, environment: main?.name ?? null });
  return deployEffects({
    repositoryId: repository.id,
    sha,
    decision,
    description,
    url,
    report: { title: description, summary: nextStep(finding), text: null },
  });
}
