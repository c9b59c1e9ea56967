import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { createDice } from "./dice.ts";

/**
 * Makes what Node takes from chance (ids of jobs and deliveries, tokens, nonces) a function of the seed, for this whole process, until
 * the answer is called. Two runs with one seed then make the same rows in the same order.
 */
export function repeatIds(seed: number): () => void {
  const { randomUUID, randomBytes } = crypto;
  const dice = createDice("ids", seed);
  function bytes(size: number): Buffer {
    return Buffer.from(Array.from({ length: size }, () => dice.between(0, 255)));
  }
  Reflect.set(crypto, "randomBytes", bytes);
  Reflect.set(crypto, "randomUUID", () => uuidOf(bytes(16)));
  syncBuiltinESMExports();
  return () => {
    Object.assign(crypto, { randomUUID, randomBytes });
    syncBuiltinESMExports();
  };
}

function uuidOf(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
