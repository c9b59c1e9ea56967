import * as wording from "../../domain/wording/jira.ts";
import { isRecord, listMember, member, textMember } from "./json.ts";
import type { JiraProblem } from "./problem.ts";

export interface TransportLimits {
  /** Milliseconds until the head of the answer must be there, connecting included. */
  readonly answerWithin: number;
  /** Milliseconds for the whole exchange: a body that trickles is cut off here. */
  readonly completeWithin: number;
  /** Bytes of body after decompression. */
  readonly bodyLimit: number;
}

/**
 * What an exchange came to. It is always resolved and never rejected: jira-client wraps a rejection in
 * `new Error(JSON.stringify(...))`, which loses the status and may print what nobody should read.
 */
export type Envelope =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      /** Parsed JSON; undefined unless `form` is `json`. */
      readonly body: unknown;
      /** `page`: something for people; `broken`: JSON that does not end as it should. */
      readonly form: "json" | "page" | "broken" | "empty";
    }
  | {
      readonly kind: "failure";
      readonly code: JiraProblem["code"];
      readonly seen: string;
      readonly transient: boolean;
    };

export function isEnvelope(value: unknown): value is Envelope {
  return isRecord(value) && (value["kind"] === "answer" || value["kind"] === "failure");
}

/**
 * The `request` function that jira-client calls. Follows no redirect, sends nothing to another origin than
 * the one configured, and bounds time and size.
 */
export function createTransport(
  origin: string,
  limits: TransportLimits,
  send: typeof globalThis.fetch = globalThis.fetch,
): (options: unknown) => Promise<Envelope> {
  return async (options): Promise<Envelope> => {
    const uri = textMember(options, "uri") ?? "";
    if (!URL.canParse(uri) || new URL(uri).origin !== origin) {
      return {
        kind: "failure",
        code: "jira-unexpected",
        seen: wording.foreignAddress(),
        transient: false,
      };
    }
    return exchange(uri, readRequest(options), limits, send);
  };
}

/** jira-client speaks the dialect of the `request` package; this is its part that we need. */
function readRequest(options: unknown): RequestInit {
  const headers: Record<string, string> = { accept: "application/json", "user-agent": "holdpoint" };
  const authorization = readAuthorization(member(options, "auth"));
  if (authorization !== null) headers["authorization"] = authorization;
  const body = member(options, "body");
  if (body !== undefined) headers["content-type"] = "application/json";
  return {
    method: textMember(options, "method") ?? "GET",
    headers,
    redirect: "manual",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function readAuthorization(auth: unknown): string | null {
  const bearer = textMember(auth, "bearer");
  if (bearer !== null) return `Bearer ${bearer}`;
  const user = textMember(auth, "user");
  const password = textMember(auth, "pass");
  if (user === null || password === null) return null;
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}

async function exchange(
  uri: string,
  request: RequestInit,
  limits: TransportLimits,
  send: typeof globalThis.fetch,
): Promise<Envelope> {
  const abort = new AbortController();
  const untilHead = setTimeout(() => abort.abort(), limits.answerWithin);
  const untilEnd = setTimeout(() => abort.abort(), limits.completeWithin);
  try {
    const response = await send(uri, { ...request, signal: abort.signal });
    clearTimeout(untilHead);
    return await readAnswer(response, abort.signal, limits);
  } catch (error) {
    if (abort.signal.aborted) {
      return { kind: "failure", code: "jira-timeout", seen: wording.nothingInTime(), transient: false };
    }
    return { kind: "failure", code: "jira-unreachable", seen: errorCode(error), transient: true };
  } finally {
    clearTimeout(untilHead);
    clearTimeout(untilEnd);
  }
}

async function readAnswer(
  response: Response,
  signal: AbortSignal,
  limits: TransportLimits,
): Promise<Envelope> {
  const chunks: Uint8Array[] = [];
  const stream: AsyncIterable<Uint8Array> | null = response.body;
  let size = 0;
  try {
    for await (const chunk of stream ?? noChunks()) {
      size += chunk.byteLength;
      if (size > limits.bodyLimit) {
        // Leaving the loop cancels the stream, and with it the connection.
        return {
          kind: "failure",
          code: "jira-too-large",
          seen: wording.largerThan(limits.bodyLimit),
          transient: false,
        };
      }
      chunks.push(chunk);
    }
  } catch (error) {
    const seen = signal.aborted ? wording.noEndInTime() : wording.brokeOff(errorCode(error));
    return { kind: "failure", code: "jira-incomplete", seen, transient: !signal.aborted };
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    kind: "answer",
    status: response.status,
    headers: response.headers,
    ...parseBody(text, response.headers),
  };
}

function parseBody(
  text: string,
  headers: Headers,
): { readonly form: "json" | "page" | "broken" | "empty"; readonly body: unknown } {
  if (text.trim() === "") return { form: "empty", body: undefined };
  const type = headers.get("content-type") ?? "";
  if (/html|xml/i.test(type) || text.trimStart().startsWith("<")) return { form: "page", body: undefined };
  try {
    const body: unknown = JSON.parse(text);
    return { form: "json", body };
  } catch {
    // The parser's message quotes the text, which must not travel: that it does not parse is all there is to say.
    return { form: /json/i.test(type) ? "broken" : "page", body: undefined };
  }
}

/** Jira's own error form: `{"errorMessages": [...], "errors": {...}}`. */
export function isJiraError(body: unknown): boolean {
  return listMember(body, "errorMessages") !== null || isRecord(member(body, "errors"));
}

/** `ECONNREFUSED` and the like; undici hides it in the cause, sometimes in a cause's list of errors. */
function errorCode(error: unknown): string {
  let current: unknown = error;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    const code = "code" in current ? current.code : undefined;
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
    current = current.cause;
  }
  return wording.connectionFailed();
}

async function* noChunks(): AsyncGenerator<Uint8Array> {
  // An answer without a body, such as 204.
}
