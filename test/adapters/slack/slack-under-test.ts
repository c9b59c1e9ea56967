import { onTestFinished } from "vitest";
import { createSlack, type SlackOptions } from "../../../src/adapters/slack/create-slack.ts";
import { Fault } from "../../../src/errors.ts";
import type { LogFields } from "../../../src/log.ts";
import type { SendsMessages } from "../../../src/ports/slack.ts";
import { serve } from "../../../src/sandbox/serve.ts";
import { createSandboxSlack, type SandboxSlack } from "../../../src/sandbox/slack/create-sandbox-slack.ts";

export const START = new Date("2026-03-02T09:00:00.000Z");

export interface SlackUnderTest {
  readonly slack: SendsMessages;
  readonly sandbox: SandboxSlack;
  /** Bodies of the requests, as they came. */
  readonly bodies: readonly string[];
  readonly warnings: readonly (readonly [string, LogFields])[];
  /** How long it slept, each time, in milliseconds; the clock moves with it. */
  readonly sleeps: readonly number[];
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => void;
  /** Another process with the same Slack: nothing is remembered. */
  readonly another: () => SendsMessages;
}

export interface UnderTestOptions extends Partial<SlackOptions> {
  readonly token?: string;
  /** Answers in the sandbox's place. */
  readonly answer?: (request: Request) => Promise<Response> | Response;
}

/** The adapter before a Slack on loopback; the clock stands still unless it is told to go on. */
export async function startSlack(options: UnderTestOptions = {}): Promise<SlackUnderTest> {
  const { token, answer, ...given } = options;
  let now = START.getTime();
  const clock = { now: () => new Date(now) };
  const sandbox = createSandboxSlack({ clock });
  const bodies: string[] = [];
  const served = await serve(async (request) => {
    bodies.push(await request.clone().text());
    return await (answer ?? sandbox.fetch)(request);
  });
  onTestFinished(() => served.stop());
  const warnings: [string, LogFields][] = [];
  const sleeps: number[] = [];
  const silent = () => undefined;
  const log = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (message: string, fields: LogFields = {}) => void warnings.push([message, fields]),
  };
  async function sleep(milliseconds: number): Promise<void> {
    sleeps.push(milliseconds);
    now += milliseconds;
  }
  const settings = { botToken: token ?? sandbox.token, apiUrl: `${served.url}/api` };
  const another = () => createSlack(settings, { clock, log, sleep, gapMilliseconds: 0, ...given });
  return {
    slack: another(),
    sandbox,
    bodies,
    warnings,
    sleeps,
    now: () => new Date(now),
    pass(milliseconds) {
      now += milliseconds;
    },
    another,
  };
}

type Message = Parameters<SendsMessages["sendMessage"]>[0];

export function message(changes: Partial<Message> = {}): Message {
  return {
    key: "1:opened:abc",
    to: { kind: "channel", channel: "#deploys" },
    thread: null,
    text: "unit is red",
    mayBeThereSince: null,
    ...changes,
  };
}

/** The fault that something ends in, as its fields. */
export async function faultOf(
  action: Promise<unknown>,
): Promise<Pick<Fault, "kind" | "code" | "message" | "retryAt">> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { kind, code, message: text, retryAt } = error;
    return { kind, code, message: text, retryAt };
  }
  throw new Error("a fault was expected");
}
