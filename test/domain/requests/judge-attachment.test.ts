import { describe, expect, test } from "vitest";
import { type AttachmentGround, refuseAttachment } from "../../../src/domain/requests/judge-attachment.ts";
import { buildPolicy, buildTicketPolicy, key, sha } from "../build-snapshot.ts";

type Wish = Parameters<typeof refuseAttachment>[0];

const ATTACH: Wish = {
  kind: "attach-ticket",
  sha: sha("cache"),
  ticket: key("PLAY-1"),
  because: "Its other half",
};
const DETACH: Wish = { kind: "detach-ticket", sha: sha("cache"), ticket: key("PLAY-1") };
const GROUND: AttachmentGround = {
  policy: buildPolicy(),
  mayWrite: true,
  knownProjects: null,
  open: new Set([sha("cache")]),
  ticket: "known",
};
const UNLISTED = buildPolicy({ tickets: buildTicketPolicy({ projects: [] }) });

describe("which ticket may be attached to which commit", () => {
  test.each<readonly [string, Wish, Partial<AttachmentGround>, string | null]>([
    ["one of the repository's projects, to a commit without one", ATTACH, {}, null],
    [
      "one of Jira's projects, where the policy lists none",
      ATTACH,
      { policy: UNLISTED, knownProjects: ["PLAY"] },
      null,
    ],
    [
      "one of a project that Jira does not know",
      ATTACH,
      { policy: UNLISTED, knownProjects: ["OPS"] },
      "other-project",
    ],
    ["any one, where nobody can tell", ATTACH, { policy: UNLISTED }, null],
    ["one that Jira does not answer for now", ATTACH, { ticket: "unknown" }, null],
    ["one that Jira does not show", ATTACH, { ticket: "missing" }, "not-found"],
    ["one of another project", { ...ATTACH, ticket: key("OPS-1") }, {}, "other-project"],
    ["without a reason", { ...ATTACH, because: " " }, {}, "no-reason"],
    ["with a reason of 500 characters", { ...ATTACH, because: "x".repeat(500) }, {}, null],
    ["with a reason of 501 characters", { ...ATTACH, because: "x".repeat(501) }, {}, "reason-too-long"],
    ["to a commit that goes nowhere, or carries one", ATTACH, { open: new Set() }, "not-open"],
    ["by somebody who only reads", ATTACH, { mayWrite: false }, "needs-write"],
    ["without a policy", ATTACH, { policy: null }, "no-policy"],
    ["taken off by somebody who only reads", DETACH, { mayWrite: false }, "needs-write"],
    [
      "taken off although the policy is gone and the commit live",
      DETACH,
      { policy: null, open: new Set() },
      null,
    ],
  ])("%s", (_, wish, changes, code) => {
    expect(refuseAttachment(wish, { ...GROUND, ...changes })?.code ?? null).toBe(code);
  });
});
