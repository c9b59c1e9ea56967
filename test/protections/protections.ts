import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../bench/machine.ts";
import { PROTECTIONS } from "./catalogue/index.ts";
import { copyTree } from "./copy-tree.ts";
import { judgeRun, type Notice } from "./judge-run.ts";
import type { Protection } from "./protection.ts";
import { renderReport } from "./render-report.ts";
import { findStale } from "./stale.ts";
import { type TestRun, runTests } from "./test-run.ts";
import { startTestServer } from "./test-server.ts";

/**
 * `npm run protections`: switches protections off one by one in a copy of the tree, and expects the test that belongs to
 * each to fail. `-- --row REL-21,REL-22` takes those of rows, `-- --only TEXT` those whose description or files hold the text; the
 * report is written when all were tried. Exits 1 where one survives.
 */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Milliseconds that a test may hang with its protection off, and a whole file's with all of them on. */
const PATIENCE = 60_000;
const BASELINE_PATIENCE = 600_000;

const asked = option("--row")?.split(",") ?? null;
const only = option("--only");
const wanted = PROTECTIONS.filter(
  ({ rows, off, file, test }) =>
    (asked === null || rows.some((row) => asked.includes(row))) &&
    (only === null || [off, file, test.file].some((text) => text.includes(only))),
);
const server = await startTestServer();
const machine = describeMachine(server.version);
const tree = await copyTree(ROOT);
const tried: { entry: Protection; notice: Notice; seconds: number }[] = [];
try {
  for (const [file, entries] of Map.groupBy(wanted, ({ test }) => test.file)) {
    const sound = await run(file, [...new Set(entries.map(({ test }) => test.name))], BASELINE_PATIENCE);
    for (const entry of entries) {
      const began = performance.now();
      const why = whyUnsound(sound, entry);
      const notice: Notice = why === null ? await tryOff(entry) : { state: "broken", why };
      tried.push({ entry, notice, seconds: (performance.now() - began) / 1_000 });
      say(
        notice.state,
        `${entry.rows.join(", ")}: ${entry.off}`,
        notice.state === "broken" ? notice.why : null,
      );
    }
  }
} finally {
  await tree.remove();
  await server.stop();
}
const survived = wanted.length - tried.filter(({ notice }) => notice.state === "noticed").length;
say("done", `${wanted.length} tried, ${survived} not noticed`, null);
process.exitCode = survived === 0 ? 0 : 1;
if (asked === null && only === null) {
  await writeFile(join(ROOT, "docs/proof/protections.md"), renderReport(machine, new Date(), tried));
}

/** With everything switched on the same test passes, else its failure would say nothing; null: it does. */
function whyUnsound(run: TestRun, { test }: Protection): string | null {
  if (run.state !== "ran")
    return run.state === "unread" ? run.why : "with everything on it never came to an end";
  const mine = run.tests.filter(({ name }) => name.includes(test.name));
  if (mine.length === 0) return run.message ?? `there is no test “${test.name}”`;
  const failed = mine.find(({ state }) => state === "failed");
  return failed === undefined ? null : `with everything on it fails, too: ${failed.name}`;
}

function run(file: string, names: readonly string[], milliseconds: number): Promise<TestRun> {
  return runTests(tree.root, { file, names, milliseconds, databaseUrl: server.url });
}

async function tryOff(entry: Protection): Promise<Notice> {
  const stale = findStale(tree.root, entry);
  if (stale !== null) return { state: "broken", why: stale };
  const path = join(tree.root, entry.file);
  const before = await readFile(path, "utf8");
  await writeFile(
    path,
    before.replace(entry.text, () => entry.instead),
  );
  try {
    const { file, name } = entry.test;
    return judgeRun(await run(file, [name], PATIENCE), entry.fails);
  } finally {
    await writeFile(path, before);
  }
}

function option(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

function say(state: string, what: string, why: string | null): void {
  process.stdout.write(`${state.padEnd(8)} ${what}${why === null ? "" : ` (${why})`}\n`);
}
