import type { CommitSha } from "../model.ts";

/** What is drawn; each of them has numbers of its own. */
const KINDS = { breaks: 1, flakes: 2, repair: 3, repairToo: 4, retry: 5, retryToo: 6, reverted: 7 } as const;
export type Drawn = keyof typeof KINDS;

/** Numbers in [0, 1) that depend on the seed, the check, the commit and what is drawn, and on nothing else. */
export type Chance = (drawn: Drawn, sha: CommitSha) => number;

/**
 * The same commit fares the same in a longer or a shorter window and beside more or fewer checks, so that two answers differ by what
 * was asked and not by luck.
 */
export function createChance(seed: number, check: number): Chance {
  const start = mix(mix(seed, 0x9e3779b9), check);
  return (drawn, sha) => {
    const mixed = mix(mix(start, KINDS[drawn]), Number.parseInt(sha.slice(0, 8), 16));
    return mix(mixed, Number.parseInt(sha.slice(8, 16), 16)) / 2 ** 32;
  };
}

/** Mixes a number into another until every bit of the one depends on every bit of the other: the end of MurmurHash3. */
function mix(into: number, value: number): number {
  let bits = Math.imul(into ^ value, 0x85ebca6b) + 0x6d2b79f5;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
