import { repositoryPath, whyPath } from "../cockpit-paths.ts";
import type { Effect } from "../effect.ts";
import type { CommitSha, RepositoryFacts } from "../model.ts";
import type { Policy } from "../policy.ts";
import { checksUrl } from "../report/report-url.ts";
import { statusState } from "../statuses.ts";
import { gateStatusText } from "../wording/gate.ts";
import type { GateAnswer } from "./gate.ts";
import { isSameEnvironment } from "./stop.ts";

export const GATE_CONTEXT = "holdpoint/gate";

/** `holdpoint/gate` for the main environment, `holdpoint/gate (staging)` for others. */
export function gateContext(policy: Policy, environment: string): string {
  const [main] = policy.deploy.environments;
  const isMain = main === undefined || isSameEnvironment(main.name, environment);
  return isMain ? GATE_CONTEXT : `${GATE_CONTEXT} (${environment})`;
}

/**
 * The gate's answer as a status. "Details" leads to the cockpit, which says all of it; where there is none, to the issue of the hold,
 * else to the report.
 */
export function gateStatus({
  repository,
  policy,
  environment,
  sha,
  answer,
  publicUrl,
  githubUrl,
  cockpitUrl = null,
  deployHead = null,
}: {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly environment: string;
  readonly sha: CommitSha;
  readonly answer: GateAnswer;
  readonly publicUrl: string;
  readonly githubUrl: string;
  /** Where the cockpit answers; null, or left out: nobody can sign in there. */
  readonly cockpitUrl?: string | null;
  /** What goes out next, whose page is the repository's own. */
  readonly deployHead?: CommitSha | null;
}): Extract<Effect, { kind: "status" }> {
  const issue = answer.reasons.find(({ url }) => url !== null)?.url ?? null;
  return {
    kind: "status",
    repositoryId: repository.id,
    sha,
    context: gateContext(policy, environment),
    state: statusState({ state: answer.decision }),
    description: gateStatusText(answer, policy.override),
    targetUrl:
      cockpitUrl === null
        ? (issue ?? checksUrl({ repository, sha, githubUrl, publicUrl }))
        : `${cockpitUrl}${sha === deployHead ? repositoryPath(repository, environment) : whyPath(repository, { environment, sha })}`,
  };
}
