import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The command line as it is measured. */
export interface Entry {
  readonly path: string;
  /** For the report. */
  readonly name: string;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The compiled one, as `npx holdpoint` runs it, unless a source is newer; then the sources, as `npm start` does. */
export function findEntry(): Entry {
  const compiled = join(ROOT, "dist/cli/holdpoint.js");
  const built = statSync(compiled, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed = Math.max(
    ...readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).map(
      (name) => statSync(join(ROOT, "src", name)).mtimeMs,
    ),
  );
  return built > changed
    ? { path: compiled, name: "node dist/cli/holdpoint.js" }
    : { path: join(ROOT, "src/cli/holdpoint.ts"), name: "node src/cli/holdpoint.ts" };
}
