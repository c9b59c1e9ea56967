/** A run in the report: a cell for each column. */
export type RunRow = readonly string[];

export const HEAD = [
  "when (UTC)",
  "commit",
  "seed",
  "replicas",
  "faults",
  "minutes",
  "repositories",
  "kills",
  "points struck",
  "deliveries taken",
  "doubled",
  "takeover p99 / most s",
  "late p99 / most s",
  "intake p99 / most ms",
  "wrong",
];
