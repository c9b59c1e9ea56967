import { expect, test } from "vitest";
import { pinOf } from "../../../src/domain/gate/unpinned.ts";
import { known, missing, unread } from "../build-snapshot.ts";

const branch = "production";

test.each([
  ["nothing of ours is required", known([{ context: "ci", onlyOurs: false }]), { state: "pinned" }],
  ["ours, from us alone", known([{ context: "holdpoint/gate", onlyOurs: true }]), { state: "pinned" }],
  [
    "ours, from anybody, twice, in other letters",
    known([
      { context: "Holdpoint/Gate", onlyOurs: false },
      { context: "holdpoint/gate (staging)", onlyOurs: false },
      { context: "holdpoint/gate (staging)", onlyOurs: false },
    ]),
    { state: "open-to-all", branch, contexts: ["Holdpoint/Gate", "holdpoint/gate (staging)"] },
  ],
  ["rules that are not shown", missing(), { state: "unseen", branch }],
  ["rules that could not be read", unread("github-forbidden"), { state: "unseen", branch }],
])("REL-64: %s", (_, required, pin) => {
  expect(pinOf(branch, required)).toEqual(pin);
});
