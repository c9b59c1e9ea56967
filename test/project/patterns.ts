import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readSource } from "./source-text.ts";

/** A regular expression of ours, where it stands. */
export interface OwnPattern {
  readonly source: string;
  readonly flags: string;
  readonly path: string;
  readonly line: number;
}

const FOLDERS = ["src", "assets"];
/** Those that recheck found safe; `npm run fuzz -- --target regular-expressions` judges the others, and writes it. */
export const VERDICTS = new URL("safe-patterns.json", import.meta.url);

/** Every regular expression that is written in our code, and what of the code was not understood. */
export function collectPatterns(): {
  readonly patterns: readonly OwnPattern[];
  /** Slashes that are neither a comment, nor a division, nor part of a pattern that was found. */
  readonly unread: readonly string[];
  /** Where a pattern is put together while the program runs: nobody could judge it before. */
  readonly made: readonly string[];
} {
  const files = FOLDERS.flatMap(readFolder);
  const lines = files.flatMap(({ path, read }) =>
    read.code.split("\n").map((text, index) => ({ place: `${path}:${String(index + 1)}`, text })),
  );
  return {
    patterns: files.flatMap(({ path, read }) => read.patterns.map((one) => ({ ...one, path }))),
    // The formatter puts a space on either side of a division.
    unread: placesOf(lines, (text) => text.replaceAll(/ \/(?=[ =]|$)|^\s*\/ /g, "").includes("/")),
    made: placesOf(lines, (text) => /\bRegExp\s*\(/.test(text)),
  };
}

/** The patterns that were found safe, by `keyOf`. */
export function readVerdicts(): ReadonlySet<string> {
  return new Set(z.array(z.string()).parse(JSON.parse(readFileSync(VERDICTS, "utf8"))));
}

/** The same pattern may stand in several places. */
export function keyOf({ source, flags }: Pick<OwnPattern, "source" | "flags">): string {
  return `/${source}/${flags}`;
}

function readFolder(folder: string) {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .toSorted()
    .filter((path) => /\.[jt]s$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      // The first line of a program may name its interpreter.
      return { path: `${folder}/${path}`, read: readSource(text.replace(/^#!.*/, "")) };
    });
}

function placesOf(
  lines: readonly { readonly place: string; readonly text: string }[],
  isMeant: (text: string) => boolean,
): readonly string[] {
  return lines.filter(({ text }) => isMeant(text)).map(({ place, text }) => `${place} ${text.trim()}`);
}
