import { createLog } from "../../src/log.ts";

/** Warnings and errors of the code under test, where a person who runs the tests sees them. */
export const loudLog = createLog({
  level: "warn",
  clock: { now: () => new Date() },
  write: (line) => void process.stderr.write(line),
  secrets: [],
});

/** For tests that provoke what would be logged. */
export const silentLog = createLog({
  level: "silent",
  clock: { now: () => new Date() },
  write: () => undefined,
  secrets: [],
});
