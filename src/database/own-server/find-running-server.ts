import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The address of our own server where another process of ours runs it on this data folder, so that a command
 * can look into a running Holdpoint; null where none runs. Whoever may read the folder may connect.
 */
export async function findRunningServer(dataDirectory: string): Promise<string | null> {
  const folder = join(dataDirectory, "postgres");
  const [pidFile, password] = await Promise.all([
    readIfThere(join(folder, "postmaster.pid")),
    readIfThere(join(folder, "holdpoint.password")),
  ]);
  // Line 5 of postmaster.pid is the folder of its socket, line 8 says when it takes connections:
  // https://www.postgresql.org/docs/current/storage-file-layout.html
  const lines = pidFile?.split("\n") ?? [];
  const socketFolder = lines[4]?.trim() ?? "";
  if (password === null || socketFolder === "" || lines[7]?.trim() !== "ready") return null;
  const query = `host=${encodeURIComponent(socketFolder)}`;
  return `postgresql://holdpoint:${encodeURIComponent(password)}@/holdpoint?${query}`;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
