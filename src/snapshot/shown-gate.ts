import { isCommitSha } from "../domain/brands.ts";
import { decideGate } from "../domain/gate/decide-gate.ts";
import { environmentName } from "../domain/gate/environment-of.ts";
import type { GateAnswer, GateFacts, Judgement, Reason } from "../domain/gate/gate.ts";
import type { CommitSha, Reading } from "../domain/model.ts";
import { visibleText } from "../domain/escape/visible-text.ts";
import * as wording from "../domain/wording/cockpit/shown-gate.ts";
import type { DeployGateFacts } from "../store/deploy-gate-facts.ts";
import type { GatePolicy } from "./stored-policies.ts";
import { gateFactsOf } from "./take-gate-facts.ts";

/** The gate of an environment for what would go out next, as pages show it: out of what is stored, without asking anybody. */
export interface ShownGate {
  readonly environment: string;
  /** null: nothing was looked at yet, or there is nothing to deploy. */
  readonly head: CommitSha | null;
  readonly answer: GateAnswer;
  readonly facts: GateFacts;
  /** When it was last known to be so; null: never. */
  readonly confirmedAt: Date | null;
}

export interface ShownGateGiven {
  readonly stored: DeployGateFacts;
  readonly policy: GatePolicy;
  /** As the policy writes it; null: the main one. */
  readonly environment: string | null;
  readonly githubUrl: string;
  readonly at: Date;
}

/** A judgement stands as long as everything was compared with GitHub within this time, however old it is itself. */
const CONFIRMED_MILLISECONDS = 15 * 60_000;
const MESSAGE_LENGTH = 1_000;

/**
 * A deploy tool is answered by facts of the last minute, else they are read again. A page asks nobody, so that it trusts what looks
 * and comparisons of the last quarter of an hour found; beyond that it says that it does not know.
 */
export function shownGate({ stored, policy, environment, githubUrl, at }: ShownGateGiven): ShownGate {
  const { head } = stored;
  const name = environmentName(policy.policy ?? policy.heldTo, environment);
  const known = stored.judgements.find((one) => one.environment === name) ?? null;
  const confirmedAt = known === null ? null : lastConfirmed(known, stored);
  const isConfirmed =
    confirmedAt !== null && Math.abs(at.getTime() - confirmedAt.getTime()) <= CONFIRMED_MILLISECONDS;
  const facts = gateFactsOf(githubUrl, {
    stored,
    policy,
    question: { environment: name, sha: head ?? NO_COMMIT, intent: "deploy" },
    judgement: isConfirmed && known !== null ? freshen(known, at) : NOT_CONFIRMED,
    at,
  });
  const answer = decideGate(facts);
  const reasons = answer.reasons.map((reason) =>
    visible(isConfirmed ? undated(reason) : unconfirmed(reason, confirmedAt)),
  );
  return { environment: name, head, answer: { ...answer, reasons }, facts, confirmedAt };
}

/** The environments that a page shows, the main one first; where the policy names none, the one that holds alone decide for. */
export function shownEnvironments({ policy, heldTo }: GatePolicy): readonly (string | null)[] {
  const environments = (policy ?? heldTo)?.deploy.environments ?? [];
  return environments.length === 0 ? [null] : environments.map(({ name }) => name);
}

/** Names of checks, branches and states are in it, and whoever chose them. */
function visible(reason: Reason): Reason {
  const { message, who } = reason;
  return { ...reason, message: visibleText(message, MESSAGE_LENGTH), who: visibleText(who, MESSAGE_LENGTH) };
}

/** What a verdict says is read again and again, and has no beginning that anybody would know. */
function undated(reason: Reason): Reason {
  return isOfTheCommit(reason) ? { ...reason, since: null } : reason;
}

function unconfirmed(reason: Reason, confirmedAt: Date | null): Reason {
  if (reason.code !== NOT_CONFIRMED.because) return reason;
  return confirmedAt === null
    ? { ...reason, code: "not-judged", message: wording.neverLookedAt(), who: wording.whoLooksFirst() }
    : {
        ...reason,
        code: "stale",
        message: wording.notConfirmed(),
        since: confirmedAt,
        who: wording.whoConfirms(),
      };
}

function isOfTheCommit({ kind, code }: Reason): boolean {
  return kind === "verdict" || (kind === "unverified" && code !== "expiry-unverified");
}

function freshen(judgement: Judgement, at: Date): Reading<Judgement> {
  return { state: "known", value: { ...judgement, readAt: at } };
}

const NOT_CONFIRMED = {
  state: "unknown",
  because: "github-unreachable",
  detail: "",
  retryAt: null,
} as const satisfies Reading<Judgement>;

/** That nothing differs says nothing of what the looks since could not read. */
function lastConfirmed(
  { readAt }: Judgement,
  { lookedAt, lookFailed, reconciledAt }: Pick<DeployGateFacts, "lookedAt" | "lookFailed" | "reconciledAt">,
): Date {
  const isOld = lookedAt !== null && lookedAt.getTime() - readAt.getTime() > CONFIRMED_MILLISECONDS;
  return reconciledAt !== null && !isOld && !lookFailed && reconciledAt.getTime() > readAt.getTime()
    ? reconciledAt
    : readAt;
}

/** Stands for the commit where there is none: what holds is told even then. */
const NO_COMMIT: CommitSha = noCommit();

function noCommit(): CommitSha {
  const zeros = "0".repeat(40);
  if (isCommitSha(zeros)) return zeros;
  throw new RangeError("unreachable");
}
