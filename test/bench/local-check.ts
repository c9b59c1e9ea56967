import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Entry } from "./entry.ts";
import { type Section, atMost } from "./figure.ts";
import { median } from "./statistics.ts";

const BEFORE = 500;
const IN_RANGE = 1_000;

const documentSchema = z.object({ commits: z.int(), tickets: z.array(z.object({})) });

/** `holdpoint check --git` of a thousand commits, beside what `git log` takes for the same range. */
export async function measureLocalCheck(entry: Entry, times: number): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-bench-clone-"));
  try {
    makeHistory(folder);
    const log: number[] = [];
    const check: number[] = [];
    for (let time = 0; time < times; time += 1) {
      log.push(timeOf("git", ["-C", folder, "log", "production..main"]).seconds);
      const options = [
        "check",
        "--git",
        folder,
        "--base",
        "production",
        "--head",
        "main",
        "--offline",
        "--json",
      ];
      const { seconds, output } = timeOf(process.execPath, [entry.path, ...options]);
      const { commits, tickets } = documentSchema.parse(JSON.parse(output));
      if (commits !== IN_RANGE || tickets.length === 0) throw new Error("the check did not see the range");
      check.push(seconds);
    }
    return {
      title: "A check of a local clone",
      method: [
        `\`${entry.name} check --git … --offline --json\` and \`git log production..main\` in turn, ${String(times)} times, over ${String(IN_RANGE)} commits made by \`git fast-import\`, packed; medians. The processes' starts are part of both.`,
      ],
      figures: [
        {
          name: "longer than `git log`",
          measured: median(check) - median(log),
          unit: "s",
          toReach: atMost(0.7),
          dream: null,
          reason: "the start of Node and of the modules is most of it",
        },
      ],
      table: {
        head: ["command", "s"],
        rows: [
          ["git log", median(log).toFixed(3)],
          ["holdpoint check", median(check).toFixed(3)],
        ],
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function timeOf(
  command: string,
  options: readonly string[],
): { readonly seconds: number; readonly output: string } {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(command, options, {
    encoding: "utf8",
    maxBuffer: 64 * 1_024 * 1_024,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  // 1 and 2 are answers of the check: it says no, or cannot tell.
  if (status === null || status > 2 || stdout === "") throw new Error(`${command} failed: ${stderr}`);
  return { seconds, output: stdout };
}

/** A line of commits that carry tickets, each with a message of some lines and a change of one file. */
function makeHistory(folder: string): void {
  execFileSync("git", ["init", "--quiet", "--bare", folder]);
  const lines: string[] = [];
  for (let number = 1; number <= BEFORE + IN_RANGE; number += 1) {
    const message = `PLAY-${String(1 + (number % 400))} Change ${String(number)}\n\nWhy it was changed, in a sentence or two of the length that people write.\nSee also OPS-${String(number)}.\n`;
    const content = `${String(number)}\n`;
    lines.push(
      `commit refs/heads/main`,
      `committer A Developer <developer@example.com> ${String(1_750_000_000 + number * 60)} +0000`,
      `data ${String(Buffer.byteLength(message))}`,
      `${message}M 100644 inline file-${String(number % 50)}`,
      `data ${String(Buffer.byteLength(content))}`,
      content,
    );
    if (number === BEFORE) lines.push("reset refs/heads/production", "from refs/heads/main", "");
  }
  execFileSync("git", ["-C", folder, "fast-import", "--quiet"], { input: `${lines.join("\n")}\n` });
}
