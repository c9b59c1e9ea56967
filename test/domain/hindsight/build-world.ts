import { type World, buildWorld } from "../../../src/domain/hindsight/world.ts";
import type { Lane, LaneRun } from "../../../src/domain/hindsight/lane.ts";
import { buildLane } from "../../../src/domain/hindsight/lane.ts";
import { isCaseId } from "../../../src/domain/brands.ts";
import type { CaseId } from "../../../src/domain/compliance/case.ts";
import { ownCheck } from "../../../src/domain/hindsight/identify-checks.ts";
import type { Policy } from "../../../src/domain/policy.ts";
import { sha } from "../build-snapshot.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const FROM = new Date("2026-03-02T00:00:00Z");

export function caseId(count: number): CaseId {
  if (!isCaseId(count)) throw new Error("case numbers count from 1");
  return count;
}

export function hoursOn(hours: number): number {
  return FROM.getTime() + hours * HOUR;
}

export interface GivenCommit {
  /** Hours after the beginning of the window. */
  readonly at: number;
  readonly message?: string;
  readonly author?: string;
}

/** Commits of a trunk, oldest first, each brought by a pull request unless its message says something else. */
export function world(commits: readonly GivenCommit[], days = 30): World {
  return buildWorld({
    commits: commits.map(({ message, author = "Ann" }, place) => ({
      sha: sha(`commit ${place}`),
      parents: place === 0 ? [] : [sha(`commit ${place - 1}`)],
      message: message ?? `Change ${place} (#${place + 1})`,
      author: { login: null, name: author, proven: false },
    })),
    landed: commits.map(({ at }) => hoursOn(at)),
    mergedAuthors: new Map(),
    from: FROM,
    until: new Date(FROM.getTime() + days * DAY),
  });
}

/** A commit every so many hours. */
export function steadyWorld(count: number, every = 10, days = 30): World {
  return world(
    Array.from({ length: count }, (_, place) => ({ at: place * every })),
    days,
  );
}

/** An hour after its commit each of these ended so; a commit that is not named was never tested. */
export function lane(given: World, said: Readonly<Record<number, string>>, name = "long"): Lane {
  const runs = Object.entries(said).map(([key, word]): LaneRun => {
    const place = Number(key);
    const startedAt = given.commits[place]?.committedAt.getTime() ?? 0;
    const at = startedAt + HOUR;
    return {
      place,
      attempt: 1,
      said: word,
      startedAt,
      at,
      seenAt: at,
      cause: word === "success" ? null : "broken",
    };
  });
  const identity = { label: name, name, source: { kind: "app", app: "ci", appId: 1 }, event: null } as const;
  return buildLane(identity, given.commits.length, runs, []);
}

export function policy(
  changes: { readonly grace?: number; readonly confirm?: number; readonly remind?: readonly number[] } = {},
  names: readonly string[] = ["long"],
): Pick<Policy, "mode" | "deferred" | "deploy"> {
  const { grace = 72 * HOUR, confirm = 1, remind = [] } = changes;
  return {
    mode: "enforce",
    deploy: { branch: null, allowDiverged: false, environments: [] },
    deferred: {
      grace,
      remind,
      label: "",
      haltLabel: "",
      hour: HOUR,
      checks: names.map((name) => ownCheck(name, { grace, confirm })),
    },
  };
}
