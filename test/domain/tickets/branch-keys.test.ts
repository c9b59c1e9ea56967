import { expect, test } from "vitest";
import { findBranchKeys } from "../../../src/domain/tickets/branch-keys.ts";

test.each([
  ["PLAY-1", "PLAY-1"],
  ["feature/PLAY-1-cache", "PLAY-1"],
  ["feature/play-1_cache", "(PLAY-1)"],
  ["Play-1", "(PLAY-1)"],
  ["PLAY-1.PLAY-2/ops-3", "PLAY-1 PLAY-2 (OPS-3)"],
  ["fix_PLAY-1", "PLAY-1"],
  ["fix_play-1", "(FIX_PLAY-1)"],
  ["MY_PLAY-1", "MY_PLAY-1"],
  ["kafka-3.7", ""],
  ["kafka-3.x", ""],
  ["kafka-3.y", "(KAFKA-3)"],
  ["PLAY-1a", ""],
  ["PLAY-01", ""],
  ["3PLAY-1", ""],
  ["LONGERTHANTEN-1", ""],
  ["P-1", ""],
  ["main", ""],
  ["revert-12-PLAY-1-cache", ""],
  ["octocat/Revert-12-PLAY-1", ""],
  ["octocat/unrevert-12/PLAY-1", "(UNREVERT-12) PLAY-1"],
])("%s: %s", (branch, keys) => {
  const shown = findBranchKeys(branch).map(({ key, upperCase }) => (upperCase ? key : `(${key})`));
  expect(shown.join(" ")).toBe(keys);
});
