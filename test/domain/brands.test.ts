import { describe, expect, test } from "vitest";
import {
  isCaseId,
  isCommitSha,
  isDeliveryId,
  isInstallationId,
  isRepositoryId,
  NO_INSTALLATION,
} from "../../src/domain/brands.ts";

describe("a commit's name is 40 hex digits, or 64, in lower case", () => {
  test.each([
    ["0123456789abcdef0123456789abcdef01234567", true],
    ["0123456789abcdef".repeat(4), true],
    ["0123456789ABCDEF0123456789abcdef01234567", false],
    ["0123456789abcdef0123456789abcdef0123456", false],
    ["0123456789abcdef0123456789abcdef012345678", false],
    ["g123456789abcdef0123456789abcdef01234567", false],
    ["0123456789abcdef0123456789abcdef01234567\n", false],
    ["x 0123456789abcdef0123456789abcdef01234567", false],
    ["", false],
  ])("%j: %j", (text, is) => {
    expect(isCommitSha(text)).toBe(is);
  });
});

describe("GitHub's numbers, and ours, count from 1", () => {
  test.each([
    [1, true],
    [Number.MAX_SAFE_INTEGER, true],
    [0, false],
    [-1, false],
    [1.5, false],
    [2 ** 53, false],
    [Number.NaN, false],
  ])("%j: %j", (number, is) => {
    expect([isRepositoryId(number), isInstallationId(number), isCaseId(number)]).toEqual([is, is, is]);
  });

  test("what stands for no installation is none", () => {
    expect(isInstallationId(NO_INSTALLATION)).toBe(false);
  });
});

describe("a delivery's name is safe in a line of the log", () => {
  test.each([
    ["72d3162e-cc78-11e3-81ab-4c9367dc0958", true],
    ["jira:1.2_3", true],
    ["a".repeat(128), true],
    ["a".repeat(129), false],
    ["", false],
    ["a b", false],
    ["a\n", false],
    ["é", false],
  ])("%j: %j", (text, is) => {
    expect(isDeliveryId(text)).toBe(is);
  });
});
