import { expect, test } from "vitest";
import { createLog, type Log, type LogLevel } from "../src/log.ts";

function openLog(level: LogLevel, secrets: readonly string[] = []): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const clock = { now: () => new Date("2026-01-02T03:04:05.678Z") };
  return { log: createLog({ level, clock, secrets, write: (line) => lines.push(line) }), lines };
}

const HOSTILE = [
  'one\r\n{"level":"info"}',
  "\u001B[2J\u001B]0;title\u0007",
  "\u009B31m",
  "a\u2028b\u2029c",
  "\u007F\u0000",
];

test.each(HOSTILE)("REL-75: %j stays within one line, and is read back as it was", (text) => {
  const { log, lines } = openLog("info");
  log.warn("a title was odd", { title: text, error: new Error(text) });
  expect(lines).toHaveLength(1);
  // Nothing but the newline at the end that a terminal or a viewer would obey.
  expect((lines[0] ?? "").slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ title: text });
});

test("a line has the time of the one clock, the level, the message and the fields", () => {
  const { log, lines } = openLog("info");
  log.info("started", { url: "http://127.0.0.1:3000", delivery: undefined });
  expect(lines).toEqual([
    '{"time":"2026-01-02T03:04:05.678Z","level":"info","message":"started","url":"http://127.0.0.1:3000"}\n',
  ]);
});

test.each<[LogLevel, string[]]>([
  ["debug", ["debug", "info", "warn", "error"]],
  ["warn", ["warn", "error"]],
  ["silent", []],
])("at level %s is written %j", (level, written) => {
  const { log, lines } = openLog(level);
  for (const name of ["debug", "info", "warn", "error"] as const) log[name](name);
  expect(lines.map((line) => /"level":"([a-z]+)"/.exec(line)?.[1])).toEqual(written);
});

test("P8: a secret is written nowhere, not in a cause and not over several lines", () => {
  const { log, lines } = openLog("info", ["hunter2-long", "-----BEGIN\nKEY-----"]);
  log.error("a call failed", {
    address: "https://x:hunter2-long@example.com",
    error: new Error("outer", { cause: new Error("-----BEGIN\nKEY-----") }),
  });
  expect(lines.join("")).not.toContain("hunter2-long");
  expect(lines.join("")).not.toContain("KEY-----");
  expect(lines.join("")).toContain("https://x:[secret]@example.com");
});
