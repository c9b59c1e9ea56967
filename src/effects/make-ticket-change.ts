import type { Effect } from "../domain/effect.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { isFinished, type RequestAnswer, type StoredRequest } from "../domain/requests/request.ts";
import * as wording from "../domain/wording/cockpit/mending.ts";
import { Fault } from "../errors.ts";
import { appendAudit } from "../store/audit.ts";
import { markEffectDone, noteEffectAnswer, type StoredEffect } from "../store/effect.ts";
import { findRequest, noteRequestAnswer, settleRequest } from "../store/request.ts";
import type { EffectDependencies } from "./dependencies.ts";
import { changeTicketInJira, type TicketChanged } from "./change-ticket-in-jira.ts";

type TicketEffect = Extract<Effect, { readonly kind: "ticket" }>;
type TicketDependencies = Pick<EffectDependencies, "jira" | "database" | "queue" | "clock">;

/** What somebody wanted yesterday they may not want any more. */
const GIVE_UP_AFTER = 86_400_000;

/** Noted before anything is written: whoever comes back after a crash knows that the change may be theirs. */
const WRITING = "writing";

/**
 * Writes to Jira what somebody typed, unless somebody else was there first; says so on the ticket, once; has the check run again. Done
 * twice is done once: what stands there is looked at first.
 */
export async function makeTicketChange(
  dependencies: TicketDependencies,
  repository: RepositoryFacts,
  effect: StoredEffect,
  desired: TicketEffect,
): Promise<void> {
  const { database, clock } = dependencies;
  const request = await findRequest(database, desired.requestId);
  if (request === null || isFinished(request)) {
    const { target, revision } = effect;
    return await markEffectDone(database, {
      target,
      revision,
      remoteId: null,
      refusal: null,
      at: clock.now(),
    });
  }
  const came = await change(dependencies, repository, effect, desired, request);
  await keep(dependencies, repository, effect, desired, request, came);
}

async function change(
  { jira, database, clock }: TicketDependencies,
  repository: RepositoryFacts,
  { target }: StoredEffect,
  desired: TicketEffect,
  request: StoredRequest,
): Promise<TicketChanged> {
  if (jira === null) return { state: "failed", answer: { code: "no-jira", message: wording.noJira() } };
  if (clock.now().getTime() - request.askedAt.getTime() > GIVE_UP_AFTER) {
    return { state: "failed", answer: { code: "gave-up", message: wording.gaveUp() } };
  }
  let mayBeOurs = request.answer?.code === WRITING;
  try {
    return await changeTicketInJira(jira, {
      ...desired,
      mark: wording.commentMark(`${repository.owner}/${repository.name}`, request.id),
      mayBeOurs,
      async beforeWriting() {
        mayBeOurs = true;
        await noteRequestAnswer(database, request.id, { code: WRITING, message: wording.onItsWay() });
      },
    });
  } catch (error) {
    if (error instanceof Fault) {
      await noteEffectAnswer(database, target, error.message);
      const code = mayBeOurs ? WRITING : "jira-away";
      await noteRequestAnswer(database, request.id, { code, message: wording.jiraAway() });
    }
    throw error;
  }
}

async function keep(
  { database, queue, clock }: TicketDependencies,
  repository: RepositoryFacts,
  { target, revision }: StoredEffect,
  desired: TicketEffect,
  request: StoredRequest,
  { state, answer }: TicketChanged,
): Promise<void> {
  const at = clock.now();
  await database.transaction(async (transaction) => {
    // A refusal or a conflict is the person's to read; what gave up is the operator's too.
    const refusal = state === "failed" ? answer.message : null;
    await markEffectDone(transaction, { target, revision, remoteId: null, refusal, at });
    if (!(await settleRequest(transaction, request.id, { state, answer, at }))) return;
    // Also after a conflict: somebody changed the ticket, and the check has not heard of it.
    await queue.enqueue(transaction, [
      {
        kind: "look",
        data: { subject: { kind: "ticket", key: desired.ticket }, because: `request ${request.id}` },
      },
    ]);
    const { installationId } = repository;
    await appendAudit(transaction, {
      installationId,
      at,
      record: recordOf(repository, desired, request, answer, state),
    });
  });
}

function recordOf(
  { id: repository }: RepositoryFacts,
  { ticket, change: wanted }: TicketEffect,
  { id: request, by }: StoredRequest,
  { code }: RequestAnswer,
  state: TicketChanged["state"],
): Parameters<typeof appendAudit>[1]["record"] {
  const done = wanted.kind === "fields" ? "fill-fields" : "move-ticket";
  // What stood there already somebody else has done.
  const isTheirs = state === "done" && code !== "there-already";
  const what = isTheirs ? done : "ticket-not-changed";
  const changed =
    wanted.kind === "fields"
      ? { fields: wanted.fields.map(({ name }) => ({ name })) }
      : { from: wanted.seen, to: wanted.transition.to, transition: wanted.transition.name };
  // `because` is a person's reason in every record that tells of something done.
  const why = isTheirs ? {} : { because: code };
  return { what, ...why, repository, request, by: by.login, by_id: by.id, ticket, ...changed };
}
