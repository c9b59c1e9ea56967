import {
  LogLevel,
  type Logger,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from "@slack/web-api";
import type { Clock } from "../../clock.ts";
import type { SlackSettings } from "../../config.ts";
import * as wording from "../../domain/wording/slack-answers.ts";
import { Fault } from "../../errors.ts";
import type { SlackFetch } from "./bounded-fetch.ts";
import { createPauses } from "./pauses.ts";

/** A call's answer, or Slack's own name for why it will never do that. */
export type SlackAnswer<Value> =
  | { readonly state: "answered"; readonly value: Value }
  | { readonly state: "refused"; readonly error: string };

export interface SlackCall<Value> {
  /** As it would read after "while". */
  readonly doing: string;
  /** What is limited together: the method, for messages with their channel. */
  readonly limit: string;
  readonly send: (client: WebClient) => Promise<Value>;
}

/**
 * Makes one call, without a second try of its own: the queue tries again, and looks first. Throws a `Fault` to try
 * later where Slack did not do its part, and one of a wrong setting where the token is not good.
 */
export type SlackCaller = <Value>(call: SlackCall<Value>) => Promise<SlackAnswer<Value>>;

/** Nothing but a person at Slack's or Holdpoint's settings helps: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const MISCONFIGURED: ReadonlySet<string> = new Set([
  "invalid_auth",
  "not_authed",
  "not_allowed_token_type",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "team_access_not_granted",
]);

/** Slack's own trouble, by itself or with us. */
const TRANSIENT: ReadonlySet<string> = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "team_added_to_org",
  "org_login_required",
  "request_timeout",
  "external_channel_migrating",
]);
const RATE_LIMITED: ReadonlySet<string> = new Set(["ratelimited", "rate_limited", "message_limit_exceeded"]);

/** Where Slack names no time. */
const LIMITED_FOR = 30_000;
/** After a failed connection: whoever waits for a time-out keeps a place from others. */
const UNREACHABLE_FOR = 5_000;
const EVERYTHING = "";

/** The client's own log would hold whole messages. */
const SILENT: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  getLevel: () => LogLevel.ERROR,
  setName: ignore,
};

function ignore(): void {
  // What matters of it becomes a Fault.
}

export function createCaller(settings: SlackSettings, fetch: SlackFetch, clock: Clock): SlackCaller {
  const client = new WebClient(settings.botToken, {
    slackApiUrl: `${settings.apiUrl}/`,
    logger: SILENT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch,
  });
  const pauses = createPauses(clock);

  return async ({ doing, limit, send }) => {
    const until = pauses.until(EVERYTHING) ?? pauses.until(limit);
    if (until !== null) throw later("slack-rate-limited", doing, wording.slackPaused(), until);
    try {
      return { state: "answered", value: await send(client) };
    } catch (error) {
      const seen = readFailure(error);
      switch (seen.kind) {
        case "refused":
          return { state: "refused", error: seen.error };
        case "misconfigured":
          throw new Fault({
            kind: "misconfigured",
            code: "slack-refused",
            doing,
            detail: wording.slackSays(seen.error),
          });
        case "limited": {
          const again = new Date(clock.now().getTime() + (seen.seconds ?? LIMITED_FOR / 1_000) * 1_000);
          pauses.pause(limit, again);
          throw later("slack-rate-limited", doing, wording.slackPaused(), pauses.until(limit));
        }
        case "unreachable":
          pauses.pause(EVERYTHING, new Date(clock.now().getTime() + UNREACHABLE_FOR));
          throw later("slack-unreachable", doing, seen.detail, null);
        case "failed":
          throw later("slack-unexpected", doing, seen.detail, null);
      }
    }
  };
}

type Failure =
  | { readonly kind: "refused" | "misconfigured"; readonly error: string }
  | { readonly kind: "limited"; readonly seconds: number | null }
  | { readonly kind: "unreachable" | "failed"; readonly detail: string };

function readFailure(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return { kind: "limited", seconds: error.retryAfter };
  if (error instanceof WebAPIPlatformError) return readPlatformError(error);
  if (error instanceof WebAPIHTTPError)
    return { kind: "failed", detail: wording.slackHttp(error.statusCode) };
  const original = error instanceof WebAPIRequestError ? error.original : error;
  if (original instanceof Fault) {
    return {
      kind: original.code === "slack-unreachable" ? "unreachable" : "failed",
      detail: original.detail,
    };
  }
  // A 429 without a time is a plain Error of the client's; its message quotes the address alone, but need not travel.
  return { kind: "limited", seconds: null };
}

/** `error` is whatever the body held: a page where Slack answers with one. */
function readPlatformError({ data }: WebAPIPlatformError): Failure {
  const { error } = data;
  if (!/^[a-z][a-z0-9_]{1,60}$/.test(error)) return { kind: "failed", detail: wording.slackOddAnswer() };
  if (RATE_LIMITED.has(error))
    return { kind: "limited", seconds: data.response_metadata?.retryAfter ?? null };
  if (MISCONFIGURED.has(error)) return { kind: "misconfigured", error };
  if (TRANSIENT.has(error)) return { kind: "failed", detail: wording.slackSays(error) };
  return { kind: "refused", error };
}

function later(code: string, doing: string, detail: string, retryAt: Date | null): Fault {
  return new Fault({ kind: "retry-later", code, doing, detail, retryAt });
}
