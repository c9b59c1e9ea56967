import type { GateAnswer, GateFacts } from "./gate.ts";

/** The gate's answer for programs; times in ISO 8601, null for what there is none of. Within `/1` fields are only added. */
export function gateDocument(
  { repository, environment, sha, at }: Pick<GateFacts, "repository" | "environment" | "sha" | "at">,
  { decision, wouldBe, mode, reasons }: GateAnswer,
) {
  return {
    schema: "holdpoint.gate/1",
    repository: `${repository.owner}/${repository.name}`,
    environment,
    sha,
    decision,
    would_be: wouldBe,
    mode,
    evaluated_at: at.toISOString(),
    reasons: reasons.map(({ kind, code, message, since, until, who, url }) => ({
      kind,
      code,
      message,
      since: since?.toISOString() ?? null,
      until: until?.toISOString() ?? null,
      who,
      url,
    })),
  };
}
