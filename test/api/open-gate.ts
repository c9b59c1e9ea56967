import { createHash } from "node:crypto";
import { createGateApp, type GateAppOptions } from "../../src/api/gate-app.ts";
import type { ApiToken } from "../../src/config.ts";
import { decideGate } from "../../src/domain/gate/decide-gate.ts";
import type { GateFacts } from "../../src/domain/gate/gate.ts";
import type { Gate, GateQuestion } from "../../src/snapshot/take-gate-facts.ts";
import { HEAD, TAKEN_AT, buildPolicy, buildRepository, known } from "../domain/build-snapshot.ts";

export const ALL = "token-for-everything";
export const OF_ACME = "token-for-acme-alone";
export const OF_GLOBEX = "token-for-globex-alone";
export const OF_STOREFRONT = "token-for-the-storefront";
const MINUTE = 60_000;

export const TOKENS: readonly ApiToken[] = [
  { name: "all", hash: hash(ALL), scope: { kind: "all" } },
  { name: "acme", hash: hash(OF_ACME), scope: { kind: "owner", owner: "acme" } },
  { name: "globex", hash: hash(OF_GLOBEX), scope: { kind: "owner", owner: "globex" } },
  {
    name: "storefront",
    hash: hash(OF_STOREFRONT),
    scope: { kind: "repository", owner: "acme", name: "storefront" },
  },
];

function hash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** An open gate, unless the test says otherwise. */
export function buildGateFacts(changes: Partial<GateFacts> = {}): GateFacts {
  const { environment = "production", sha = HEAD } = changes;
  return {
    at: TAKEN_AT,
    repository: buildRepository(),
    policy: buildPolicy(),
    noPolicy: null,
    heldTo: null,
    environment,
    sha,
    intent: "deploy",
    judgement: known({
      environment,
      sha,
      place: "deploy-branch",
      wasLive: false,
      verdict: { outcome: "pass", findings: [], skipped: [] },
      readAt: new Date(TAKEN_AT.getTime() - MINUTE / 2),
    }),
    cases: [],
    halts: [],
    overrides: [],
    rollbacks: [],
    ...changes,
  };
}

/** A gate that always has these facts. */
export function gateWith(changes: Partial<GateFacts>): Gate {
  const facts = buildGateFacts(changes);
  return {
    ask: () =>
      Promise.resolve({
        state: "answered",
        repository: buildRepository(),
        facts,
        answer: decideGate(facts),
      }),
  };
}

/** The gate's app with one repository behind it, and a clock that only the test moves. */
export function openGate(options: Partial<GateAppOptions> = {}) {
  let now = TAKEN_AT.getTime();
  const asked: GateQuestion[] = [];
  const logged: string[] = [];
  const note = (message: string): void => void logged.push(message);
  const app = createGateApp({
    tokens: TOKENS,
    gate: {
      ask: (question) => {
        asked.push(question);
        const { repository, environment, ...rest } = question;
        const name = "id" in repository ? "" : `${repository.owner}/${repository.name}`;
        return name.toLowerCase() === "acme/storefront"
          ? gateWith({ ...rest, environment: environment ?? "production" }).ask(question)
          : Promise.resolve({ state: "no-such-repository" });
      },
    },
    recordRollback: () => Promise.resolve(),
    clock: { now: () => new Date(now) },
    log: { debug: note, info: note, warn: note, error: note },
    ...options,
  });

  async function ask(
    path: string,
    { token = ALL, method = "GET", address = "10.0.0.1", headers = {} }: AskOptions = {},
  ): Promise<Answered> {
    const response = await app.request(
      path,
      { method, headers: { ...(token === "" ? {} : { authorization: `Bearer ${token}` }), ...headers } },
      { incoming: { socket: { remoteAddress: address } } },
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  }

  return {
    ask,
    asked,
    logged,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

interface AskOptions {
  /** "": none. */
  readonly token?: string;
  readonly method?: string;
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}
