import { describe, expect, test } from "vitest";
import { HISTORY_KINDS, kindOf } from "../../../src/domain/history/happening.ts";
import { readHappening } from "../../../src/domain/history/read-record.ts";
import type { RecordFields } from "../../../src/domain/history/record-fields.ts";
import { RECORDS } from "../../../src/domain/history/record-names.ts";
import { happened } from "../../../src/domain/wording/cockpit/happenings.ts";
import { HOSTILE } from "../escape/hostile-text.ts";
import { everyRecord } from "./every-record.ts";

const AT = new Date("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;
function ago(minutes: number): Date {
  return new Date(AT.getTime() - minutes * 60_000);
}
const MENTIONED = {
  cases: new Map([[7, { name: "integration", redSince: ago(50 * 60) }]]),
  lasted: new Map([
    ["comment:1", 1.5 * HOUR],
    ["comment:2", 4 * HOUR],
  ]),
};
const ALL = everyRecord({ caseId: 7, ago });

function read(record: RecordFields, minutes = 0) {
  return readHappening({ key: "k", at: ago(minutes), record }, MENTIONED);
}

describe("what the audit keeps", () => {
  test.each(ALL.map(([record, sentence], index) => [sentence, record, index] as const))(
    "is told as: %s",
    (sentence, record, index) => {
      const happening = read(record, index);
      expect(happening === null ? null : happened(happening, HOUR)).toBe(sentence);
    },
  );

  test("of every name that a kind lists is of that kind", () => {
    for (const kind of HISTORY_KINDS) {
      for (const what of RECORDS[kind].filter((name) => name !== "pull-request-verdict")) {
        const happening = read({ what, subject: "deploy:1" });
        expect([what, happening === null ? null : kindOf(happening.told)]).toEqual([what, kind]);
      }
    }
  });

  test("and no history tells of is left out", () => {
    expect(read({ what: "history-lost" })).toBeNull();
    expect(read({})).toBeNull();
  });

  test("is told however little of it is there, and of whatever type: the audit is older than this code", () => {
    const odd: readonly unknown[] = [undefined, null, 1, "x", [], [1, null, "x", {}], {}, true, Number.NaN];
    const names = new Set(ALL.flatMap(([record]) => Object.keys(record)));
    for (const { what } of ALL.map(([record]) => record)) {
      for (const value of odd) {
        const record = { ...Object.fromEntries([...names].map((name) => [name, value])), what };
        const happening = read(record);
        const said = happening === null ? "null" : happened(happening, HOUR);
        expect(said).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });

  test("in the demo, an hour of a second is called an hour", () => {
    const ended = read({ what: "halt-ended", by: "octocat", source: "comment:1" });
    expect(ended === null ? null : happened({ ...ended, lasted: 1_500 }, 1_000)).toBe(
      "octocat ended a halt after 1 h 30 min",
    );
  });

  test.each(HOSTILE)("REL-74: %s in it is one line of visible text", (_what, text) => {
    for (const [{ what }] of ALL) {
      const lists = {
        changes: [{ environment: text, sha: text, reasons: [text] }],
        fields: [{ name: text }],
      };
      const record = { ...lists, by: text, environment: text, check: text, ticket: text, context: text };
      const happening = read({
        ...record,
        label: text,
        command: text,
        because: text,
        codes: [text],
        to: text,
        what,
      });
      const said = happening === null ? "" : happened(happening, HOUR);
      expect(said).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u200B\u2028]/u);
      expect(said.length).toBeLessThan(600);
    }
  });
});
