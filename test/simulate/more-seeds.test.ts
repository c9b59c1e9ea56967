import { describe, test } from "vitest";
import { A_MONTH_TAKES, expectRightMonth } from "./live-in-tests.ts";

/** In a file of their own, so that they live beside the others. */
describe("a simulated world", () => {
  test.each([3, 4])(
    "seed %i: a month of two repositories is judged right",
    { timeout: A_MONTH_TAKES },
    (seed) => expectRightMonth(seed),
  );
});
