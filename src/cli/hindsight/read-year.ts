import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { drawYear, revertsThatCount } from "../../domain/hindsight/draw-year.ts";
import { findPlaces } from "../../domain/hindsight/find-places.ts";
import { identifyRecorded, identityOf } from "../../domain/hindsight/identify-checks.ts";
import type { Lane } from "../../domain/hindsight/lane.ts";
import { laneOfResults } from "../../domain/hindsight/lane-of-results.ts";
import { type ResultsRead, readResults } from "../../domain/hindsight/read-results.ts";
import { spreadOf } from "../../domain/hindsight/spread.ts";
import { groupBy } from "../../domain/group-by.ts";
import type { DeferredPolicy } from "../../domain/policy.ts";
import { listed, quoted } from "../../domain/wording/counted.ts";
import * as wording from "../../domain/wording/hindsight/options.ts";
import { type ResultsTold, tellModel } from "./document.ts";
import type { History } from "./read-history.ts";
import type { Settings } from "./read-settings.ts";

/** The years to be judged. */
export interface Years {
  readonly seeds: readonly (number | null)[];
  readonly draw: (seed: number | null) => readonly Lane[];
  readonly told: ResultsTold;
}

export type YearsRead =
  | { readonly ok: true; readonly years: Years }
  /** `message` is whole lines where `lines`, else a sentence. */
  | { readonly ok: false; readonly message: string; readonly lines: boolean };

const LARGEST_MEGABYTES = 64;
const LARGEST = LARGEST_MEGABYTES * 1_048_576;
const PROBLEMS_SHOWN = 20;
const HOUR = 3_600_000;

/** Years that the model draws, one for each seed. */
export function drawnYears(history: History, { model, seeds }: Settings, deferred: DeferredPolicy): Years {
  const { world, reverted } = history;
  const counted = revertsThatCount(world, model, reverted);
  const checks = deferred.checks.map(identityOf);
  const taken = counted.map(
    ({ broke, mended }) =>
      (world.commits[mended]?.committedAt.getTime() ?? 0) -
      (world.commits[broke]?.committedAt.getTime() ?? 0),
  );
  return {
    seeds,
    draw: (seed) => drawYear({ world, model, checks, reverted: counted }, seed ?? 0),
    told: {
      kind: "modelled",
      seeds,
      model: { ...tellModel(model), checks: checks.length },
      reverts: {
        found: reverted.length,
        counted: counted.length,
        median_hours: taken.length === 0 ? null : Math.round((spreadOf(taken).median / HOUR) * 10) / 10,
      },
    },
  };
}

/** A file of recorded results. */
export async function readRecorded(folder: string, file: string, now: Date): Promise<ResultsRead | string> {
  const path = resolve(folder, file);
  try {
    if ((await stat(path)).size > LARGEST) return wording.resultsTooLarge(file, LARGEST);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    return readResults(text, now.getTime());
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
    return error.code.startsWith("ERR_ENCODING")
      ? wording.notText(file)
      : wording.resultsUnreadable(file, error.code);
  }
}

/** The one year that was recorded: its checks are the policy's, or all that the file names. */
export function recordedYear(
  history: History,
  file: string,
  read: ResultsRead,
  deferred: DeferredPolicy,
): YearsRead {
  if (read.problems.length > 0) {
    return { ok: false, message: wording.resultsWrong(file, read.problems, PROBLEMS_SHOWN), lines: true };
  }
  const { world } = history;
  const { placed, outside, unknown } = findPlaces(read.results, world, history.shas);
  if (placed.length === 0) {
    return { ok: false, message: wording.noneOnTrunk(file, history.trunk), lines: false };
  }
  const lanes: Lane[] = [];
  const notDeferred: { check: string; results: number }[] = [];
  let judged = 0;
  for (const [check, results] of groupBy(placed, (one) => one.check)) {
    const identity = identifyRecorded(check, deferred.checks);
    if (identity === null) {
      notDeferred.push({ check, results: results.length });
      continue;
    }
    judged += results.length;
    lanes.push(laneOfResults(identity, results, world));
  }
  if (lanes.length === 0) {
    const names = listed(notDeferred.map(({ check }) => quoted(check)));
    return { ok: false, message: wording.noneSelected(file, names), lines: false };
  }
  return {
    ok: true,
    years: {
      seeds: [null],
      draw: () => lanes,
      told: {
        kind: "recorded",
        file,
        judged,
        not_deferred: notDeferred,
        outside,
        unknown: [...unknown].map(([sha, results]) => ({ sha, results })),
      },
    },
  };
}
