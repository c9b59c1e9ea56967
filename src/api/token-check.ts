import { createHash, timingSafeEqual } from "node:crypto";
import type { ApiToken } from "../config.ts";

/**
 * The token of `Authorization: Bearer …`; null: none of ours. Hashes are compared, all of them and each in constant time: how
 * long it takes tells neither how much of a token was right nor which one it was.
 */
export function findToken(tokens: readonly ApiToken[], authorization: string | undefined): ApiToken | null {
  const presented = /^Bearer +([!-~]+) *$/i.exec(authorization ?? "")?.[1];
  if (presented === undefined) return null;
  const hash = createHash("sha256").update(presented).digest();
  let found: ApiToken | null = null;
  for (const token of tokens) if (timingSafeEqual(token.hash, hash)) found = token;
  return found;
}

/** Whether the token may ask about the repository. GitHub takes names in any case. */
export function mayAsk({ scope }: Pick<ApiToken, "scope">, owner: string, name: string): boolean {
  if (scope.kind === "all") return true;
  if (scope.owner.toLowerCase() !== owner.toLowerCase()) return false;
  return scope.kind === "owner" || scope.name.toLowerCase() === name.toLowerCase();
}
