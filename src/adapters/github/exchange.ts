import { Octokit, RequestError } from "octokit";
import * as wording from "../../domain/wording/github.ts";
import { asError, Fault } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { isFields } from "./json.ts";

/** What GitHub answered, whatever the status; nothing of it is trusted yet. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly data: unknown;
}

export interface Exchange {
  /** One request, one answer; throws a `Fault` where none came. */
  readonly send: (
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** The address that the route and its parameters make. */
  readonly address: (route: string, parameters: Readonly<Record<string, unknown>>) => string;
}

/** octokit, its retries and its throttling off: `Transport` decides on those, for all replicas together. */
export function createExchange(apiUrl: string, fetch: typeof globalThis.fetch, log: Log): Exchange {
  const quietly = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: string) => log.warn("octokit warns", { detail: message }),
    error: (message: string) => log.warn("octokit complains", { detail: message }),
  };
  const octokit = new Octokit({
    baseUrl: apiUrl.replace(/(?<!\/)\/+$/, ""),
    userAgent: "holdpoint",
    request: { fetch, log: quietly },
    retry: { enabled: false },
    throttle: { enabled: false },
    log: quietly,
  });

  return {
    send: async (route, parameters, headers) => {
      try {
        const response = await octokit.request(route, { ...parameters, headers });
        return checkJson({ status: response.status, headers: texts(response.headers), data: response.data });
      } catch (error) {
        return checkJson(answerIn(error));
      }
    },
    address: (route, parameters) => octokit.request.endpoint(route, parameters).url,
  };
}

/** octokit throws for 304 and for 400 and above; those are answers. */
function answerIn(error: unknown): Answer {
  if (error instanceof Fault) throw error;
  if (!(error instanceof RequestError)) throw error;
  if (error.cause instanceof Fault) throw error.cause;
  if (error.response === undefined) {
    throw new Fault({
      kind: "retry-later",
      code: "github-unreachable",
      doing: "calling GitHub",
      detail: wording.githubDidNotAnswer(asError(error.cause).name),
    });
  }
  return { status: error.status, headers: texts(error.response.headers), data: error.response.data };
}

/**
 * An error page in the place of JSON is not GitHub's word on anything: a 404 of a proxy must not be taken
 * for "there is none". Refusals by limits and redirects are known by status and headers alone.
 */
function checkJson(answer: Answer): Answer {
  const { status, data } = answer;
  const bodyMatters = (status >= 200 && status < 300) || (status >= 400 && status < 500);
  const judgedByHeaders = [204, 205, 401, 403, 429].includes(status);
  if (!bodyMatters || judgedByHeaders || isFields(data) || Array.isArray(data)) return answer;
  throw new Fault({
    kind: "retry-later",
    code: "github-unreachable",
    doing: "reading GitHub's answer",
    status,
    detail: wording.githubAnsweredNoJson(status),
  });
}

function texts(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name.toLowerCase(), String(value)]] : [],
    ),
  );
}
