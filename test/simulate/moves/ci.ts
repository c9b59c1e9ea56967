import type { JobEnd, StartedRun } from "../town.ts";
import { headOf, MINUTE, type MoveContext, type Played } from "./context.ts";

const WORKFLOW = "long.yml";
const JOBS = ["integration db", "integration api"];
const FLAKES = 0.03;
const IS_CANCELLED = 0.04;

/** The long workflow looks at the head of the trunk, and is done in half an hour to two hours. */
export async function startRun(context: MoveContext): Promise<void> {
  await begin(context, headOf(context.place()), null);
}

/** Somebody presses "Re-run" on one of the newest runs. */
export async function runAgain(context: MoveContext): Promise<Played> {
  const { dice, place } = context;
  const runs = place().runs.slice(-3);
  if (runs.length === 0) return "impossible";
  const run = dice.pick(runs);
  if (isUnderWay(context, run)) return "impossible";
  await begin(context, run.sha, run);
  return "played";
}

const underWay = new WeakSet<StartedRun>();

function isUnderWay(context: MoveContext, run: StartedRun): boolean {
  return context.place().runs.some((one) => one.run === run.run && underWay.has(one));
}

async function begin(context: MoveContext, sha: string, again: StartedRun | null): Promise<void> {
  const { town, dice, place, index } = context;
  const { control } = town.outside.github;
  const { name: repository, broken } = place();
  const ends: readonly JobEnd[] = JOBS.map((job) => {
    if (dice.chance(IS_CANCELLED)) return "cancelled";
    // A flake shows red where nothing is broken; it never shows green where something is.
    return broken.has(job) || dice.chance(FLAKES) ? "failure" : "success";
  });
  const begun = await control.finishWorkflowRun({
    repository,
    sha,
    workflow: WORKFLOW,
    branch: "main",
    jobs: JOBS.map((name) => ({ name, conclusion: null })),
    ...(again === null ? {} : { run: again.run }),
  });
  const started: StartedRun = {
    run: begun.run,
    attempt: begun.attempt,
    sha,
    jobs: JOBS.map((name, at) => ({ id: begun.jobs[at] ?? 0, name, ends: ends[at] ?? "success" })),
  };
  underWay.add(started);
  town.change(index, { runs: [...place().runs.filter(({ run }) => run !== begun.run), started].slice(-20) });
  for (const { name } of started.jobs) {
    town.note({ ...said(repository, started), job: name, says: "in_progress" });
  }
  const ready = town.time.now().getTime() + dice.between(30, 120) * MINUTE;
  const apart = dice.chance(0.7) ? 0 : dice.between(1, 20);
  for (const [at, job] of started.jobs.entries()) {
    town.later({
      at: new Date(ready + at * apart * MINUTE),
      async happen() {
        await control.finishJob({ repository, run: started.run, job: job.id, conclusion: job.ends });
        town.note({ ...said(repository, started), job: job.name, says: job.ends });
        if (at === started.jobs.length - 1) underWay.delete(started);
      },
    });
  }
}

function said(repository: string, { sha, run, attempt }: StartedRun) {
  return { kind: "job", repository, sha, workflow: WORKFLOW, run, attempt, event: "push" } as const;
}
