import { createHash } from "node:crypto";

/** What is kept of a secret text, a cookie or a `state`: it can be looked up, and told to nobody. */
export function hashSessionId(id: string): Buffer {
  return createHash("sha256").update(id).digest();
}
