import { expect, test } from "vitest";
import type { ComplianceCase } from "../../../src/domain/compliance/case.ts";
import type { CaseNews } from "../../../src/domain/compliance/case-news.ts";
import { recordCase } from "../../../src/domain/compliance/record-case.ts";
import { sha } from "../build-snapshot.ts";
import { buildCase } from "./build-case.ts";
import { HOUR, after } from "./case-history.ts";

const ABOUT = {
  repository: 7,
  case: 1,
  check: "long",
  check_key: '["workflow","long.yml","long"]',
  first_red: sha("commit 2"),
};
const OPENED = {
  happened_at: "2026-03-02T10:00:00.000Z",
  url: "https://github.com/acme/storefront/actions/runs/2/job/201",
  grace_ms: 259_200_000,
  adopted: false,
};
const DUE = "2026-03-05T10:00:00.000Z";
const GREEN = {
  as: "green",
  at: after(71 * HOUR),
  by: null,
  because: null,
  url: "u",
  sha: sha("commit 4"),
} as const;

test.each<[CaseNews, Partial<ComplianceCase>, object]>([
  [{ what: "opened" }, {}, { what: "case-opened", ...OPENED }],
  [{ what: "relapsed" }, {}, { what: "case-relapsed", ...OPENED }],
  [
    { what: "clock-started" },
    {},
    { what: "case-clock-started", warned_at: "2026-03-02T10:00:00.000Z", due_at: DUE },
  ],
  [
    { what: "adopted" },
    { warnedAt: null, deadline: null },
    { what: "case-adopted", warned_at: null, due_at: null },
  ],
  [
    { what: "resolved" },
    { end: GREEN },
    {
      what: "case-resolved",
      because: "green",
      happened_at: "2026-03-05T09:00:00.000Z",
      due_at: DUE,
      sha: GREEN.sha,
      url: "u",
    },
  ],
  [
    { what: "resolved" },
    {},
    { what: "case-resolved", because: null, happened_at: null, due_at: DUE, sha: null, url: null },
  ],
  [
    { what: "verifying" },
    { verifyUntil: after(74 * HOUR) },
    { what: "case-verifying", due_at: DUE, until: "2026-03-05T12:00:00.000Z" },
  ],
  [{ what: "unverified" }, {}, { what: "case-unverified", due_at: DUE, newest_red: sha("commit 2") }],
  [{ what: "expired" }, {}, { what: "case-expired", due_at: DUE, newest_red: sha("commit 2") }],
  [
    { what: "reminder", before: 4 * HOUR, first: true },
    {},
    { what: "case-reminder", due_at: DUE, left_ms: 14_400_000 },
  ],
])("REL-78: the audit of %j says when it was due and when it happened", (news, changes, record) => {
  expect(recordCase(buildCase(changes), news)).toEqual({ ...ABOUT, ...record });
});

test("a newer red run of the same streak is no change that anybody decides upon", () => {
  expect(recordCase(buildCase(), { what: "went-on" })).toBeNull();
});
