import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Socket, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Entry } from "./entry.ts";
import { SECRET, prepareOne } from "./payloads.ts";
import { findFreePort } from "./servers/parent.ts";

/** The real thing: `holdpoint start` as a process of its own. */
export interface HoldpointProcess {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from its start to the answer 202 to a webhook. */
  readonly readyAfter: number;
  readonly stop: () => Promise<void>;
}

const STARTED_WITHIN = 60_000;
const { privateKey: PRIVATE_KEY } = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** Starts it and posts a webhook again and again, without a pause to speak of, until one is accepted. */
export async function startHoldpointProcess(
  entry: Entry,
  environment: Readonly<Record<string, string>>,
): Promise<HoldpointProcess> {
  const port = await findFreePort();
  // Its anchors of the audit must not meet those of another database.
  const data = mkdtempSync(join(tmpdir(), "holdpoint-bench-data-"));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [entry.path, "start"], {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      APP_ID: "1",
      PRIVATE_KEY,
      WEBHOOK_SECRET: SECRET,
      // Nothing of what is measured asks GitHub.
      GITHUB_API_URL: "http://127.0.0.1:9",
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_LEVEL: "silent",
      HOLDPOINT_DATA_DIR: data,
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  async function stopIt(): Promise<void> {
    await end(child);
    rmSync(data, { recursive: true, force: true });
  }
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${entry.name} could not be started`);
  try {
    while (!(await isAccepted(port))) {
      if (child.exitCode !== null) throw new Error(`${entry.name} ended by itself: ${said}`);
      if (performance.now() - startedAt > STARTED_WITHIN) throw new Error(`${entry.name} does not start`);
      await pause(5);
    }
    return { port, pid, readyAfter: performance.now() - startedAt, stop: stopIt };
  } catch (error) {
    await stopIt();
    throw error;
  }
}

/** Sends one ping. */
async function isAccepted(port: number): Promise<boolean> {
  const { bytes, guidAt } = prepareOne(Buffer.from('{"zen":"Keep it logically awesome."}'), port, {
    event: "ping",
  });
  bytes.write(randomUUID(), guidAt, "latin1");
  const socket = connect({ port, host: "127.0.0.1" });
  try {
    await once(socket, "connect");
    socket.write(bytes);
    const answer = await firstData(socket);
    return answer.startsWith("HTTP/1.1 202 ");
  } catch {
    // Not listening yet.
    return false;
  } finally {
    socket.destroy();
  }
}

/** What comes first over a connection; rejects when it ends without a word. */
export function firstData(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once("data", (chunk: Buffer) => resolve(chunk.toString("latin1")));
    socket.once("error", reject).once("close", () => reject(new Error("no answer came")));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  child.kill("SIGTERM");
  await gone;
  clearTimeout(timer);
}

/** Of a process, in MB (10^6 bytes): now, and the most since it was last forgotten. Linux alone tells. */
export function readMemory(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  function megabytes(field: string): number {
    const kilobytes = new RegExp(`^${field}:\\s+([0-9]+) kB`, "m").exec(status)?.[1];
    if (kilobytes === undefined) throw new Error(`the system does not tell ${field}`);
    return (Number(kilobytes) * 1_024) / 1e6;
  }
  return { now: megabytes("VmRSS"), most: megabytes("VmHWM") };
}

export function forgetMost(pid: number): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, "5");
}
