import { describe, expect, test } from "vitest";
import {
  isOwnContext,
  type ShownStatus,
  type Whose,
  type WishedStatus,
  whoseStatus,
} from "../../src/domain/forged-status.ts";
import { buildRepository, sha } from "./build-snapshot.ts";

const SHOWN: ShownStatus = { statusId: 500, state: "success", description: "fine by me" };
const WISHED: WishedStatus = {
  desired: {
    kind: "status",
    repositoryId: buildRepository().id,
    sha: sha("head"),
    context: "holdpoint/gate",
    state: "failure",
    description: "held",
    targetUrl: null,
  },
  revision: 3,
  doneRevision: 3,
  remoteId: 400,
};

describe("REL-64: whose a status is", () => {
  test.each<
    readonly [claim: string, shown: Partial<ShownStatus>, wished: Partial<WishedStatus> | null, whose: Whose]
  >([
    ["one that was never wished for", {}, null, "unwished"],
    ["one that says what we wish, whoever posted it", { state: "failure", description: "held" }, {}, "ours"],
    [
      "one that says what we wish, before ours is done",
      { state: "failure", description: "held" },
      { doneRevision: 2 },
      "ours",
    ],
    ["the very one that we posted last", { statusId: 400 }, {}, "ours"],
    ["one older than ours", { statusId: 399 }, {}, "ours"],
    ["one newer than ours with other words", {}, {}, "forged"],
    ["the same state with other words", { state: "failure", description: "hold" }, {}, "forged"],
    ["one in the place of ours that GitHub had refused", {}, { remoteId: null }, "forged"],
    ["one newer than our last while our next is being posted", {}, { doneRevision: 2 }, "in-flight"],
    ["one while our first is being posted", {}, { doneRevision: 0, remoteId: null }, "in-flight"],
  ])("%s", (_, shown, wished, whose) => {
    expect(whoseStatus({ ...SHOWN, ...shown }, wished === null ? null : { ...WISHED, ...wished })).toBe(
      whose,
    );
  });

  test.each<readonly [context: string, ours: boolean]>([
    ["holdpoint/pre-deploy", true],
    ["Holdpoint/Pre-Deploy", true],
    ["holdpoint/tickets", true],
    ["holdpoint/gate", true],
    ["holdpoint/gate (staging)", true],
    ["holdpoint/gate staging", false],
    ["holdpoint/else", false],
    ["ci/holdpoint/gate", false],
    [" holdpoint/gate", false],
    ["holdpoint/gate\n", false],
  ])("the name %j", (context, ours) => {
    expect(isOwnContext(context)).toBe(ours);
  });
});
