import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../errors.ts";
import * as wording from "../../domain/wording/database.ts";
import type { ServerPrograms } from "./server-programs.ts";
import type { ServerUser } from "./server-user.ts";

/** The data of our own server ("cluster" is PostgreSQL's word), and how to get in. */
export interface Cluster {
  readonly folder: string;
  readonly owner: string;
  readonly password: string;
}

const OWNER = "holdpoint_owner";

/**
 * The cluster in `folder`, made there where there is none. It is made under another name and renamed when it is whole, so
 * that being killed in the middle leaves nothing that looks finished.
 */
export async function findOrMakeCluster(
  folder: string,
  programs: ServerPrograms,
  user: ServerUser | null,
): Promise<Cluster> {
  const found = await readCluster(folder, programs);
  if (found !== null) return found;
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const password = randomBytes(24).toString("base64url");
  await initialise(unfinished, password, programs, user);
  await writeFile(passwordFile(unfinished), password, { mode: 0o600 });
  await rename(unfinished, folder);
  return { folder, owner: OWNER, password };
}

/** Whether a cluster was made in this data folder. */
export async function hasCluster(dataDirectory: string): Promise<boolean> {
  return (await readOrNull(join(dataDirectory, "postgres", "PG_VERSION"))) !== null;
}

async function readCluster(folder: string, programs: ServerPrograms): Promise<Cluster | null> {
  const version = await readOrNull(join(folder, "PG_VERSION"));
  if (version === null) return null;
  if (version.trim() !== programs.majorVersion) {
    throw new Fault({
      kind: "misconfigured",
      code: "data-folder-of-other-version",
      doing: "starting PostgreSQL",
      detail: wording.folderOfOtherVersion(folder, version.trim(), programs.majorVersion),
    });
  }
  return { folder, owner: OWNER, password: await readFile(passwordFile(folder), "utf8") };
}

function passwordFile(folder: string): string {
  return join(folder, "holdpoint.password");
}

async function initialise(
  folder: string,
  password: string,
  programs: ServerPrograms,
  user: ServerUser | null,
): Promise<void> {
  const secret = join(tmpdir(), `holdpoint-${randomBytes(9).toString("hex")}`);
  await writeFile(secret, password, { mode: 0o600, flag: "wx" });
  try {
    if (user !== null) await chown(secret, user.uid, user.gid);
    const child = spawn(
      programs.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${OWNER}`,
        `--pwfile=${secret}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The same order and the same messages on every machine, whatever its locales.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      {
        ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
        cwd: "/",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const output: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString("utf8")));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    }).catch((error: unknown) => {
      throw cannotRun(error);
    });
    if (code !== 0) {
      throw new Fault({
        kind: "misconfigured",
        code: "cluster-not-made",
        doing: "setting up PostgreSQL's data",
        detail: wording.clusterNotMade(folder, lastLines(output.join(""))),
      });
    }
  } finally {
    await rm(secret, { force: true });
  }
}

/** The programs are there and cannot be started: another C library (musl), another processor, `noexec`. */
export function cannotRun(cause: unknown): Fault {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "it did not start";
  return new Fault({
    kind: "misconfigured",
    code: "own-server-impossible",
    doing: "starting PostgreSQL",
    detail: wording.ownServerCannotRun(code),
    cause,
  });
}

export function lastLines(output: string): string {
  return output.trim().split("\n").slice(-4).join(" / ").slice(-600);
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
