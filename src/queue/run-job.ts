import { Fault } from "../errors.ts";
import { insist } from "./insist.ts";
import { KEYED_KINDS, type Work, keyOf } from "./job-identity.ts";
import type { JobContext } from "./jobs.ts";
import { TRIES } from "./queues.ts";
import { type Attempt, type SettleDependencies, settleDone, settleFailed } from "./settle.ts";
import { readAsked } from "./turns.ts";

/**
 * One try of one job: its handler, and what becomes of it. Answers whether a new job for the same key was left behind. Throws
 * only where the database does not answer; the job is then taken over when its heartbeat has ended.
 */
export async function runJob(
  dependencies: SettleDependencies,
  work: Work,
  job: { readonly id: string; readonly retryCount: number },
  signal: AbortSignal,
  handle: (context: JobContext) => Promise<void>,
): Promise<boolean> {
  const { database, log } = dependencies;
  const key = keyOf(work);
  const asked = KEYED_KINDS.has(work.kind)
    ? await insist(signal, () => readAsked(database, work.kind, key))
    : null;
  const attempt: Attempt = { work, id: job.id, retryCount: job.retryCount, asked };
  const failure = await tryOnce(attempt, signal, handle);
  // The lease is lost or was given back: what this try came to is nobody's business any more.
  if (signal.aborted) return false;
  const settled = await insist(signal, () =>
    failure === null
      ? settleDone(dependencies, attempt)
      : settleFailed(dependencies, attempt, failure.thrown),
  );
  const fields = { job: job.id, kind: work.kind, key, retries: job.retryCount };
  if (settled === "lost") log.warn("a job was taken over, or settled already, while it ran", fields);
  if (settled === "retry" && failure?.thrown instanceof Error) {
    log.warn("a job failed and is tried again", { ...fields, error: failure.thrown });
  }
  return settled === "again";
}

/** What the handler threw, or null. */
async function tryOnce(
  { work, retryCount }: Attempt,
  signal: AbortSignal,
  handle: (context: JobContext) => Promise<void>,
): Promise<{ readonly thrown: unknown } | null> {
  try {
    if (retryCount >= TRIES) throw neverSettled(work);
    await handle({ retries: retryCount, signal });
    return null;
  } catch (thrown) {
    return { thrown };
  }
}

/** Each of its workers ended without a word: most likely the job itself brings them down. */
function neverSettled(work: Work): Fault {
  return new Fault({
    kind: "never-retry",
    code: "job-never-settled",
    doing: `running a ${work.kind} job`,
    detail: `none of its ${String(TRIES)} workers came to an end with it`,
  });
}
