import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What one start of vitest said of the tests that were asked for; those that were skipped are left out. */
export type TestRun =
  | { readonly state: "ran"; readonly tests: readonly RanTest[]; readonly message: string | null }
  | { readonly state: "out-of-time" }
  | { readonly state: "unread"; readonly why: string };

export interface RanTest {
  readonly name: string;
  readonly state: "passed" | "failed";
  readonly failures: readonly string[];
}

const LAST_WORDS = 3_000;

/** Runs the tests of one file whose whole name, `outer > inner`, contains one of the texts. */
export async function runTests(
  root: string,
  { file, names, milliseconds, databaseUrl, signal }: Wanted,
): Promise<TestRun> {
  const output = join(root, ".protections.json");
  await rm(output, { force: true });
  const pattern = names.map(escapePattern).join("|");
  const reporter = ["--reporter=json", `--outputFile=${output}`];
  const child = spawn(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", file, "-t", pattern, ...reporter],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2_000)));
  const ended = once(child, "close");
  const over = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  // It is the leader of a group of its own, so that its workers end with it; a busy one heeds no polite word.
  over.addEventListener("abort", () => {
    endGroup(child.pid, "SIGTERM");
    const timer = setTimeout(() => endGroup(child.pid, "SIGKILL"), LAST_WORDS);
    void ended.finally(() => clearTimeout(timer));
  });
  await ended;
  if (over.aborted) return { state: "out-of-time" };
  const text = await readFile(output, "utf8").catch(() => null);
  if (text === null) return { state: "unread", why: said.trim().split("\n")[0] ?? "no report" };
  return readReport(text);
}

interface Wanted {
  readonly file: string;
  readonly names: readonly string[];
  readonly milliseconds: number;
  /** Of a role that may make databases: where the tests make theirs. */
  readonly databaseUrl: string;
  /** Nobody waits for it any more. */
  readonly signal: AbortSignal;
}

const report = z.object({
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

/** Reads what vitest's JSON reporter wrote. */
export function readReport(text: string): TestRun {
  const { testResults } = report.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status, failureMessages }): readonly RanTest[] =>
      status === "passed" || status === "failed"
        ? [{ name: [...ancestorTitles, title].join(" > "), state: status, failures: failureMessages }]
        : [],
    ),
  );
  const message = testResults.map((one) => one.message ?? "").find((one) => one !== "") ?? null;
  return { state: "ran", tests, message };
}

function endGroup(leader: number | undefined, word: "SIGTERM" | "SIGKILL"): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, word);
  } catch {
    // It is gone already.
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
