import { readFileSync } from "node:fs";
import { z } from "zod";

const place = z.object({ line: z.number(), column: z.number() });
const file = z.object({
  source: z.string(),
  mutants: z.array(
    z.object({
      status: z.string(),
      replacement: z.string().optional(),
      location: z.object({ start: place, end: place }),
    }),
  ),
});
const results = z.object({ files: z.record(z.string(), file) });

/** One change of one rule, and whether a test noticed it. */
export interface Mutant {
  /** `src/domain/gate/lift.ts` */
  readonly file: string;
  /** The whole file as it was. */
  readonly source: string;
  readonly line: number;
  /** What stood there, and what was put in its place; each on one line. */
  readonly original: string;
  readonly replacement: string;
  /** `ignored`: of what runs once, when the file is loaded, where a run leaves those out. */
  readonly outcome: "noticed" | "survived" | "reached by no test" | "ignored";
}

const OUTCOMES: Readonly<Record<string, Mutant["outcome"]>> = {
  Killed: "noticed",
  Timeout: "noticed",
  Survived: "survived",
  NoCoverage: "reached by no test",
};

/** What `npm run mutation` has found out so far, of every part that was run. */
export function readResults(path: string): readonly Mutant[] {
  const { files } = results.parse(JSON.parse(readFileSync(path, "utf8")));
  return Object.entries(files).flatMap(([name, { source, mutants }]) =>
    mutants.map(({ status, replacement = "", location: { start, end } }) => {
      const lines = source.split("\n").slice(start.line - 1, end.line);
      const cut = lines.map((line, index) =>
        line.slice(
          index === 0 ? start.column - 1 : 0,
          index === lines.length - 1 ? end.column - 1 : undefined,
        ),
      );
      return {
        file: name,
        source,
        line: start.line,
        original: onOneLine(cut.join(" ")),
        replacement: onOneLine(replacement),
        outcome: OUTCOMES[status] ?? "ignored",
      };
    }),
  );
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
