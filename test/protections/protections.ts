import { setPriority } from "node:os";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../bench/machine.ts";
import { startBenchServer } from "../bench/database.ts";
import { PROTECTIONS } from "./catalogue/index.ts";
import { copyTree } from "./copy-tree.ts";
import { judgeRun, type Notice } from "./judge-run.ts";
import type { Protection } from "./protection.ts";
import { renderReport } from "./render-report.ts";
import { findStale } from "./stale.ts";
import { runTests } from "./test-run.ts";

/**
 * `npm run protections`: switches protections off one by one in a copy of the tree, and expects the test that belongs to
 * each to fail. `-- --row REL-21` takes those of a row, `-- --only TEXT` those whose description holds the text; the
 * report is written when all were tried. Exits 1 where one survives.
 */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Milliseconds that a test may hang with its protection off, and a whole file's with all of them on. */
const PATIENCE = 60_000;
const BASELINE_PATIENCE = 600_000;

setPriority(15);
const row = option("--row");
const only = option("--only");
const wanted = PROTECTIONS.filter(
  ({ rows, off }) => (row === null || rows.includes(row)) && (only === null || off.includes(only)),
);
const tree = await copyTree(ROOT);
const tried: { entry: Protection; notice: Notice; seconds: number }[] = [];
try {
  const sound = await runBaselines();
  for (const entry of wanted.filter(({ test }) => sound.has(test.file))) {
    const began = performance.now();
    const notice = await tryOff(entry);
    const seconds = (performance.now() - began) / 1_000;
    tried.push({ entry, notice, seconds });
    say(
      notice.state,
      `${entry.rows.join(", ")}: ${entry.off}`,
      notice.state === "broken" ? notice.why : null,
    );
  }
} finally {
  await tree.remove();
}
const survived = wanted.length - tried.filter(({ notice }) => notice.state === "noticed").length;
say("done", `${wanted.length} tried, ${survived} not noticed`, null);
process.exitCode = survived === 0 ? 0 : 1;
if (row === null && only === null) {
  await writeFile(join(ROOT, "docs/proof/protections.md"), renderReport(await describe(), new Date(), tried));
}

/** With everything switched on the same tests pass, else their failures would say nothing. */
async function runBaselines(): Promise<ReadonlySet<string>> {
  const sound = new Set<string>();
  for (const [file, entries] of Map.groupBy(wanted, ({ test }) => test.file)) {
    const names = entries.map(({ test }) => test.name);
    const run = await runTests(tree.root, { file, names, milliseconds: BASELINE_PATIENCE });
    const ran = run.state === "ran" ? run.tests : [];
    const failed = ran.find(({ state }) => state === "failed");
    const missing = names.find((name) => !ran.some((one) => one.name.includes(name)));
    if (run.state === "ran" && failed === undefined && missing === undefined) sound.add(file);
    else say("broken", `${file} with everything switched on`, failed?.name ?? missing ?? JSON.stringify(run));
  }
  return sound;
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
    return judgeRun(await runTests(tree.root, { file, names: [name], milliseconds: PATIENCE }), entry.fails);
  } finally {
    await writeFile(path, before);
  }
}

async function describe(): Promise<ReturnType<typeof describeMachine>> {
  const server = await startBenchServer();
  const machine = describeMachine(server.version);
  await server.stop();
  return machine;
}

function option(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

function say(state: string, what: string, why: string | null): void {
  process.stdout.write(`${state.padEnd(8)} ${what}${why === null ? "" : ` (${why})`}\n`);
}
