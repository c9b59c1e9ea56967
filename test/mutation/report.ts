import { globSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { z } from "zod";
import { EXPLANATIONS } from "./explained.ts";
import { type Mutant, readResults } from "./results.ts";

/** `node test/mutation/report.ts [--unfinished] [results.json]`: writes what `npm run mutation` found so far, whatever parts were run. */
const ROOT = new URL("../../", import.meta.url).pathname;
const LEAST = 90;
const LONGEST = 90;
const UNFINISHED = process.argv.includes("--unfinished");
const [given] = process.argv.slice(2).filter((one) => one !== "--unfinished");

const mutants = readResults(given ?? `${ROOT}.mutation/results.json`);
const report = writeReport(mutants, filesOf());
writeFileSync(`${ROOT}docs/proof/mutation.md`, report);
process.stdout.write(`${report.split("\n## What survived")[0] ?? ""}\n`);

function filesOf(): readonly string[] {
  return globSync("src/domain/**/*.ts", { cwd: ROOT }).toSorted();
}

function writeReport(all: readonly Mutant[], files: readonly string[]): string {
  const folders = [...new Set(files.map(folderOf))];
  const there = all.filter(({ file }) => files.includes(file));
  const known = there.filter(isAsItWas);
  const stale = [...new Set(there.filter((one) => !isAsItWas(one)).map(({ file }) => file))];
  const open = known.filter((one) => isMissed(one) && explanationOf(one) === undefined);
  const explained = known.filter((one) => isMissed(one) && explanationOf(one) !== undefined);
  return `${[
    "# Changed rules that no test notices",
    "",
    "`npm run mutation` changes the rules of `src/domain` one by one (a condition turned round, a text emptied, a statement taken",
    "away) and runs the tests that reach the changed place. A change that no test notices is a gap in the tests, or code that does",
    "nothing. Only tables and examples judge: tests that draw at random or take seconds are left out, so that a score is what it is",
    `at least. Aimed at: ${LEAST} %. Written by \`node test/mutation/report.ts\` from all parts that were run so far.`,
    "",
    `- Written ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, Stryker ${versionOf("@stryker-mutator/core")}, Vitest ${versionOf("vitest")}`,
    `- ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${(totalmem() / 1_024 ** 3).toFixed(0)} GB; load ${(loadavg()[0] ?? 0).toFixed(1)} when this was written`,
    "",
    "| Folder | Changes | Noticed | Survived | Reached by no test | Not tried | Score | Aim |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
    ...folders.map((folder) =>
      rowOf(
        folder,
        known.filter(({ file }) => folderOf(file) === folder),
      ),
    ),
    rowOf("**all**", known),
    "",
    "Not tried: what runs once, when a file is loaded (constants, patterns, tables), where a run left that out with `--ignoreStatic`:",
    "each of them costs all tests anew. A folder without changes was not run, or has only types; a run that was broken off counts what",
    "it had tried by then, and the next one goes on from there. Where tests were added it keeps what was noticed before and tries anew what",
    "was not, so that until it has ended a score is **too high**: such a report says unfinished. Left out, because the file was changed",
    `since it was run: ${stale.length === 0 ? "none" : stale.map((file) => file.replace("src/domain/", "")).join(", ")}.`,
    "",
    "## What survived, and cannot be noticed",
    "",
    ...EXPLANATIONS.flatMap((one) => [`- ${one.why}`, ...explained.filter(one.explains).map(itemOf)]),
    "",
    "## What survived, and is neither noticed nor explained",
    "",
    ...(open.length === 0 ? ["Nothing."] : open.map(itemOf)),
  ].join("\n")}\n`;
}

function rowOf(name: string, given: readonly Mutant[]): string {
  const count = (outcome: Mutant["outcome"]) => given.filter((one) => one.outcome === outcome).length;
  const tried = given.length - count("ignored");
  const score = (100 * count("noticed")) / tried;
  const aim = UNFINISHED ? "**unfinished**" : score >= LEAST ? "reached" : "**missed**";
  const verdict = tried === 0 ? "**not measured**" : aim;
  const numbers = [tried, count("noticed"), count("survived"), count("reached by no test"), count("ignored")];
  return `| ${name} | ${numbers.join(" | ")} | ${tried === 0 ? "" : `${score.toFixed(1)} %`} | ${verdict} |`;
}

function isMissed({ outcome }: Mutant): boolean {
  return outcome === "survived" || outcome === "reached by no test";
}

function explanationOf(mutant: Mutant) {
  return EXPLANATIONS.find(({ explains }) => explains(mutant));
}

function itemOf({ file, line, original, replacement, outcome }: Mutant): string {
  const shown = (text: string) => codeOf(text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
  const unreached = outcome === "reached by no test" ? ", reached by no test" : "";
  return `  - ${file.replace("src/domain/", "")}:${line}${unreached}: ${shown(original)} as ${shown(replacement)}`;
}

function codeOf(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function folderOf(file: string): string {
  const [first = "", second] = file.replace("src/domain/", "").split("/");
  return second === undefined ? "(files of its own)" : first;
}

/** Results of a file that was changed since say nothing of it any more. */
function isAsItWas({ file, source }: Pick<Mutant, "file" | "source">): boolean {
  return readText(file) === source;
}

function readText(file: string): string {
  return readFileSync(`${ROOT}${file}`, "utf8");
}

function versionOf(name: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readText(`node_modules/${name}/package.json`)))
    .version;
}
