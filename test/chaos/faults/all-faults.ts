import type { ChaosFault } from "./fault.ts";
import { killAtPoints } from "./kill-at-points.ts";
import { killAtRandom } from "./kill-at-random.ts";
import { stopAndGoOn } from "./stop-and-go-on.ts";

export const ALL_FAULTS: readonly ChaosFault[] = [killAtRandom, killAtPoints, stopAndGoOn];
