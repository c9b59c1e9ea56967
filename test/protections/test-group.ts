import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type TestRun, readRun } from "./test-run.ts";

const PROCESS = fileURLToPath(new URL("group-process.ts", import.meta.url));
/** Milliseconds. */
const START_PATIENCE = 300_000;
const LAST_WORDS = 3_000;

export interface Asked {
  /** Parts of the tests' whole names, `outer > inner`. */
  readonly names: readonly string[];
  /** A file that was changed since the run before. */
  readonly changed: string | null;
  readonly milliseconds: number;
}

/** The tests of one file, run as often as they are asked for. */
export interface TestGroup {
  readonly run: (asked: Asked) => Promise<TestRun>;
  readonly end: () => Promise<void>;
}

export interface TestGroupOptions {
  readonly root: string;
  readonly file: string;
  /** Of a role that may make databases: where the tests make theirs. */
  readonly databaseUrl: string;
  /** Nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** One that did not come to an end in time is ended, and its place taken by another when it is asked again. */
export function openTestGroup({ root, file, databaseUrl, signal }: TestGroupOptions): TestGroup {
  let child: ChildProcess | null = null;

  async function start(): Promise<ChildProcess | null> {
    const started = fork(PROCESS, [root, file], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
    child = started;
    return (await next(started, START_PATIENCE)) === "ready" ? started : null;
  }

  /** What it says next; null: nothing, or not in time. */
  async function next(from: ChildProcess, milliseconds: number): Promise<unknown> {
    const over = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
    const gone = new AbortController();
    const abort = (): void => gone.abort();
    from.once("exit", abort);
    try {
      const told: readonly unknown[] = await once(from, "message", {
        signal: AbortSignal.any([over, gone.signal]),
      });
      return told[0];
    } catch {
      await end();
      return over.aborted ? null : "gone";
    } finally {
      from.off("exit", abort);
    }
  }

  async function end(): Promise<void> {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    // It leads a group of its own, so that its workers end with it; a busy one heeds no polite word.
    const ended = once(ending, "exit");
    endGroup(ending.pid, "SIGTERM");
    const timer = setTimeout(() => endGroup(ending.pid, "SIGKILL"), LAST_WORDS);
    await ended;
    clearTimeout(timer);
    endGroup(ending.pid, "SIGKILL");
  }

  return {
    async run({ names, changed, milliseconds }) {
      const running = child ?? (await start());
      if (running === null) return { state: "unread", why: "vitest does not start" };
      running.send({ pattern: names.map(escapePattern).join("|"), changed });
      const told = await next(running, milliseconds);
      return told === null ? { state: "out-of-time" } : readRun(told);
    },
    end,
  };
}

function endGroup(leader: number | undefined, word: "SIGTERM" | "SIGKILL"): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, word);
  } catch {
    // It is gone already.
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
