/** Some faults, one after the other, and then a judgement. */
export interface Phase {
  readonly faults: readonly string[];
  readonly times: number;
  readonly replicas: number;
  /** Where it is about points: these and no others. */
  readonly points?: readonly string[];
}

/** Every fault at least once, with two replicas or with four; twelve minutes at most. */
export const DEFAULT_PLAN: readonly Phase[] = [
  { faults: ["kill"], times: 30, replicas: 2 },
  { faults: ["terminate", "restart", "read-only"], times: 1, replicas: 2 },
  {
    faults: [
      "database-refuse",
      "database-reset",
      "database-half-open",
      "database-black-hole",
      "database-delay",
    ],
    times: 1,
    replicas: 2,
  },
  {
    faults: ["github-refuse", "github-reset", "github-half-open", "github-black-hole", "github-delay"],
    times: 1,
    replicas: 2,
  },
  { faults: ["burst", "doubled"], times: 1, replicas: 4 },
  { faults: ["stop"], times: 1, replicas: 4 },
  { faults: ["points"], times: 30, replicas: 4 },
  { faults: ["full-disk"], times: 1, replicas: 2 },
  { faults: ["rolling-update"], times: 1, replicas: 4 },
];
