import { typedText } from "./typed-text.ts";

/**
 * A short mark of what somebody saw: it goes with their form and comes back, in place of a text that may be long. null: there was
 * nothing. It tells a change from none; it guards no secret.
 */
export function seenMark(text: string | null): string | null {
  const plain = typedText(text ?? "");
  if (plain === "") return null;
  let [low, high] = [0xdeadbeef ^ plain.length, 0x41c6ce57 ^ plain.length];
  for (let index = 0; index < plain.length; index += 1) {
    const unit = plain.charCodeAt(index);
    low = Math.imul(low ^ unit, 2_654_435_761);
    high = Math.imul(high ^ unit, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return `${(high >>> 0).toString(36)}-${(low >>> 0).toString(36)}`;
}
