import { type ChildProcess, spawn } from "node:child_process";
import { Fault } from "../../errors.ts";
import * as wording from "../../domain/wording/database.ts";
import { cannotRun, lastLines } from "./cluster.ts";
import type { ServerPrograms } from "./server-programs.ts";
import type { ServerUser } from "./server-user.ts";

/** The running server process. */
export interface Postmaster {
  /** Settles when the process has ended, for whatever reason, with its last words. */
  readonly ended: Promise<string>;
  /** Ends all sessions and the server in good order; settles when it is gone. */
  readonly stop: () => Promise<void>;
}

export interface PostmasterOptions {
  readonly programs: ServerPrograms;
  readonly user: ServerUser | null;
  readonly folder: string;
  readonly socketFolder: string;
  /** More `name=value` settings. */
  readonly settings: readonly string[];
}

const SETTINGS = [
  // No port: nobody reaches it but through a socket in a folder of ours.
  "listen_addresses=",
  "unix_socket_permissions=0700",
  "max_connections=100",
  "timezone=UTC",
  "log_timezone=UTC",
  "log_checkpoints=off",
  "shared_buffers=64MB",
  // PostgreSQL 18's helper processes for reading ahead bring nothing to short statements.
  "io_method=sync",
  "jit=off",
];

/** Written by the server when it takes connections; the words of the C locale. */
const READY = "database system is ready to accept connections";
const KEPT_OUTPUT = 4_000;
const STOP_WITHIN = 20_000;

export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const settings = [...SETTINGS, `unix_socket_directories=${options.socketFolder}`, ...options.settings];
  const child = spawn(
    options.programs.postgres,
    ["-D", options.folder, ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...(options.user === null ? {} : { uid: options.user.uid, gid: options.user.gid }),
      cwd: "/",
      env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
      // A process group of its own: Ctrl-C is for us; we drain first and then stop it.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let output = "";
  const ended = new Promise<string>((resolve) => child.on("close", () => resolve(lastLines(output))));
  await new Promise<void>((resolve, reject) => {
    child.on("error", (error) => reject(cannotRun(error)));
    child.stderr.on("data", (chunk: Buffer) => {
      output = `${output}${chunk.toString("utf8")}`.slice(-KEPT_OUTPUT);
      if (output.includes(READY)) resolve();
    });
    void ended.then((words) =>
      reject(
        new Fault({
          kind: "misconfigured",
          code: "own-server-ended",
          doing: "starting PostgreSQL",
          detail: wording.serverEndedEarly(words),
        }),
      ),
    );
  });

  // Should we end without having stopped it, it still ends in good order.
  const endWithUs = (): void => void child.kill("SIGINT");
  process.once("exit", endWithUs);
  void ended.then(() => process.off("exit", endWithUs));
  return { ended, stop: () => stopChild(child, ended) };
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, everything is written. SIGQUIT ends at once; the
  // next start then recovers from the log.
  child.kill("SIGINT");
  const hurry = setTimeout(() => child.kill("SIGQUIT"), STOP_WITHIN);
  await ended;
  clearTimeout(hurry);
}
