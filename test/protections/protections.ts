import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../bench/machine.ts";
import { askedFor, refuse } from "../command-line/asked-for.ts";
import { PROTECTIONS } from "./catalogue/index.ts";
import { copyTree } from "./copy-tree.ts";
import { judgeRun, type Notice } from "./judge-run.ts";
import { openKeptNotices } from "./kept-notices.ts";
import type { Protection } from "./protection.ts";
import { renderReport } from "./render-report.ts";
import { findStale } from "./stale.ts";
import { openTestGroup, type TestGroup } from "./test-group.ts";
import { ROWS } from "./rows.ts";
import type { TestRun } from "./test-run.ts";
import { startTestServer } from "./test-server.ts";

/**
 * `npm run protections`: switches protections off one by one in a copy of the tree, and expects the test that belongs to
 * each to fail. It goes on from where the run before it stopped: what was seen, and was not changed since, is not tried again
 * but with `-- --again`. `-- --row REL-21,REL-22` takes those of rows, `-- --only TEXT` those whose description or files hold the
 * text. Exits 1 where one of those that it took is not noticed.
 */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Milliseconds that a test may hang with its protection off, beyond what its file took before; and that a file may take. */
const PATIENCE = 60_000;
const BASELINE_PATIENCE = 600_000;

const values = askedFor({ row: { type: "string" }, only: { type: "string" }, again: { type: "boolean" } });
const asked = values.row?.split(",") ?? null;
const stray = asked?.find((row) => !Object.hasOwn(ROWS, row));
if (stray !== undefined) refuse(`--row: there is no row ${stray}.`);
const { only = null } = values;
if (!PROTECTIONS.some(isAskedFor)) refuse("There is no such protection: see test/protections/catalogue.");
const kept = openKeptNotices(ROOT, join(ROOT, "docs/proof/protections.json"), PROTECTIONS);
const wanted = PROTECTIONS.filter(
  (entry) => isAskedFor(entry) && (values.again === true || kept.find(entry) === null),
);
const stopping = new AbortController();
for (const word of ["SIGINT", "SIGTERM"]) process.once(word, () => stopping.abort());
const server = await startTestServer();
const machine = describeMachine(server.version);
const tree = await copyTree(ROOT);
const failed = new Map<Protection, Exclude<Notice, { state: "noticed" }>>();
try {
  for (const [file, entries] of Map.groupBy(wanted, ({ test }) => test.file)) {
    if (stopping.signal.aborted) break;
    const group = openTestGroup({ root: tree.root, file, databaseUrl: server.url, signal: stopping.signal });
    const names = [...new Set(entries.map(({ test }) => test.name))];
    const began = performance.now();
    const sound = await group.run({ names, changed: null, milliseconds: BASELINE_PATIENCE });
    const patience = PATIENCE + Math.round(2 * (performance.now() - began));
    try {
      for (const entry of entries) {
        if (!stopping.signal.aborted) await tryOne(entry, { group, sound, patience });
      }
    } finally {
      await group.end();
    }
  }
} finally {
  await tree.remove();
  await server.stop();
}
const now = new Date();
const report = PROTECTIONS.map((entry) => ({
  entry,
  seen: kept.find(entry),
  notice: failed.get(entry) ?? null,
}));
await writeFile(join(ROOT, "docs/proof/protections.md"), renderReport(machine, now, report));
say("done", `${wanted.length} to be tried, ${failed.size} not noticed`, null);
process.exitCode = failed.size === 0 && !stopping.signal.aborted ? 0 : 1;

function isAskedFor({ rows, off, file, test }: Protection): boolean {
  if (asked !== null && !rows.some((row) => asked.includes(row))) return false;
  return only === null || [off, file, test.file].some((text) => text.includes(only));
}

interface Ground {
  readonly group: TestGroup;
  /** With everything switched on. */
  readonly sound: TestRun;
  readonly patience: number;
}

async function tryOne(entry: Protection, { group, sound, patience }: Ground): Promise<void> {
  const began = performance.now();
  const why = whyUnsound(sound, entry) ?? findStale(tree.root, entry);
  const notice: Notice = why === null ? await tryOff(entry, group, patience) : { state: "broken", why };
  if (stopping.signal.aborted) return;
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (notice.state === "noticed") {
    kept.keep(tree.root, entry, { by: notice.by, on: new Date().toISOString().slice(0, 10), seconds });
  } else failed.set(entry, notice);
  say(notice.state, `${entry.rows.join(", ")}: ${entry.off}`, notice.state === "broken" ? notice.why : null);
}

/** With everything switched on the same test passes, else its failure would say nothing; null: it does. */
function whyUnsound(run: TestRun, { test }: Protection): string | null {
  if (run.state === "unread") return run.why;
  if (run.state === "out-of-time") return "with everything on it never came to an end";
  const mine = run.tests.filter(({ name }) => name.includes(test.name));
  if (mine.length === 0) return run.message ?? `there is no test “${test.name}”`;
  const broken = mine.find(({ state }) => state === "failed");
  return broken === undefined ? null : `with everything on it fails, too: ${broken.name}`;
}

async function tryOff(
  { file, text, instead, test, fails }: Protection,
  group: TestGroup,
  milliseconds: number,
): Promise<Notice> {
  const path = join(tree.root, file);
  const before = await readFile(path, "utf8");
  const off = before.replace(text, () => instead);
  // Tables are made when vitest starts.
  const isOfTables = file.endsWith(".sql");
  if (isOfTables) await group.end();
  await writeFile(path, off);
  try {
    const run = await group.run({ names: [test.name], changed: path, milliseconds });
    return judgeRun(run, fails);
  } finally {
    await writeFile(path, before);
    if (isOfTables) await group.end();
  }
}

function say(state: string, what: string, why: string | null): void {
  process.stdout.write(`${state.padEnd(8)} ${what}${why === null ? "" : ` (${why})`}\n`);
}
