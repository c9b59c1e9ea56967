import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

/** GitHub sends at most 25 MB. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/**
 * All bodies that are being read or stored at one moment: more than this and a request is asked to come again.
 * On top of it comes what the database driver copies of one batch, which is at most 32 MB of bodies.
 */
export const MAX_BYTES_IN_FLIGHT = 100 * 1024 * 1024;

/** How many bytes of bodies are held; shared by all requests of one server. */
export interface ByteBudget {
  /** False: there is no room for so much more. */
  readonly take: (bytes: number) => boolean;
  readonly give: (bytes: number) => void;
  readonly held: () => number;
}

export function createByteBudget(limit: number): ByteBudget {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > limit) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      held -= bytes;
    },
    held: () => held,
  };
}

export type BodyRead =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads a body within its bounds, handing every chunk to `see` as it comes. The bytes stay taken from the
 * budget until the caller gives back `body.length`; after a refusal nothing is taken.
 */
export function readBody(
  request: IncomingMessage,
  budget: ByteBudget,
  see: (chunk: Buffer) => void,
): Promise<BodyRead> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > MAX_BODY_BYTES) return Promise.resolve({ ok: false, refusal: TOO_LARGE });
  // It would only be read to be thrown away.
  if (!budget.take(declared)) return Promise.resolve({ ok: false, refusal: BUSY });
  budget.give(declared);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    function settle(read: BodyRead): void {
      request.off("data", take).off("end", end).off("close", breakOff);
      if (!read.ok) {
        request.pause();
        budget.give(size);
      }
      resolve(read);
    }
    function take(chunk: Buffer): void {
      if (size + chunk.length > MAX_BODY_BYTES) return settle({ ok: false, refusal: TOO_LARGE });
      if (!budget.take(chunk.length)) return settle({ ok: false, refusal: BUSY });
      size += chunk.length;
      chunks.push(chunk);
      see(chunk);
    }
    function end(): void {
      const [only] = chunks;
      const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
      settle({ ok: true, body });
    }
    /** The connection is gone, or Node ended it because the body trickled. */
    function breakOff(): void {
      settle({ ok: false, refusal: { status: 400, code: "aborted" } });
    }
    request.on("data", take).on("end", end).on("close", breakOff).on("error", ignoreError);
  });
}

const TOO_LARGE: Refusal = { status: 413, code: "too-large" };
const BUSY: Refusal = { status: 503, code: "busy" };

/** `close` follows, and says all there is to say; without a listener the error would end the process. */
function ignoreError(): void {}
