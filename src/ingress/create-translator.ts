import { Probot } from "probot";
import { eventNotUsed } from "../domain/wording/ingress.ts";
import { app, USED_EVENTS } from "./app.ts";
import * as payloads from "./payloads.ts";
import { ignored, translate, type Translation } from "./translation.ts";

export interface TranslatorOptions {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** Hands a verified GitHub delivery to the Probot application and answers what it made of it. */
export type Translator = (delivery: {
  readonly id: string;
  readonly event: string;
  readonly payload: object;
}) => Promise<Translation>;

/**
 * Probot without its server: intake has verified and stored the delivery already, so it is received as it
 * is. No call to GitHub is made; clients are lazy and nobody asks them for anything.
 */
export async function createTranslator(options: TranslatorOptions): Promise<Translator> {
  const told = new Map<string, Translation>();
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    logLevel: "fatal",
  });
  await probot.ready();
  await probot.load((loaded) =>
    app(loaded, { appId: options.appId, tell: (id, translation) => void told.set(id, translation) }),
  );

  return async ({ id, event, payload }) => {
    const received: { id: string; name: string; payload: object } = { id, name: event, payload };
    if (!isReceived(received)) return ignored(eventNotUsed(event, actionOf(payload)));
    try {
      return await translate(event, payloads.envelope, payload, async () => {
        await probot.receive(received);
        return told.get(id) ?? ignored(eventNotUsed(event, actionOf(payload)));
      });
    } catch (error) {
      throw onlyCauseOf(error);
    } finally {
      told.delete(id);
    }
  };
}

type Received = Parameters<Probot["receive"]>[0];

const USED: ReadonlySet<string> = new Set(USED_EVENTS);

/**
 * Probot's type lists every payload it knows; ours are read by their schemas, whatever they hold. Events that nobody
 * listens to stay outside: Probot looks its handlers up in a plain object, so that `constructor` would find one.
 */
function isReceived(event: { id: string; name: string; payload: object }): event is Received & typeof event {
  return USED.has(event.name);
}

function actionOf(payload: object): string | null {
  const action: unknown = "action" in payload ? payload.action : null;
  return typeof action === "string" ? action.slice(0, 64) : null;
}

/**
 * Probot gathers what its handlers threw, and there is one handler an event. It also hangs the whole payload on the
 * error, which would take it into every log.
 */
function onlyCauseOf(thrown: unknown): unknown {
  const cause: unknown = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;
  if (cause instanceof Error) Reflect.deleteProperty(cause, "event");
  return cause;
}
