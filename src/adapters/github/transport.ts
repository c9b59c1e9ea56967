import type { Clock } from "../../clock.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import { createBoundedMap } from "./bounded-map.ts";
import type { Authorisation, Caller, Credentials } from "./caller.ts";
import type { Answer, Exchange } from "./exchange.ts";
import { isFields, shownText } from "./json.ts";
import { isExhausted, limitIn, secondsToReset } from "./limit.ts";
import { limited, type Pauses } from "./pauses.ts";
import type { WritePace } from "./write-pace.ts";

export interface Call {
  readonly caller: Caller;
  /** `GET /repos/{owner}/{repo}`; braces are filled in, and encoded, from the parameters. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What is being attempted, as it reads after "while". */
  readonly doing: string;
  /** A write that may be sent twice without harm, or a POST that only reads. Reads always may. */
  readonly repeatable?: boolean;
  /** A POST that only reads: it does not wait its turn among the writes. */
  readonly readsOnly?: boolean;
}

/** One request that went out, for counting. `not-modified` costs nothing on the primary limit. */
export interface SentCall {
  readonly route: string;
  readonly caller: Caller;
  readonly kind: "read" | "not-modified" | "write" | "credentials";
  readonly status: number | null;
}

export interface Transport {
  /**
   * GitHub's answer: 2xx, a redirect (never followed), or a 4xx that is a value to the caller: 404, 409, 410, 422, 451 and the
   * like. Throws a `Fault` for everything else: unreachable, limited, forbidden.
   */
  readonly send: (call: Call) => Promise<Answer>;
}

export interface TransportOptions {
  readonly exchange: Exchange;
  readonly credentials: (send: Transport["send"]) => Credentials;
  readonly pauses: Pauses;
  readonly writePace: WritePace;
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
  readonly onCall: (call: SentCall) => void;
  /** Told of every answer: its headers say how often one may still ask. */
  readonly noteLimits: (caller: Caller, answer: Answer) => void;
}

const MAX_TRIES = 3;
const RETRY_BUDGET_MILLISECONDS = 10_000;
const FIRST_BACK_OFF_MILLISECONDS = 250;
const SETTLE_MILLISECONDS = 1_000;
/** In bytes of JSON; parsed it takes about three times as much. */
const ANSWER_CACHE_BYTES = 8 * 1_048_576;
const LARGEST_CACHED_BYTES = 256 * 1_024;

interface KnownAnswer {
  readonly etag: string;
  readonly answer: Answer;
  readonly bytes: number;
}

export function createTransport(options: TransportOptions): Transport {
  const { exchange, pauses, clock } = options;
  const known = createBoundedMap<string, KnownAnswer>(ANSWER_CACHE_BYTES, ({ bytes }) => bytes);
  const credentials = options.credentials(send);

  function send(call: Call): Promise<Answer> {
    const isRead = call.route.startsWith("GET ") || call.readsOnly === true;
    if (isRead) return insist(call, isRead);
    return options.writePace(call.caller, () => insist(call, isRead));
  }

  async function insist(call: Call, isRead: boolean): Promise<Answer> {
    const startedAt = clock.now().getTime();
    const repeatable = isRead || call.repeatable === true;
    let renewed = false;
    let settled = false;
    for (let tries = 1; ;) {
      await pauses.check(call.caller, call.doing);
      const authorisation = await credentials.authorise(call.caller);
      const answer = await tryOnce(call, authorisation, isRead);
      if (answer instanceof Fault) {
        const elapsed = clock.now().getTime() - startedAt;
        if (!repeatable || tries >= MAX_TRIES || elapsed >= RETRY_BUDGET_MILLISECONDS) throw answer;
        await options.sleep(backOff(tries, options.random()));
        tries += 1;
        continue;
      }
      if (answer.status === 401) {
        if (renewed || !credentials.renew(call.caller, authorisation, answer)) throw refused(call, answer);
        renewed = true;
        continue;
      }
      if (answer.status === 403) {
        if (settled || !authorisation.fresh) throw refused(call, answer);
        settled = true;
        await options.sleep(SETTLE_MILLISECONDS);
        continue;
      }
      return answer;
    }
  }

  /** A fault is returned where another try may help, and thrown where none would. */
  async function tryOnce(call: Call, authorisation: Authorisation, isRead: boolean): Promise<Answer | Fault> {
    const key = call.route.startsWith("GET ") ? cacheKey(call) : null;
    const before = key === null ? undefined : known.get(key);
    let answer: Answer;
    try {
      answer = await exchange.send(call.route, call.parameters, {
        authorization: authorisation.header,
        ...(before === undefined ? {} : { "if-none-match": before.etag }),
      });
    } catch (error) {
      count(call, isRead, null);
      if (!(error instanceof Fault)) throw error;
      const fault = during(call.doing, error);
      if (fault.kind === "retry-later") return fault;
      throw fault;
    }
    count(call, isRead, answer.status);
    options.noteLimits(call.caller, answer);
    const limit = limitIn(answer, clock.now());
    if (limit !== null) throw limited(await pauses.impose(call.caller, limit.waitSeconds), call.doing);
    if (isExhausted(answer)) await pauses.impose(call.caller, secondsToReset(answer, clock.now()) ?? 0);
    if (answer.status >= 500) return unreachable(call, answer);
    if (answer.status === 304 && before !== undefined) return before.answer;
    if (answer.status < 300) await pauses.wentThrough(call.caller);
    if (key !== null && answer.status === 200) remember(key, answer);
    return answer;
  }

  function cacheKey(call: Call): string {
    const who = call.caller.kind === "app" ? "app" : call.caller.installation;
    return `${who} ${exchange.address(call.route, call.parameters)}`;
  }

  function remember(key: string, answer: Answer): void {
    const { etag } = answer.headers;
    const bytes = Number(answer.headers["content-length"]);
    if (etag !== undefined && bytes <= LARGEST_CACHED_BYTES) known.set(key, { etag, answer, bytes });
  }

  function count(call: Call, isRead: boolean, status: number | null): void {
    const kind = call.route.endsWith("/access_tokens") ? "credentials" : isRead ? "read" : "write";
    options.onCall({
      route: call.route,
      caller: call.caller,
      kind: status === 304 ? "not-modified" : kind,
      status,
    });
  }

  return { send };
}

/** Doubles each time; half of it is chance, so that replicas do not come back together. */
function backOff(tries: number, chance: number): number {
  const full = FIRST_BACK_OFF_MILLISECONDS * 2 ** tries;
  return Math.round(full / 2 + (full / 2) * chance);
}

/** The same fault with what was being attempted, known only here. */
function during(doing: string, fault: Fault): Fault {
  const { kind, code, status, detail, retryAt, cause } = fault;
  return new Fault({ kind, code, doing, status, detail, retryAt, cause });
}

function unreachable(call: Call, answer: Answer): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-unreachable",
    doing: call.doing,
    status: answer.status,
    detail: wording.githubAnsweredError(answer.status),
  });
}

/** GitHub's message is shown: it names the permission or the setting that is missing. It never holds a token. */
function refused(call: Call, answer: Answer): Fault {
  const message = isFields(answer.data) ? shownText(answer.data, "message") : "";
  return new Fault({
    kind: "misconfigured",
    code: "github-forbidden",
    doing: call.doing,
    status: answer.status,
    detail:
      answer.status === 401
        ? wording.githubCredentialsRefused()
        : wording.githubForbids(message.slice(0, 200) || String(answer.status)),
  });
}
