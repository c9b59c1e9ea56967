import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import { cutSlackText } from "../domain/escape/cut-slack-text.ts";
import { personNotOnSlack, slackNotSetUp } from "../domain/wording/slack-answers.ts";
import { Fault } from "../errors.ts";
import type { Log } from "../log.ts";
import type { ReadsPeople } from "../ports/people.ts";
import type { RepositoryRef } from "../ports/repository.ts";
import type { SendsMessages } from "../ports/slack.ts";
import type { Queue } from "../queue/queue.ts";
import { noteEffectAnswer, type StoredEffect } from "../store/effect.ts";
import {
  beginSlackTry,
  findSlackThread,
  isBehindInThread,
  markSlackDone,
  nextInThread,
  readPlace,
  type StoredPlace,
} from "../store/slack-message.ts";

export interface SlackDependencies {
  readonly github: Pick<ReadsPeople, "readEmail">;
  /** null: Slack is not set up. */
  readonly slack: SendsMessages | null;
  readonly queue: Pick<Queue, "enqueue">;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

type SlackEffect = Extract<Effect, { kind: "slack" }>;

/** What became of a message. `later`: another one has to be there first, and will ask for this one again. */
type Sent =
  | { readonly state: "done"; readonly place: StoredPlace }
  | { readonly state: "refused"; readonly detail: string }
  | { readonly state: "later" };

/** A section's text: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const LONGEST_TEXT = 3_000;
/** Slack's clock may be behind ours; what stands there longer is another message. */
const LOOK_BACK = 3_600_000;

/**
 * Sends a message once. Whatever cannot be sent for good is noted for people and done with: a chat is a courtesy, and
 * nothing else waits for it. A reply whose turn in its thread has not come is left to the message before it, which asks for it.
 */
export async function makeSlackMessage(
  dependencies: SlackDependencies,
  repository: RepositoryRef,
  effect: StoredEffect,
  desired: SlackEffect,
): Promise<void> {
  const { database, clock, log, queue } = dependencies;
  const { target, revision } = effect;
  const sent = await tryToSend(dependencies, repository, effect, desired);
  if (sent.state === "later") return;
  if (sent.state === "refused") log.warn("a message was not sent", { target, detail: sent.detail });
  const done = {
    target,
    revision,
    place: sent.state === "done" ? sent.place : null,
    answer: sent.state === "refused" ? sent.detail : null,
    at: clock.now(),
  };
  await database.transaction(async (transaction) => {
    await markSlackDone(transaction, done);
    const next = await nextInThread(transaction, repository.id, desired.thread ?? desired.key);
    if (next !== null) await queue.enqueue(transaction, [{ kind: "effect", data: { target: next } }]);
  });
}

async function tryToSend(
  { slack, github, database }: SlackDependencies,
  repository: RepositoryRef,
  effect: StoredEffect,
  desired: SlackEffect,
): Promise<Sent> {
  if (slack === null) return { state: "refused", detail: slackNotSetUp() };
  // Said already; other words under the same key are not said again.
  const place = readPlace(effect.remoteRef);
  if (place !== null) return { state: "done", place };
  try {
    return await send({ slack, github, database }, repository, effect.target, desired);
  } catch (error) {
    if (error instanceof Fault) await noteEffectAnswer(database, effect.target, error.message);
    throw error;
  }
}

async function send(
  { slack, github, database }: Pick<SlackDependencies, "github" | "database"> & { slack: SendsMessages },
  repository: RepositoryRef,
  target: string,
  { key, thread, to, text }: SlackEffect,
): Promise<Sent> {
  const begun = thread === null ? null : await findSlackThread(database, repository.id, thread);
  if (begun?.state === "waiting") return { state: "later" };
  if (thread !== null && (await isBehindInThread(database, repository.id, thread, target))) {
    return { state: "later" };
  }
  const receiver = await findReceiver({ slack, github }, repository, to);
  if (receiver === null) {
    return { state: "refused", detail: personNotOnSlack(to.kind === "person" ? to.login : "") };
  }
  const since = await beginSlackTry(database, target);
  return await slack.sendMessage({
    key: `${repository.id}:${key}`,
    to: receiver,
    thread: begun?.state === "there" ? begun.place : null,
    text: cutSlackText(text, LONGEST_TEXT),
    mayBeThereSince: since === null ? null : new Date(since.getTime() - LOOK_BACK),
  });
}

type Receiver = Parameters<SendsMessages["sendMessage"]>[0]["to"];

/** A person by the policy's list, else by the public e-mail address; null: not on Slack, as far as anybody knows. */
async function findReceiver(
  { slack, github }: { readonly slack: SendsMessages; readonly github: Pick<ReadsPeople, "readEmail"> },
  repository: RepositoryRef,
  to: SlackEffect["to"],
): Promise<Receiver | null> {
  if (to.kind === "channel") return to;
  if (to.slackId !== null) return { kind: "user", id: to.slackId };
  const email = await github.readEmail(repository, to.login);
  const id = email === null ? null : await slack.findUserByEmail(email);
  return id === null ? null : { kind: "user", id };
}
