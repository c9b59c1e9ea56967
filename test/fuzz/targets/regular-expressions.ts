import { existsSync, writeFileSync } from "node:fs";
import { check } from "recheck";
import { collectPatterns, keyOf, type OwnPattern, readVerdicts, VERDICTS } from "../../project/patterns.ts";
import { processorTime } from "../processor-time.ts";
import type { Finding, Played, Target } from "../target.ts";

/** Milliseconds that recheck may think about one. */
const PATIENCE = 60_000;

/** Judges every pattern that was not yet, and writes down the verdicts that the tests rely on. Without the file it judges all anew. */
async function judgeAll(): Promise<Played> {
  const { patterns } = collectPatterns();
  const distinct = new Map(patterns.map((one) => [keyOf(one), one]));
  const kept = existsSync(VERDICTS) ? readVerdicts() : new Set<string>();
  const safe = [...kept].filter((key) => distinct.has(key));
  let slowest = 0;
  let finding: Finding | null = null;
  for (const [key, one] of distinct) {
    if (kept.has(key)) continue;
    const since = processorTime();
    const verdict = await check(one.source, one.flags, { timeout: PATIENCE });
    slowest = Math.max(slowest, processorTime() - since);
    if (verdict.status === "safe") safe.push(key);
    else finding ??= describe(one, verdict.status);
  }
  writeFileSync(VERDICTS, `${JSON.stringify(safe.toSorted(), null, 2)}\n`);
  return { inputs: distinct.size, slowest, finding };
}

function describe({ path, line, source, flags }: OwnPattern, status: string): Finding {
  return { seed: 0, path: "0", input: `/${source}/${flags}`, wrong: `${path}:${String(line)} is ${status}` };
}

export const regularExpressions: Target = {
  name: "regular-expressions",
  claim:
    "every regular expression of `src/` and `assets/`: safe by recheck, whose verdicts are kept for the tests",
  once: true,
  play: judgeAll,
};
