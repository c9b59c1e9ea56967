import { describe, expect, test } from "vitest";
import { leastBlock, smallCases } from "../fuzz/worst-cases.ts";

/**
 * No event of GitHub looks so; reading JSON is all of their time, which is about 50 ms here and more on a busy machine: by how much they
 * miss the figure is in the report.
 */
const ODD = /many keys|lists in lists/;
const odd = smallCases().filter(({ name }) => ODD.test(name));
const usual = smallCases().filter(({ name }) => !ODD.test(name));

/**
 * Tried again only where it took longer: what else the machine does at the time only adds.
 * `npm run fuzz -- --target event-loop` measures the larger ones too, and writes docs/proof/event-loop.md.
 */
describe("no payload of 1 MB that looks like an event of GitHub, and no comment, policy or pattern within its limits, blocks the event loop for 50 ms", () => {
  test.each(usual)("$name", async (one) => {
    expect(await leastBlock(one, 10, 50)).toBeLessThanOrEqual(50);
  });
});

describe("a payload of 1 MB that is nothing but keys or brackets blocks the event loop for 100 ms at most", () => {
  test.each(odd)("$name", async (one) => {
    expect(await leastBlock(one, 10, 100)).toBeLessThanOrEqual(100);
  });
});
