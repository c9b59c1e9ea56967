import { asError } from "../errors.ts";
import { visibleText } from "../domain/escape/visible-text.ts";
import * as wording from "../domain/wording/gate-command.ts";
import { type ReadReply, readGateReply } from "./read-gate-reply.ts";

export interface GateRequest {
  /** `https://holdpoint.example.com` */
  readonly url: string;
  readonly token: string;
  /** `owner/name` */
  readonly repository: string;
  readonly environment: string;
  readonly sha: string;
  readonly rollback: boolean;
}

/** What asking once came to. `passing`: another try may go better. */
export type Asked =
  | { readonly state: "answered"; readonly read: ReadReply }
  | { readonly state: "failed"; readonly problem: string; readonly passing: boolean };

/** The facts may have to be read from GitHub and Jira first. */
const TIMEOUT_MILLISECONDS = 60_000;
const MAX_BYTES = 1_048_576;
const PASSING = new Set([408, 425, 429]);

/** Asks once. Never throws for what the other side does; redirects are not followed, so that the token goes nowhere else. */
export async function askGate(request: GateRequest, signal: AbortSignal): Promise<Asked> {
  const { repository, environment, sha } = request;
  const query = new URLSearchParams({ environment, sha });
  if (request.rollback) query.set("intent", "rollback");
  let status: number;
  let body: string | null;
  try {
    const response = await fetch(`${request.url}/api/v1/repos/${repository}/gate?${query.toString()}`, {
      headers: { authorization: `Bearer ${request.token}`, accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]),
    });
    status = response.status;
    body = await readBody(response);
  } catch (error) {
    return failed(wording.gateUnreachable(nameFailure(asError(error))), true);
  }
  if (status >= 300 && status < 400) return failed(wording.gateRedirected(status), false);
  if (body === null) return failed(wording.gateAnswerTooLarge(), false);
  if (status === 200) {
    const read = readGateReply(body, { repository, environment, sha });
    if (read !== null) return { state: "answered", read };
    return failed(isJson(body) ? wording.gateOtherSchema() : wording.gateNoJson(status), false);
  }
  const isPassing = status >= 500 || PASSING.has(status);
  const said = messageOf(body);
  if (said === null) return failed(wording.gateNoJson(status), isPassing);
  if (status === 401) return failed(wording.gateTokenRefused(), false);
  if (status === 404) return failed(wording.gateNotFound(), false);
  return failed(wording.gateRefused(status, visibleText(said, 300)), isPassing);
}

function failed(problem: string, passing: boolean): Asked {
  return { state: "failed", problem, passing };
}

/** null: too large. */
async function readBody(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<Uint8Array> = response.body ?? emptyBody();
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

/** The sentence of one of Holdpoint's refusals; null: this was not Holdpoint. */
function messageOf(body: string): string | null {
  const parsed: unknown = isJson(body) ? JSON.parse(body) : null;
  if (typeof parsed !== "object" || parsed === null || !("schema" in parsed)) return null;
  if (parsed.schema !== "holdpoint.error/1" || !("message" in parsed)) return null;
  return typeof parsed.message === "string" ? parsed.message : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `ECONNREFUSED`, `TimeoutError`, ...: short and free of addresses. */
function nameFailure(error: Error): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if (current.name === "TimeoutError") return current.name;
  }
  return error.name;
}
