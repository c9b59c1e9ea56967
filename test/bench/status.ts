import type { BenchServer } from "./database.ts";
import { type Section, atMost } from "./figure.ts";
import { type Exchange, type Happened, isStatus } from "./remote-questions.ts";
import { openStage } from "./stage.ts";
import { quantile } from "./statistics.ts";

const REPOSITORY = "storefront";
const WARM_UP = 10;
const RELEASE_EVERY = 10;
/** Milliseconds without any call, after which Holdpoint counts as idle. */
const QUIET = 120;

interface Sample {
  /** Milliseconds from the webhook's sending to the arrival of the status. */
  readonly all: number;
  /** Of these, while GitHub or Jira was at work on at least one call. */
  readonly remote: number;
  readonly calls: number;
}

/** From a push webhook to the posted status. */
export async function measureStatus(postgres: BenchServer, samples: number): Promise<Section> {
  const stage = await openStage(postgres);
  try {
    await stage.tell({ kind: "create-tickets", last: WARM_UP + samples });
    await stage.tell({ kind: "create-repository", repository: REPOSITORY });
    const measured: Sample[] = [];
    for (let number = 1; number <= WARM_UP + samples; number += 1) {
      if (number % RELEASE_EVERY === 0) {
        await stage.watch({ kind: "release", repository: REPOSITORY, quiet: QUIET });
      }
      const sample = sampleOf(
        await stage.watch({ kind: "push", repository: REPOSITORY, ticket: number, quiet: QUIET }),
      );
      if (number > WARM_UP) measured.push(sample);
    }
    const own = measured.map(({ all, remote }) => all - remote);
    const common = {
      unit: "ms",
      dream: null,
      reason:
        "each of the three jobs is fetched and settled in PostgreSQL, one round trip after the other; on a busy machine each waits for its turn",
    } as const;
    return {
      title: "From a webhook to the posted status",
      method: [
        `${String(samples)} pushes of one commit to a repository with a policy, one after the other, each when nothing had been asked for ${String(QUIET)} ms; ${String(WARM_UP)} before them are not counted. The change set grows to ${String(RELEASE_EVERY)} commits, then all of it is released. Holdpoint is whole, in one process, with a GitHub and a Jira (the sandbox) in another; only the pause of 1 s between writes that github.com asks for is off.`,
        "The clock is the one of the other process: from the moment it sends the webhook to the moment the status reaches it. The remote's own time is taken off: every moment between the two in which it was at work on at least one call, from a request's arrival to its answer; calls at the same time count once. What HTTP takes on either side stays in.",
      ],
      figures: [
        {
          name: "p50, less the remote's own time",
          measured: quantile(own, 0.5),
          toReach: atMost(30),
          ...common,
        },
        {
          name: "p99, less the remote's own time",
          measured: quantile(own, 0.99),
          toReach: atMost(150),
          ...common,
        },
      ],
      table: {
        head: ["", "p50 ms", "p90 ms", "p99 ms"],
        rows: [
          rowOf(
            "webhook to status",
            measured.map(({ all }) => all),
          ),
          rowOf(
            "of it the remote's own",
            measured.map(({ remote }) => remote),
          ),
          rowOf("of it Holdpoint's", own),
          rowOf(
            "calls before the status",
            measured.map(({ calls }) => calls),
          ),
        ],
      },
    };
  } finally {
    await stage.stop();
  }
}

function rowOf(name: string, values: readonly number[]): string[] {
  return [name, ...[0.5, 0.9, 0.99].map((part) => quantile(values, part).toFixed(1))];
}

function sampleOf({ deliveredAt, exchanges }: Happened): Sample {
  const [from] = deliveredAt;
  const status = exchanges.find(isStatus);
  if (from === undefined || status === undefined) throw new Error("a push was not followed by a status");
  const before = exchanges.filter((exchange) => exchange !== status && exchange.from < status.from);
  return { all: status.from - from, remote: timeCovered(before, status.from), calls: before.length };
}

/** The union of the times in which the remote was at work. */
export function timeCovered(exchanges: readonly Exchange[], end: number): number {
  let covered = 0;
  let reached = 0;
  for (const { from, until } of exchanges.toSorted((one, other) => one.from - other.from)) {
    const last = Math.min(until, end);
    covered += Math.max(0, last - Math.max(from, reached));
    reached = Math.max(reached, last);
  }
  return covered;
}
