import { BAD_NETWORKS } from "./bad-network.ts";
import { burst } from "./burst.ts";
import { doubled } from "./doubled.ts";
import type { ChaosFault } from "./fault.ts";
import { fullDisk } from "./full-disk.ts";
import { killAtPoints } from "./kill-at-points.ts";
import { killAtRandom } from "./kill-at-random.ts";
import { readOnly } from "./read-only.ts";
import { restartServer } from "./restart-server.ts";
import { rollingUpdate } from "./rolling-update.ts";
import { stopAndGoOn } from "./stop-and-go-on.ts";
import { terminateSessions } from "./terminate-sessions.ts";

/** Everything that can befall it here, by name. */
export const ALL_FAULTS: readonly ChaosFault[] = [
  killAtRandom,
  killAtPoints,
  stopAndGoOn,
  terminateSessions,
  restartServer,
  readOnly,
  ...BAD_NETWORKS,
  burst,
  doubled,
  fullDisk,
  rollingUpdate,
];
