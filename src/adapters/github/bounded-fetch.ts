import * as wording from "../../domain/wording/github.ts";
import { asError, Fault } from "../../errors.ts";

/** A compare page of 100 commits with 300 patches stays well below. */
const MAX_BODY_BYTES = 32 * 1_048_576;
const TIMEOUT_MILLISECONDS = 10_000;
/** `Response` refuses a body for these. */
const BODILESS = new Set([204, 205, 304]);

export interface BoundedFetchOptions {
  /** The only origin that is ever called: the tokens go nowhere else. */
  readonly origin: string;
  /** Another way out, for a GitHub in the same process. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeoutMilliseconds?: number | undefined;
  readonly maxBodyBytes?: number | undefined;
}

/**
 * A `fetch` for octokit that calls one host alone, follows no redirect, and gives back answers that were read
 * whole within a time and a size. Throws a `Fault` where there was no answer.
 */
export function createBoundedFetch(options: BoundedFetchOptions): typeof globalThis.fetch {
  const send = options.fetch ?? globalThis.fetch;
  const limit = options.maxBodyBytes ?? MAX_BODY_BYTES;
  const timeout = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;

  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== options.origin) {
      throw new Fault({
        kind: "never-retry",
        code: "github-inconsistent",
        doing: "following GitHub's answer",
        detail: wording.githubForeignAddress(),
      });
    }
    try {
      const response = await send(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeout) });
      const body = await readBody(response, limit);
      const headers = new Headers(response.headers);
      // The body is unpacked here: these two describe what it is now.
      headers.delete("content-encoding");
      headers.set("content-length", String(body.byteLength));
      return new Response(BODILESS.has(response.status) ? null : body, { status: response.status, headers });
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault({
        kind: "retry-later",
        code: "github-unreachable",
        doing: "calling GitHub",
        detail: wording.githubDidNotAnswer(nameFailure(asError(error))),
        cause: error,
      });
    }
  };
}

async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<Uint8Array> = response.body ?? emptyBody();
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new Fault({
        kind: "retry-later",
        code: "github-unreachable",
        doing: "reading GitHub's answer",
        status: response.status,
        detail: wording.githubAnswerTooLarge(limit),
      });
    }
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

/** `ECONNRESET`, `TimeoutError`, ...: short and free of addresses. */
function nameFailure(error: Error): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if (current.name === "TimeoutError") return current.name;
  }
  return error.name;
}
