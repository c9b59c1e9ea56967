import { effectTarget } from "../domain/effect.ts";
import { decideGate } from "../domain/gate/decide-gate.ts";
import type { GateAnswer, Judgement } from "../domain/gate/gate.ts";
import { gateStatus } from "../domain/gate/gate-status.ts";
import { worthPosting } from "../domain/gate/worth-posting.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { Subject } from "../domain/subject.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { Fault } from "../errors.ts";
import { type GatePolicy, readStoredPolicy } from "../snapshot/stored-policies.ts";
import { gateFactsOf } from "../snapshot/take-gate-facts.ts";
import { appendAudit } from "../store/audit.ts";
import { dropDeadline, setDeadline } from "../store/deadline.ts";
import { readStoredGateFacts, type StoredGateFacts } from "../store/gate-facts.ts";
import { listShownJudgements } from "../store/judgement.ts";
import { listHeads, listShownStatuses } from "../store/shown-status.ts";
import { type LookRun, beginLook, findDeployHead, saveLook } from "../store/subject.ts";
import { askGate } from "./ask-gate.ts";
import { answerWaitingDeployments } from "./answer-waiting-deployments.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { endLooseOverrides } from "./end-loose-overrides.ts";

/** A release of more commits than this shows its newest ones; the gate's address answers for all. */
const MOST_SHOWN = 500;

/** What the gate says of a commit that shows it. */
interface Shown {
  readonly judgement: Judgement;
  readonly answer: GateAnswer;
}

/**
 * Shows the gate as it is now, wherever it is shown, and answers the jobs that wait for it. Looks keep what they judged, so that
 * nothing is asked of GitHub here: what has changed are holds, overrides, the time.
 */
export async function lookAtGate(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "gate" }>,
): Promise<void> {
  const { database, clock, hour } = dependencies;
  const { repositoryId } = subject;
  const run = await beginLook(database, subject);
  if (run === null) return;
  const at = clock.now();
  const holds = await readStoredGateFacts(database, { id: repositoryId }, null, at);
  if (holds === null) return;
  const { policy } = await readStoredPolicy(database, repositoryId, { hour });
  const governing = policy.policy ?? policy.heldTo;
  if (governing !== null) {
    await endLooseOverrides(dependencies, { repository: holds.repository, policy: governing, at });
    const judgements = await listShownJudgements(database, repositoryId, MOST_SHOWN);
    const shown = judgements.map((judgement) => answerFor(dependencies, holds, policy, judgement, at));
    await saveShown(dependencies, run, { repository: holds.repository, policy: governing, shown, at });
  }
  await answerWaitingDeployments(dependencies, {
    repository: holds.repository,
    ask: (question) => askForJob(dependencies, holds.repository, question),
  });
}

/**
 * A status stands until something changes, and whatever changes is looked at: what the last look judged is what is known now,
 * however long ago that was. Those who ask the gate themselves get facts that are a minute old at most.
 */
function answerFor(
  { githubUrl }: HandlerDependencies,
  stored: StoredGateFacts,
  policy: GatePolicy,
  judgement: Judgement,
  at: Date,
): Shown {
  const { environment, sha } = judgement;
  const facts = gateFactsOf(githubUrl, {
    stored,
    policy,
    question: { environment, sha, intent: "deploy" },
    judgement: { state: "known", value: { ...judgement, readAt: at } },
    at,
  });
  return { judgement, answer: decideGate(facts) };
}

interface Showing {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly shown: readonly Shown[];
  readonly at: Date;
}

/** Heads first: GitHub is written to once a second. One audit record for everything that changed colour or reason. */
async function saveShown(
  dependencies: HandlerDependencies,
  run: LookRun,
  { repository, policy, shown, at }: Showing,
): Promise<void> {
  const { database, queue, publicUrl, cockpitUrl, githubUrl, log } = dependencies;
  const deployHead = await findDeployHead(database, repository.id);
  const heads = await listHeads(database, repository.id);
  const all = shown.map((one) => {
    const { environment, sha } = one.judgement;
    const { answer } = one;
    const status = gateStatus({
      repository,
      policy,
      environment,
      sha,
      answer,
      publicUrl,
      githubUrl,
      cockpitUrl,
      deployHead,
    });
    return { ...one, status, current: heads.has(sha) };
  });
  const entries = [...all.filter(({ current }) => current), ...all.filter(({ current }) => !current)];
  const before = await listShownStatuses(
    database,
    entries.map(({ status }) => effectTarget(status)),
  );
  const moments = shown.flatMap(({ answer: { changesAt } }) =>
    changesAt === null ? [] : [changesAt.getTime()],
  );
  const saved = await database.transaction(async (transaction) => {
    const nothing = { head: null, verdict: null, at, lookAgainAt: null, tickets: [], closed: false };
    const outcome = await saveLook(transaction, run, nothing);
    if (outcome === "superseded") return outcome;
    const key = `gate:${repository.id}`;
    const subject = { kind: "gate", repositoryId: repository.id } as const;
    if (moments.length === 0) await dropDeadline(transaction, key);
    else {
      const dueAt = new Date(Math.min(...moments));
      await setDeadline(transaction, { key, repositoryId: repository.id, subject, dueAt });
    }
    const changed = new Set(await sendToOutbox(transaction, queue, worthPosting(entries, before), at));
    if (changed.size > 0) {
      const told = entries.filter(({ status }) => changed.has(effectTarget(status)));
      await appendAudit(transaction, {
        installationId: repository.installationId,
        at,
        record: recordGate(repository, told),
      });
    }
    return outcome;
  });
  if (saved === "superseded") log.info("a later look has begun, this one is dropped", { subject: run.key });
}

function recordGate({ id }: RepositoryFacts, told: readonly Shown[]) {
  return {
    what: "gate",
    repository: id,
    changes: told.map(({ judgement: { environment, sha }, answer: { decision, wouldBe, reasons } }) => ({
      environment,
      sha,
      decision,
      would_be: wouldBe,
      reasons: reasons.map(({ kind, code }) => `${kind}: ${code}`),
    })),
  };
}

async function askForJob(
  dependencies: HandlerDependencies,
  { id }: RepositoryFacts,
  question: { readonly environment: string; readonly sha: Judgement["sha"] },
): Promise<GateAnswer> {
  const asked = await askGate(dependencies, id, { intent: "deploy", ...question });
  if (asked !== null) return asked.answer;
  throw new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: "asking the gate for a job",
    detail: "",
  });
}
