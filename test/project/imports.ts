import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** One import of one file of ours, types told from values. */
export interface Import {
  /** Path of the importing file below `src/`. */
  readonly from: string;
  /** Path below `src/`, or the package's name (`node:fs`, `pg`, `@octokit/webhooks`). */
  readonly to: string;
  readonly internal: boolean;
  readonly typesOnly: boolean;
}

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^"';]*?)\s*from\s*"([^"]+)"|(?:^|\n)\s*import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** Every import of every TypeScript file below the folder, read as text. */
export function readImports(sourceFolder: string): readonly Import[] {
  return listSources(sourceFolder).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(STATEMENT)].map((match): Import => {
      const target = match[3] ?? match[4] ?? match[5] ?? "";
      const internal = target.startsWith(".");
      return {
        from: relative(sourceFolder, file),
        to: internal ? relative(sourceFolder, join(dirname(file), target)) : packageName(target),
        internal,
        typesOnly: match[1] !== undefined || namesOnlyTypes(match[2]),
      };
    });
  });
}

export function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** `{ type A, type B }` brings no value. */
function namesOnlyTypes(clause: string | undefined): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause?.trim() ?? "")?.[1];
  if (names === undefined) return false;
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .every((name) => name.startsWith("type "));
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}
