import { decideGate } from "../domain/gate/decide-gate.ts";
import { environmentName, governs } from "../domain/gate/environment-of.ts";
import type { GateAnswer, GateFacts, Judgement } from "../domain/gate/gate.ts";
import { FRESH_MILLISECONDS } from "../domain/gate/judgement-stops.ts";
import type { CommitSha, Reading, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { PolicyOptions } from "../policy/parse-policy.ts";
import { type NamedRepository, readStoredGateFacts, type StoredGateFacts } from "../store/gate-facts.ts";
import { type AfreshQuestion, type JudgedAfresh, judgeAfresh } from "./judge-afresh.ts";
import { shareReading } from "./share-reading.ts";
import type { PlaceSources } from "./sources.ts";
import { createStoredPolicies, type GatePolicy } from "./stored-policies.ts";

export interface GateQuestion {
  readonly repository: NamedRepository;
  /** null: the main one. */
  readonly environment: string | null;
  readonly sha: CommitSha;
  readonly intent: "deploy" | "rollback";
}

export type AskedGate =
  | {
      readonly state: "answered";
      readonly repository: RepositoryFacts;
      readonly facts: GateFacts;
      readonly answer: GateAnswer;
    }
  /** Not known, or nothing may be done for it. */
  | { readonly state: "no-such-repository" };

/** What every door asks. */
export interface Gate {
  readonly ask: (question: GateQuestion) => Promise<AskedGate>;
}

export interface GateSources extends PlaceSources, PolicyOptions {
  /** GitHub for browsers: `https://github.com`. */
  readonly githubUrl: string;
  /** Keeps what was judged, for those who ask within the next 60 seconds. */
  readonly keep: (repositoryId: RepositoryId, judgement: Judgement) => Promise<void>;
}

/**
 * The gate: stored facts where they are at most 60 seconds old, else read again, else unknown. Those who ask the same question
 * while it is being read share one reading.
 */
export function createGate(sources: GateSources): Gate {
  const { database, clock, githubUrl, keep } = sources;
  const policies = createStoredPolicies(database, sources);
  const underWay = new Map<string, Promise<JudgedAfresh>>();
  const shareStored = shareReading<StoredGateFacts | null>();

  async function judgeAndKeep(question: AfreshQuestion): Promise<JudgedAfresh> {
    const judged = await judgeAfresh(sources, question);
    if (judged.judgement.state === "known") await keep(question.repository.id, judged.judgement.value);
    return judged;
  }

  function judgeOnce(question: AfreshQuestion): Promise<JudgedAfresh> {
    const { repository, environment, sha, asksForRollback } = question;
    const key = JSON.stringify([repository.id, environment?.toLowerCase(), sha, asksForRollback]);
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const begun = judgeAndKeep(question).finally(() => underWay.delete(key));
    underWay.set(key, begun);
    return begun;
  }

  return {
    async ask(question) {
      const { environment, sha } = question;
      const readStored = (): Promise<StoredGateFacts | null> =>
        shareStored(JSON.stringify([question.repository, sha]), () =>
          readStoredGateFacts(database, question.repository, sha, clock.now()),
        );
      const stored = await readStored();
      if (stored === null) return { state: "no-such-repository" };
      const { repository } = stored;
      const policy = await policies.find(repository.id, stored.policyKey);
      const asksForRollback =
        question.intent === "rollback" || stored.rollbacks.some((permit) => permit.sha === sha);
      const known = reuse(stored, policy, environment, asksForRollback, clock.now());
      const { judgement, policy: now } =
        known ?? (await judgeOnce({ repository, environment, sha, asksForRollback, policy }));
      // Reading takes its time, and somebody may have halted meanwhile.
      const holds = known === null ? await readStored() : stored;
      if (holds === null) return { state: "no-such-repository" };
      const facts = gateFactsOf(githubUrl, {
        stored: holds,
        policy: now,
        question,
        judgement,
        at: clock.now(),
      });
      return { state: "answered", repository, facts, answer: decideGate(facts) };
    },
  };
}

/** The stored judgement where it is fresh and says what is asked for. null: GitHub and Jira have to be asked. */
function reuse(
  { judgements }: StoredGateFacts,
  policy: GatePolicy,
  environment: string | null,
  asksForRollback: boolean,
  at: Date,
): JudgedAfresh | null {
  // Nothing is asked of GitHub about what the policy does not govern: the answer is known without.
  if (!governs(policy.policy, environment)) return { policy, judgement: { state: "missing", detail: "" } };
  const name = environmentName(policy.policy, environment);
  const known = judgements.find((one) => one.environment === name);
  if (known === undefined || Math.abs(at.getTime() - known.readAt.getTime()) > FRESH_MILLISECONDS)
    return null;
  // A look could not tell out of the head's facts what is asked for now.
  if (known.verdict === null && policy.policy.deploy.environments.length > 0) return null;
  // Whether it was live there is only looked up for those who want to go back to it.
  if (asksForRollback && !known.wasLive) return null;
  return { policy, judgement: { state: "known", value: known } };
}

/** Puts stored and read facts together, as the one function takes them. */
export function gateFactsOf(
  githubUrl: string,
  {
    stored,
    policy,
    question,
    judgement,
    at,
  }: {
    readonly stored: StoredGateFacts;
    readonly policy: GatePolicy;
    readonly question: Pick<GateQuestion, "environment" | "sha" | "intent">;
    readonly judgement: Reading<Judgement>;
    readonly at: Date;
  },
): GateFacts {
  const { repository, cases, halts, overrides, rollbacks } = stored;
  const issueUrl = (number: number | null): string | null =>
    number === null ? null : `${githubUrl}/${repository.owner}/${repository.name}/issues/${number}`;
  return {
    at,
    repository,
    ...policy,
    environment: environmentName(policy.policy ?? policy.heldTo, question.environment),
    sha: question.sha,
    intent: question.intent,
    judgement,
    cases: cases.map(({ issueNumber, ...one }) => ({ ...one, issueUrl: issueUrl(issueNumber) })),
    halts: halts.map((one) => ({ ...one, issueUrl: issueUrl(one.issueNumber) })),
    overrides,
    rollbacks,
  };
}
