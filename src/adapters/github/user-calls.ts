import type { Clock } from "../../clock.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { Answer, Exchange } from "./exchange.ts";
import { type Fields, fields } from "./json.ts";
import { limitIn } from "./limit.ts";

export interface UserCall {
  /** Only reads: nothing is written in a person's name. */
  readonly route: `GET /${string}`;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly doing: string;
}

/** Calls with a person's token: their limit is theirs, so that a pause of theirs holds up nobody else. */
export interface UserCalls {
  /** A 2xx, or a refusal that is a value to the caller (403 without a limit, 404, 451); null: the token is no good. */
  readonly send: (accessToken: string, call: UserCall) => Promise<Answer | null>;
  /** An object that must be there. */
  readonly read: (accessToken: string, call: UserCall) => Promise<Fields | null>;
}

const VALUES = new Set([403, 404, 410, 451]);

export function createUserCalls({
  exchange,
  clock,
}: {
  readonly exchange: Exchange;
  readonly clock: Clock;
}): UserCalls {
  async function send(accessToken: string, call: UserCall): Promise<Answer | null> {
    const authorization = `Bearer ${accessToken}`;
    const answer = await exchange.send(call.route, call.parameters ?? {}, { authorization });
    if (answer.status === 401) return null;
    if (limitIn(answer, clock.now()) === null) {
      if (answer.status === 200 || VALUES.has(answer.status)) return answer;
    }
    throw userFault(call.doing, answer, clock.now());
  }
  return {
    send,
    async read(accessToken, call) {
      const answer = await send(accessToken, call);
      if (answer === null) return null;
      if (answer.status !== 200) throw userFault(call.doing, answer, clock.now());
      return fields(answer.data, "answer");
    },
  };
}

/** What came instead of an answer. GitHub's own message is not repeated: it is for the App's operator, not for whoever signs in. */
export function userFault(doing: string, answer: Answer, now: Date): Fault {
  const limit = limitIn(answer, now);
  if (limit === null) {
    return new Fault({
      kind: "retry-later",
      code: "github-unreachable",
      doing,
      status: answer.status,
      detail: wording.githubAnsweredError(answer.status),
    });
  }
  const retryAt = new Date(now.getTime() + (limit.waitSeconds ?? 60) * 1_000);
  return new Fault({
    kind: "retry-later",
    code: "github-rate-limited",
    doing,
    status: answer.status,
    retryAt,
    detail: wording.githubPersonRateLimited(retryAt),
  });
}
