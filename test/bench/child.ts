import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { z } from "zod";

/** A process of the bench's own, spoken to by messages, one question at a time. */
export interface Child {
  readonly pid: number;
  /** Sends a question and waits for its answer. */
  readonly ask: <Answer>(question: object | string, schema: z.ZodType<Answer>) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

const ANSWER_WITHIN = 120_000;

/** Starts a script of this folder; it is ready when it has said something, of this shape. */
export async function startChild<Ready>(
  script: string,
  environment: Readonly<Record<string, string>>,
  schema: z.ZodType<Ready>,
): Promise<Child & { readonly ready: Ready }> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} could not be started`);
  try {
    const ready = schema.parse(await nextMessage(child, script));
    return {
      pid,
      ready,
      async ask(question, answerSchema) {
        const answer = nextMessage(child, script);
        child.send(question);
        return answerSchema.parse(await answer);
      },
      stop: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function nextMessage(child: ChildProcess, script: string): Promise<unknown> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ANSWER_WITHIN);
  try {
    const ended = once(child, "exit", { signal: over.signal }).then(() => {
      throw new Error(`${script} ended by itself`);
    });
    const said = new Promise<unknown>((resolve) => {
      child.once("message", resolve);
    });
    const late = once(over.signal, "abort").then(() => {
      throw new Error(`${script} gave no answer`);
    });
    return await Promise.race([said, ended, late]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** A child ends when it is let go; one that does not is killed, by its own id. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(timer);
}
