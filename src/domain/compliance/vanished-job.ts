import { checkKey, workflowFile } from "./check-key.ts";
import { isProvingEvent } from "./counts-as-proof.ts";
import type { TrunkEvidence, TrunkRun } from "./evidence.ts";
import { isLaterRun, type Mark, type Places, type Track } from "./track.ts";

/**
 * The newest finished, green run that no longer has the job, and is newer than everything the job ever said; null where there
 * is none. The run must be for the same event as the job's newest: a nightly run may have jobs that a push does not have.
 */
export function runWithoutJob(
  track: Pick<Track, "key" | "name" | "source" | "events" | "marks">,
  evidence: TrunkEvidence,
  places: Places,
): TrunkRun | null {
  const { source, marks, events } = track;
  const last = marks[0];
  const event = marks.find((mark) => mark.event !== null)?.event;
  if (source.kind !== "workflow" || last === undefined || event === undefined) return null;
  const newer = evidence.runs
    .filter(({ workflow }) => workflowFile(workflow) === workflowFile(source.workflow))
    .filter((run) => run.event === event && isProvingEvent(run.event, events) && run.said === "success")
    .flatMap((run) => {
      const place = places.get(run.sha);
      return place !== undefined && isLaterRun({ place, runId: run.runId }, last) ? [{ run, place }] : [];
    })
    .toSorted((one, other) => one.place - other.place || other.run.runId - one.run.runId);
  return newer.find(({ run }) => lacks(run, track, evidence))?.run ?? null;
}

/** A run of which no job is known proves nothing. */
function lacks(run: TrunkRun, { key, name }: Pick<Track, "key" | "name">, evidence: TrunkEvidence): boolean {
  const jobs = evidence.results.filter(
    ({ runId, sha, source }) => source.kind === "workflow" && runId === run.runId && sha === run.sha,
  );
  return (
    jobs.length > 0 &&
    jobs.every((job) => checkKey(job.name, job.source) !== key) &&
    !jobs.some((job) => job.said === "skipped" && mayStandFor(job.name, name))
  );
}

/** A matrix or a called workflow that is skipped as a whole shows one job, under the name before it unfolds. */
function mayStandFor(skipped: string, name: string): boolean {
  return skipped.includes("${{") || name.startsWith(`${skipped} (`) || name.startsWith(`${skipped} / `);
}

/** A later run of the workflow is under way and has not come to this job, or not to its end. */
export function isRunningAfter(
  track: Pick<Track, "source" | "events" | "marks">,
  proof: Mark,
  evidence: TrunkEvidence,
  places: Places,
): boolean {
  const { source, events, marks } = track;
  const newer = marks.slice(0, Math.max(0, marks.indexOf(proof)));
  if (newer.some(({ weight }) => weight === "running")) return true;
  if (source.kind !== "workflow") return false;
  return evidence.runs.some((run) => {
    const place = places.get(run.sha);
    return (
      run.said === "running" &&
      place !== undefined &&
      workflowFile(run.workflow) === workflowFile(source.workflow) &&
      isProvingEvent(run.event, events) &&
      isLaterRun({ place, runId: run.runId }, proof) &&
      !newer.some((mark) => mark.run.runId === run.runId)
    );
  });
}
