import type { Clock } from "../../clock.ts";
import type { JiraSettings } from "../../config.ts";
import * as wording from "../../domain/wording/jira.ts";
import { nextStep } from "../../domain/wording/next-step.ts";
import { reasonOfUnknown } from "../../domain/wording/unread.ts";
import { Fault } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { isRecord } from "./json.ts";
import { refusalWords } from "./refusal-words.ts";
import { judgeAnswer, type JiraProblem } from "./problem.ts";
import {
  createTransport,
  isEnvelope,
  isJiraError,
  type Envelope,
  type TransportLimits,
} from "./transport.ts";

export interface JiraCall {
  readonly method: "GET" | "POST" | "PUT";
  /** Under `/rest/api/N`. Nothing in it may need URL encoding: jira-client takes encoding off again. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /**
   * It changes something: it is sent once, because nobody knows whether a call that failed was done; an answer without a body is a good
   * one; and Jira's words of a refusal are kept for whoever asked.
   */
  readonly writes?: true;
}

export type JiraResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: JiraProblem };

export interface JiraClient {
  /** The JSON of a good answer, or why there is none. Never throws for what Jira or the network does. */
  readonly call: (call: JiraCall) => Promise<JiraResult<unknown>>;
}

export interface ClientOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: TransportLimits;
  /** How many calls may run at once. */
  readonly concurrency: number;
  /** Another way out, for a Jira in the same process. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** What of jira-client we use; its type declarations call these three private. */
interface JiraApi {
  makeUri(options: { pathname: string; query?: Readonly<Record<string, string>> }): string;
  makeRequestHeader(uri: string, options: { method: string; body?: unknown }): object;
  doRequest(options: object): Promise<unknown>;
}

function isJiraApi(value: unknown): value is JiraApi {
  if (!isRecord(value)) return false;
  return ["makeUri", "makeRequestHeader", "doRequest"].every((name) => typeof value[name] === "function");
}

/** When Jira says "later" without saying when. */
const DEFAULT_PAUSE = 60_000;

/**
 * One Jira, asked politely: a bounded number of calls at once, one more try for a failure that may have been
 * chance, and silence for as long as a 429 or a `Retry-After` asks for, by all calls of this process.
 */
export function createClient(settings: JiraSettings, options: ClientOptions): JiraClient {
  const base = readBase(settings);
  const transport = createTransport(base.origin, options.limits, options.fetch);
  const takeTurn = createTurns(options.concurrency);
  let loading: Promise<JiraApi> | null = null;
  let pause: { readonly until: Date; readonly problem: JiraProblem } | null = null;

  async function attempt(call: JiraCall, name: string): Promise<JiraResult<unknown>> {
    loading ??= loadJiraApi(settings, base, transport);
    const api = await loading;
    const uri = api.makeUri({
      pathname: call.path,
      ...(call.query === undefined ? {} : { query: call.query }),
    });
    const request = api.makeRequestHeader(uri, {
      method: call.method,
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const answered = await api.doRequest(request);
    if (isEnvelope(answered)) return judge(answered, name, call.writes === true);
    throw new Fault({ kind: "never-retry", code: "jira-client-changed", doing: name });
  }

  function judge(envelope: Envelope, name: string, writes: boolean): JiraResult<unknown> {
    if (envelope.kind === "failure") {
      const { code, seen, transient } = envelope;
      return refuse({
        code,
        status: null,
        detail: wording.seenIn(seen, name),
        retryAt: null,
        transient,
        saidByJira: false,
      });
    }
    const saidByJira = envelope.form === "json" && isJiraError(envelope.body);
    const now = options.clock.now();
    const problem = judgeAnswer({ ...envelope, saidByJira }, name, now);
    if (problem !== null) {
      const retryAt =
        problem.code === "jira-rate-limited"
          ? (problem.retryAt ?? new Date(now.getTime() + DEFAULT_PAUSE))
          : problem.retryAt;
      if (retryAt !== null && (pause === null || pause.until < retryAt)) {
        pause = { until: retryAt, problem: { ...problem, retryAt } };
      }
      const words = writes && saidByJira ? refusalWords(envelope.body) : null;
      return refuse({ ...problem, retryAt, words });
    }
    if (writes && envelope.form === "empty") return { ok: true, value: null };
    if (envelope.form === "json") return { ok: true, value: envelope.body };
    const code = envelope.form === "broken" ? "jira-incomplete" : "jira-not-json";
    const detail = wording.seenIn(wording.otherForm(envelope.status, envelope.form), name);
    const transient = envelope.form === "broken";
    return refuse({ code, status: envelope.status, detail, retryAt: null, transient, saidByJira: false });
  }

  function refuse(problem: JiraProblem): JiraResult<never> {
    const fields = { code: problem.code, detail: problem.detail };
    const ordinary = problem.status === 404 && problem.saidByJira;
    if (ordinary) options.log.debug("jira knows no such thing", fields);
    else
      options.log.warn("jira did not answer as it should", {
        ...fields,
        reason: reasonOfUnknown(problem.code),
        advice: nextStep({ code: problem.code, outcome: "unknown" }),
      });
    return { ok: false, problem };
  }

  return {
    call: (call) =>
      takeTurn(async () => {
        const name = `${call.method} ${base.path}/rest/api/${base.version}${call.path}`;
        for (let tries = 1; ; tries += 1) {
          if (pause !== null && options.clock.now() < pause.until)
            return { ok: false, problem: pause.problem };
          const result = await attempt(call, name);
          const isLast = result.ok || !result.problem.transient || tries === 2;
          if (isLast || call.writes === true) return result;
        }
      }),
  };
}

interface Base {
  readonly url: URL;
  readonly origin: string;
  /** The context path, such as `/jira`; no slash at the end. */
  readonly path: string;
  readonly version: "2" | "3";
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function readBase(settings: JiraSettings): Base {
  const url = URL.canParse(settings.baseUrl) ? new URL(settings.baseUrl) : null;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (url === null || !safe) {
    throw new Fault({ kind: "misconfigured", code: "jira-address", doing: "reading JIRA_BASE_URL" });
  }
  const version = settings.kind === "cloud" ? "3" : "2";
  return { url, origin: url.origin, path: url.pathname.replace(/(?<!\/)\/+$/, ""), version };
}

/** Loaded at the first call: jira-client pulls in a whole HTTP client (0.25 s) that is then never used. */
async function loadJiraApi(
  settings: JiraSettings,
  base: Base,
  request: (options: unknown) => Promise<Envelope>,
): Promise<JiraApi> {
  const { default: Api } = await import("jira-client");
  const api: unknown = new Api({
    protocol: base.url.protocol.replace(":", ""),
    host: base.url.hostname.replace(/^\[|\]$/g, ""),
    ...(base.url.port === "" ? {} : { port: base.url.port }),
    base: base.path,
    apiVersion: base.version,
    request,
    ...(settings.kind === "cloud"
      ? { username: settings.email, password: settings.apiToken }
      : { bearer: settings.personalAccessToken }),
  });
  if (isJiraApi(api)) return api;
  throw new Fault({ kind: "never-retry", code: "jira-client-changed", doing: "loading jira-client" });
}

/** At most `width` pieces of work at once, the others in the order they came. */
function createTurns(width: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
