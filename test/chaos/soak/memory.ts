import { readMemory } from "../../bench/holdpoint-process.ts";

/** Resident memory of one process, from time to time. */
export interface MemorySample {
  readonly index: number;
  readonly pid: number;
  /** Real minutes since the soak began. */
  readonly minute: number;
  readonly megabytes: number;
}

/** Of all that live at this moment. */
export function sampleMemory(pids: readonly number[], minute: number): readonly MemorySample[] {
  return pids.flatMap((pid, index) => {
    try {
      return [{ index, pid, minute, megabytes: readMemory(pid).now }];
    } catch {
      // Killed just now.
      return [];
    }
  });
}

/** Until a process has made what it keeps: pools, caches, compiled code. */
const WARM_AFTER = 6;

/** How memory grows in a process that has warmed up: megabytes an hour, by least squares; null: none lived long enough. */
export interface Slope {
  readonly pid: number;
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
  readonly perHour: number;
}

export function slopes(samples: readonly MemorySample[]): readonly Slope[] {
  const byPid = Map.groupBy(samples, ({ pid }) => pid);
  return [...byPid.values()].flatMap((own) => {
    const begin = own[0]?.minute ?? 0;
    const warm = own.filter(({ minute }) => minute >= begin + WARM_AFTER);
    const [first, last] = [warm[0], warm.at(-1)];
    if (first === undefined || last === undefined || last.minute - first.minute < WARM_AFTER) return [];
    return [
      {
        pid: first.pid,
        index: first.index,
        from: first.minute,
        to: last.minute,
        first: first.megabytes,
        last: last.megabytes,
        perHour: slopeOf(warm) * 60,
      },
    ];
  });
}

function slopeOf(samples: readonly MemorySample[]): number {
  const count = samples.length;
  const meanX = samples.reduce((sum, { minute }) => sum + minute, 0) / count;
  const meanY = samples.reduce((sum, { megabytes }) => sum + megabytes, 0) / count;
  const above = samples.reduce((sum, one) => sum + (one.minute - meanX) * (one.megabytes - meanY), 0);
  const below = samples.reduce((sum, { minute }) => sum + (minute - meanX) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
