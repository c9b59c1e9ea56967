import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  findServerPackage,
  prepareServerPrograms,
} from "../../../src/database/own-server/server-programs.ts";
import { findServerUser } from "../../../src/database/own-server/server-user.ts";

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "holdpoint-programs-"));
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true }));

/** The package as it would lie in another clone. */
async function copyPackage(): Promise<{ readonly native: string; readonly version: string }> {
  const { native, version } = await findServerPackage();
  const copy = join(home, "clone");
  await run("cp", ["-a", native, copy]);
  return { native: copy, version };
}

/** Started as the user that the server runs as. */
async function askVersion(program: string): Promise<string> {
  const user = await findServerUser();
  const { stdout } = await run(program, ["--version"], {
    cwd: "/",
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  });
  return stdout.trim();
}

test("programs that can be reached are used where they are", async () => {
  const found = await copyPackage();
  const programs = await prepareServerPrograms(found, await findServerUser(), join(home, "data"));
  expect(programs).toEqual({
    initdb: join(found.native, "bin/initdb"),
    postgres: join(found.native, "bin/postgres"),
    majorVersion: "18",
  });
});

test("symbolic links that the install script did not make are made, twice as well as once", async () => {
  const found = await copyPackage();
  const libraries = join(found.native, "lib");
  for (const entry of await readdir(libraries, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await unlink(join(libraries, entry.name));
  }
  await expect(askVersion(join(found.native, "bin/initdb"))).rejects.toThrow(/shared librar/);
  for (let round = 0; round < 2; round += 1) {
    const programs = await prepareServerPrograms(found, await findServerUser(), home);
    expect(await askVersion(programs.postgres)).toMatch(/^postgres \(PostgreSQL\) 18\./);
    expect(await askVersion(programs.initdb)).toMatch(/^initdb \(PostgreSQL\) 18\./);
  }
});

test.runIf(isRoot)(
  "programs in a folder of mode 700 are brought where the user postgres reaches them",
  async () => {
    const found = await copyPackage();
    await chmod(found.native, 0o700);
    await expect(askVersion(join(found.native, "bin/postgres"))).rejects.toThrow("EACCES");
    const programs = await prepareServerPrograms(found, await findServerUser(), home);
    expect(await askVersion(programs.postgres)).toMatch(/^postgres \(PostgreSQL\) 18\./);
  },
);
