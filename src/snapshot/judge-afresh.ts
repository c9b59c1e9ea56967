import { environmentName, environmentOf, governs } from "../domain/gate/environment-of.ts";
import type { Judgement } from "../domain/gate/gate.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../domain/model.ts";
import type { PolicyOptions } from "../policy/parse-policy.ts";
import type { Outline } from "../ports/repository.ts";
import { findPolicyGround } from "../store/accepted-policy.ts";
import { findStoredPolicy } from "../store/policy.ts";
import { judgeCommit } from "./judge-commit.ts";
import { readPolicy } from "./read-policy.ts";
import { readStanding } from "./read-standing.ts";
import { readFact } from "./reading.ts";
import type { PlaceSources } from "./sources.ts";
import { type GatePolicy, gatePolicyOf } from "./stored-policies.ts";

export interface AfreshQuestion {
  readonly repository: RepositoryFacts;
  /** As it was asked; null: the main one. */
  readonly environment: string | null;
  readonly sha: CommitSha;
  readonly asksForRollback: boolean;
  /** What was in force when it was last read. */
  readonly policy: GatePolicy;
}

export interface JudgedAfresh {
  /** As it is now. */
  readonly policy: GatePolicy;
  readonly judgement: Reading<Judgement>;
}

/** The policy and the commit, both read now. Where GitHub cannot be read the policy stays, and nothing is known of the commit. */
export async function judgeAfresh(
  sources: PlaceSources & PolicyOptions,
  question: AfreshQuestion,
): Promise<JudgedAfresh> {
  const outline = await readFact(async (): Promise<Reading<Outline>> => {
    return { state: "known", value: await sources.github.readOutline(question.repository) };
  });
  if (outline.state !== "known") return { policy: question.policy, judgement: outline };
  const policy = await readGatePolicyNow(sources, outline.value);
  if (!governs(policy.policy, question.environment)) {
    return { policy, judgement: { state: "missing", detail: "" } };
  }
  const { sha, asksForRollback } = question;
  const judgement = await judgeCommit(sources, {
    repository: outline.value.repository,
    policy: policy.policy,
    environment: environmentOf(policy.policy, question.environment),
    name: environmentName(policy.policy, question.environment),
    sha,
    asksForRollback,
  });
  return { policy, judgement };
}

/** Writes nothing: the next look at the repository remembers a new policy. */
async function readGatePolicyNow(
  { database, hour }: PlaceSources & PolicyOptions,
  outline: Outline,
): Promise<GatePolicy> {
  const { id } = outline.repository;
  const options = hour === undefined ? {} : { hour };
  const stored = await findStoredPolicy(database, id);
  const { state, memory } = readPolicy(outline, stored, options);
  const texts = memory.kind === "keep" ? memory.policy : memory.kind === "note" ? stored : null;
  const { accepted } = await findPolicyGround(database, id);
  const { standing, loosened } = readStanding(state, texts, { accepted, bound: true }, options);
  return gatePolicyOf(state, loosened.length > 0 || state.state === "unusable" ? standing : null);
}
