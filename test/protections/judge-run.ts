import type { OtherFailure } from "./protection.ts";
import type { TestRun } from "./test-run.ts";

export type Notice =
  | { readonly state: "noticed"; readonly by: string }
  | { readonly state: "survived" }
  /** It failed, but not because of what it claims: the edit does not even run, or something else is broken. */
  | { readonly state: "broken"; readonly why: string };

/** Whether a test noticed that its protection is off, and not merely that the code is broken. */
export function judgeRun(run: TestRun, fails: OtherFailure | undefined): Notice {
  if (run.state === "unread") return { state: "broken", why: run.why };
  if (run.state === "out-of-time") {
    return fails === "never-comes"
      ? { state: "noticed", by: "it never came to an end" }
      : { state: "broken", why: "it never came to an end" };
  }
  if (run.tests.length === 0) return { state: "broken", why: run.message ?? "no test of that name" };
  const failed = run.tests.filter(({ state }) => state === "failed");
  if (failed.length === 0) return { state: "survived" };
  const telling = failed.find(({ failures }) => failures.some((failure) => isTelling(failure, fails)));
  if (telling !== undefined) return { state: "noticed", by: telling.name };
  return { state: "broken", why: firstLine(failed[0]?.failures[0] ?? "it failed without a word") };
}

function isTelling(failure: string, fails: OtherFailure | undefined): boolean {
  if (IMPORT_FAILS.test(failure)) return false;
  if (ASSERTION.test(failure)) return true;
  if (fails === "never-comes") return NEVER_COMES.test(failure);
  return fails !== undefined && failure.includes(fails.saying);
}

const IMPORT_FAILS = /^(?:SyntaxError|ReferenceError)|Failed to (?:load|resolve)|Transform failed/;
/** vitest's `resolves` and `rejects`, fast-check, and our tests' own `faultOf` throw errors of their own. */
const ASSERTION =
  /^(?:AssertionError|Error: promise (?:resolved|rejected) "|Error: no fault was thrown|Error: Property failed)/;
const NEVER_COMES = /^(?:Error: )?(?:Test|Hook) timed out/;

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
