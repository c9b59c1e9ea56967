import type { WebClientOptions } from "@slack/web-api";
import * as wording from "../../domain/wording/slack-answers.ts";
import { asError, Fault } from "../../errors.ts";

export type SlackFetch = NonNullable<WebClientOptions["fetch"]>;

export interface BoundedFetchOptions {
  /** The only origin that is ever called: the token goes nowhere else. */
  readonly origin: string;
  /** Another way out, for a Slack in the same process. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeoutMilliseconds: number;
  readonly maxBodyBytes: number;
}

/**
 * A `fetch` for Slack's client: one host alone, no redirect, answers read whole within a time and a size. Throws a
 * `Fault` where there was no answer; whether Slack has acted upon the request is then unknown.
 */
export function createBoundedFetch(options: BoundedFetchOptions): SlackFetch {
  const send = options.fetch ?? globalThis.fetch;
  return async (input, init = {}) => {
    const url = new URL(input);
    if (url.origin !== options.origin) {
      throw new Fault({
        kind: "never-retry",
        code: "slack-unexpected",
        doing: "calling Slack",
        detail: wording.slackForeignAddress(),
      });
    }
    try {
      const response = await send(url, {
        ...init,
        redirect: "manual",
        signal: AbortSignal.timeout(options.timeoutMilliseconds),
      });
      const body = await readBody(response, options.maxBodyBytes);
      const headers = new Headers(response.headers);
      headers.delete("content-encoding");
      return new Response(body, { status: response.status, headers });
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault({
        kind: "retry-later",
        code: "slack-unreachable",
        doing: "calling Slack",
        detail: wording.slackUnreachable(nameFailure(asError(error))),
      });
    }
  };
}

async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of stream ?? noChunks()) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new Fault({
        kind: "retry-later",
        code: "slack-unexpected",
        doing: "reading Slack's answer",
        status: response.status,
        detail: wording.slackAnswerTooLarge(limit),
      });
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

async function* noChunks(): AsyncGenerator<Uint8Array> {
  // An answer without a body.
}

/** `ECONNREFUSED`, `TimeoutError`: a code or a name, never a message, which may quote an address. */
function nameFailure(error: Error): string {
  let current: unknown = error;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    const code = "code" in current ? current.code : undefined;
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
    current = current.cause;
  }
  return error.name;
}
