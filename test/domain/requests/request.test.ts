import { expect, test } from "vitest";
import { isFinished } from "../../../src/domain/requests/request.ts";

test.each([
  ["asked", false],
  ["under-way", false],
  ["done", true],
  ["refused", true],
] as const)("a request that is %s is finished: %j", (state, is) => {
  expect(isFinished({ state })).toBe(is);
});
