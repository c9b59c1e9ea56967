import { createHash } from "node:crypto";

/** What is kept of a cookie's text. */
export function hashSessionId(id: string): Buffer {
  return createHash("sha256").update(id).digest();
}
