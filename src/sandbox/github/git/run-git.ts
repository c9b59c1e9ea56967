import { spawn } from "node:child_process";
import { devNull } from "node:os";

/** Nobody's settings: neither this machine's nor this user's may change what the sandbox makes. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: "0",
};

const PIECE_BYTES = 1_048_576;

/** Runs git on a bare repository and gives what it wrote. Rejects with git's own words where it fails. */
export async function runGit(
  directory: string,
  args: readonly string[],
  input: Iterable<string | Buffer> = [],
): Promise<Buffer> {
  const child = spawn("git", ["--git-dir", directory, ...args], { env: ENVIRONMENT });
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // A git that gave up early closes its input; its exit code says why.
  child.stdin.on("error", () => undefined);
  for (const chunk of inLargePieces(input)) {
    if (!child.stdin.write(chunk)) await Promise.race([closed, drained(child.stdin)]);
  }
  child.stdin.end();
  if ((await closed) !== 0) throw failed(args, Buffer.concat(complaints));
  return Buffer.concat(out);
}

/** A write for each of ten thousand commits takes seconds, one for many takes none. */
function* inLargePieces(input: Iterable<string | Buffer>): Generator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for (const chunk of input) {
    const bytes = Buffer.from(chunk);
    held.push(bytes);
    size += bytes.byteLength;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  yield Buffer.concat(held);
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => void stream.once("drain", resolve));
}

function failed(args: readonly string[], complaint: Buffer): Error {
  return new Error(`git ${args[0]} failed: ${complaint.toString("utf8").trim()}`);
}
