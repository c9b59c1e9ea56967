import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/domain/hindsight/parse-csv.ts";
import { readResults } from "../../../src/domain/hindsight/read-results.ts";

const HEAD = "check,sha,finished_at,conclusion";
const SHA = "0123abc";
const NOW = Date.parse("2026-11-21T12:00:00Z");
const GOOD = `long,${SHA},2026-03-01T09:30:00Z,success`;

describe("rows of a CSV file", () => {
  test.each([
    [
      "plain",
      "a,b\nc,d\n",
      [
        [1, ["a", "b"]],
        [2, ["c", "d"]],
      ],
    ],
    [
      "with CRLF, an old Mac's CR, and no end of line",
      "a\r\nb\rc",
      [
        [1, ["a"]],
        [2, ["b"]],
        [3, ["c"]],
      ],
    ],
    ["behind a byte order mark", "\uFEFFa,b", [[1, ["a", "b"]]]],
    [
      "quoted: commas, doubled quotes and line ends",
      '"a,1","say ""hi""","x\ny"\nz',
      [
        [1, ["a,1", 'say "hi"', "x\ny"]],
        [3, ["z"]],
      ],
    ],
    [
      "empty cells, at the end too",
      "a,,\n,b,",
      [
        [1, ["a", "", ""]],
        [2, ["", "b", ""]],
      ],
    ],
    ["empty lines are none", "\n\na\n\n", [[3, ["a"]]]],
    ["what stands behind a closing quote is kept", '"a"b,c', [[1, ["ab", "c"]]]],
    ["an empty quotation", '"",x', [[1, ["", "x"]]]],
    ["nothing", "", []],
  ])("%s", (_name, text, rows) => {
    expect(parseCsv(text)).toEqual({ ok: true, rows: rows.map(([line, cells]) => ({ line, cells })) });
  });

  test.each([
    ['a,b\n"c', 2],
    ['"', 1],
    ['"a\nb","c\n', 2],
  ])("a quotation that never ends is known by its line: %j", (text, line) => {
    expect(parseCsv(text)).toEqual({ ok: false, line });
  });
});

describe("recorded results", () => {
  test("are read with what they say; columns in any order and case, others passed over, attempts where they are given", () => {
    const text = [
      "Conclusion,url,SHA,Finished_At,check,attempt",
      `FAILURE,https://example.org,${SHA.toUpperCase()},2026-03-01T09:30:00+02:00,"unit, fast",2`,
      `timed_out,,${SHA}4567,2026-03-01 09:30 UTC,long,`,
    ].join("\n");
    expect(readResults(text, NOW)).toEqual({
      problems: [],
      results: [
        {
          line: 2,
          check: "unit, fast",
          sha: SHA,
          finishedAt: Date.parse("2026-03-01T07:30:00Z"),
          said: "failure",
          attempt: 2,
        },
        {
          line: 3,
          check: "long",
          sha: `${SHA}4567`,
          finishedAt: Date.parse("2026-03-01T09:30:00Z"),
          said: "timed_out",
          attempt: null,
        },
      ],
    });
  });

  test.each([
    ["", 1, "the file is empty; its first line has to name the columns check,sha,finished_at,conclusion"],
    [`${HEAD}\n`, 1, "there is nothing below the names of the columns"],
    [
      "check,sha\nlong,1234567",
      1,
      "there is no column “finished_at”, “conclusion”; the first line has to name check,sha,finished_at,conclusion, and may name attempt",
    ],
    [`${HEAD},check\n${GOOD},short`, 1, "the column “check” stands there twice; leave one out"],
    [
      `${HEAD}\nlong,${SHA},2026-11-21T12:00:01Z,success`,
      2,
      "“2026-11-21T12:00:01Z” has not come yet; write when the run ended",
    ],
    [
      `${HEAD}\n"long`,
      2,
      "a quotation mark opens here and is never closed; double a quotation mark that belongs to the text",
    ],
    [
      `${HEAD}\nlong,${SHA},2026-03-01T09:30:00Z`,
      2,
      "3 cells where the first line names 4 columns; put a text with a comma into quotation marks",
    ],
    [`${HEAD}\n ,${SHA},2026-03-01T09:30:00Z,success`, 2, "the check has no name"],
    [
      `${HEAD}\n${"x".repeat(301)},${SHA},2026-03-01T09:30:00Z,success`,
      2,
      "the check's name is longer than 300 characters",
    ],
    [
      `${HEAD}\nlong,main,2026-03-01T09:30:00Z,success`,
      2,
      "“main” is no commit; write its sha, 7 hex digits of it at least",
    ],
    [
      `${HEAD}\nlong,${SHA},2026-03-01T09:30:00,success`,
      2,
      "“2026-03-01T09:30:00” is no time with a zone; write it like 2026-03-01T09:30:00Z",
    ],
    [
      `${HEAD}\nlong,${SHA},2026-02-30T09:30:00Z,success`,
      2,
      "“2026-02-30T09:30:00Z” is no time with a zone; write it like 2026-03-01T09:30:00Z",
    ],
    [
      `${HEAD}\nlong,${SHA},2026-03-01T25:30:00Z,success`,
      2,
      "“2026-03-01T25:30:00Z” is no time with a zone; write it like 2026-03-01T09:30:00Z",
    ],
    [
      `${HEAD}\nlong,${SHA},2026-03-01T09:30:00Z,`,
      2,
      "“” is no conclusion; it is one of success, failure, timed_out, cancelled, skipped, neutral, action_required, startup_failure, stale, error. Leave out runs that have not ended",
    ],
    [`${HEAD},attempt\n${GOOD},0`, 2, "“0” is no attempt; attempts count from 1"],
    [
      `${HEAD}\n${GOOD}\n\n${GOOD}`,
      4,
      "the same check, commit and attempt as on line 2; number the attempts in a column “attempt”, or leave one out",
    ],
  ])("%j is a problem of line %i", (text, line, message) => {
    expect(readResults(text, NOW).problems).toEqual([{ line, message }]);
  });

  test("every problem is named, and what is right is read", () => {
    const { results, problems } = readResults([HEAD, "x", GOOD, "y", GOOD, GOOD].join("\n"), NOW);
    expect(problems.map(({ line }) => line)).toEqual([2, 4, 5, 6]);
    expect(results.map(({ line }) => line)).toEqual([3]);
  });
});
