import { type ParsedPolicy, parsePolicy, type PolicyOptions, type PolicyTexts } from "./parse-policy.ts";

/** Of so many repositories; a text longer than a person writes is parsed each time. */
const KEPT = 200;
const LONGEST_KEY = 20_000;

const known = new Map<string, ParsedPolicy>();

/** As `parsePolicy`, for whoever asks again and again about texts that seldom change: each look does, several times. */
export function parsePolicyOnce(texts: PolicyTexts, options: PolicyOptions = {}): ParsedPolicy {
  const key = JSON.stringify([texts.organisation, texts.repository, options.hour ?? null]);
  const before = known.get(key);
  const parsed = before ?? parsePolicy(texts, options);
  known.delete(key);
  if (key.length <= LONGEST_KEY) known.set(key, parsed);
  const [longestUnused] = known.keys();
  if (known.size > KEPT && longestUnused !== undefined) known.delete(longestUnused);
  return parsed;
}
