import { createHash } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AnchoredHead, AnchorsRead, KeepsAnchors } from "../../ports/anchors.ts";

const START = "0".repeat(64);
const NAME = "audit-anchors.jsonl";

interface Line {
  readonly previous: string;
  readonly at: Date;
  readonly heads: readonly AnchoredHead[];
}

/**
 * The ends of the audit's chains in a file outside the database (`audit-anchors.jsonl`), one line each time, never rewritten. Each line holds the hash
 * of the one before, so that a changed or a missing line shows; lines that are missing at the end show in the log, which
 * tells every line's number and hash.
 */
export function createAnchorFile(dataDirectory: string): KeepsAnchors {
  const path = join(dataDirectory, NAME);

  async function read(): Promise<AnchorsRead> {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
      throw error;
    });
    // A line that was not written to its end was never told of: the machine stopped meanwhile.
    const lines = text.split("\n").slice(0, -1);
    const heads: AnchoredHead[] = [];
    let previous = START;
    let at: Date | null = null;
    for (const [index, line] of lines.entries()) {
      const parsed = parseLine(line);
      if (parsed === null || parsed.previous !== previous) {
        return { lines: lines.length, heads, newest: at, broken: index + 1 };
      }
      heads.push(...parsed.heads);
      [previous, at] = [hashOf(line), parsed.at];
    }
    return { lines: lines.length, heads, newest: at, broken: null };
  }

  return {
    path,
    read,
    append: async (heads, at) => {
      await mkdir(dataDirectory, { recursive: true });
      const file = await open(path, "a+", 0o600);
      try {
        const text = await file.readFile("utf8");
        const whole = text.lastIndexOf("\n") + 1;
        const lines = text.slice(0, whole).split("\n").slice(0, -1);
        const last = lines.at(-1);
        const line = JSON.stringify({
          previous: last === undefined ? START : hashOf(last),
          at: at.toISOString(),
          heads: heads.map(({ installation, sequence, hash }) => [installation, sequence, hash]),
        });
        // What was not written to its end is cut off, and not joined to what comes.
        if (whole < text.length) await file.truncate(Buffer.byteLength(text.slice(0, whole)));
        await file.appendFile(`${line}\n`);
        await file.datasync();
        return { line: lines.length + 1, hash: hashOf(line) };
      } finally {
        await file.close();
      }
    },
  };
}

function hashOf(line: string): string {
  return createHash("sha256").update(line).digest("hex");
}

/** null: no line of ours. */
function parseLine(line: string): Line | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  if (!("previous" in parsed && "at" in parsed && "heads" in parsed)) return null;
  const { previous, at, heads } = parsed;
  if (typeof previous !== "string" || typeof at !== "string" || !Array.isArray(heads)) return null;
  const read: readonly unknown[] = heads;
  const known = read.flatMap((head) => parseHead(head) ?? []);
  return known.length === read.length ? { previous, at: new Date(at), heads: known } : null;
}

function parseHead(head: unknown): AnchoredHead | null {
  if (!Array.isArray(head)) return null;
  const values: readonly unknown[] = head;
  const [installation, sequence, hash] = values;
  if (typeof installation !== "number" || typeof sequence !== "number" || typeof hash !== "string")
    return null;
  return { installation, sequence, hash };
}
