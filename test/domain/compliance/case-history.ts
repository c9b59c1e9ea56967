import { isCaseId } from "../../../src/domain/brands.ts";
import { type WatchedCheck, newlyEnforced, watchChecks } from "../../../src/domain/compliance/adoption.ts";
import type { CaseId, ComplianceCase } from "../../../src/domain/compliance/case.ts";
import type { CaseNews } from "../../../src/domain/compliance/case-news.ts";
import { type CaseFacts, decideCases, relapsesOf } from "../../../src/domain/compliance/decide-cases.ts";
import type { CheckSource, TrunkEvidence, TrunkResult } from "../../../src/domain/compliance/evidence.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import type { DeferredCheckPolicy, DeferredPolicy, Policy } from "../../../src/domain/policy.ts";
import { buildPolicy, buildRepository, sha } from "../build-snapshot.ts";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
/** When the first commit of every history was pushed. */
export const START = new Date("2026-03-02T10:00:00Z");

export function after(milliseconds: number, from: Date = START): Date {
  return new Date(from.getTime() + milliseconds);
}

export const SOURCE: CheckSource = { kind: "workflow", workflow: ".github/workflows/long.yml" };

/** One attempt of the long check on a commit. Commits count from 1; a run of a commit has its number, unless told. */
export interface GivenRun {
  readonly on: number;
  readonly said: string;
  readonly at: Date;
  readonly attempt?: number;
  readonly runId?: number;
  readonly name?: string;
}

export function buildTrunk(runs: readonly GivenRun[], commits = 10, prefix = "commit"): TrunkEvidence {
  const shaOf = (number: number) => sha(`${prefix} ${number}`);
  const chain = Array.from({ length: commits }, (_, index) => {
    const number = commits - index;
    return {
      sha: shaOf(number),
      parent: number === 1 ? null : shaOf(number - 1),
      subject: `commit ${number}`,
      committedAt: after(number * MINUTE),
    };
  });
  const results = runs.map(({ on, said, at, attempt = 1, runId = on, name = "long" }): TrunkResult => {
    const sequence = runId * 100 + attempt;
    const from = { sha: shaOf(on), name, source: SOURCE, url: `https://github.com/runs/${sequence}` };
    return { ...from, runId, sequence, said, at, event: "push", governed: false };
  });
  const head = shaOf(commits);
  return { branch: "main", head, chain, complete: true, results, runs: [] };
}

export function buildCheck(changes: Partial<DeferredCheckPolicy> = {}): DeferredCheckPolicy {
  return {
    name: "Long",
    match: { kind: "workflow", workflow: "long.yml", job: null },
    grace: 72 * HOUR,
    environments: null,
    events: ["push", "schedule", "merge_group"],
    confirm: 1,
    verifyGrace: 0,
    owners: ["@acme/server"],
    ...changes,
  };
}

export function buildDeferredPolicy(
  checks: readonly DeferredCheckPolicy[] = [buildCheck()],
  changes: Partial<DeferredPolicy> = {},
): Policy {
  return buildPolicy({
    deferred: {
      grace: 72 * HOUR,
      remind: [24 * HOUR, 4 * HOUR],
      label: "deferred-compliance",
      haltLabel: "deploy-halt",
      hour: HOUR,
      checks,
      ...changes,
    },
  });
}

export interface GivenLook {
  readonly at: Date;
  /** null: the trunk could not be read. */
  readonly trunk: TrunkEvidence | null;
  /** A pull request was merged since the green. */
  readonly newWork?: boolean;
}

/** Cases as they are kept from look to look, without a database. */
export interface CaseHistory {
  policy: Policy;
  /** All that ever were, in the order of their numbers. */
  readonly cases: () => readonly ComplianceCase[];
  readonly open: () => readonly ComplianceCase[];
  /** The only case; throws where there are none or several. */
  readonly only: () => ComplianceCase;
  /** Looks, keeps, and answers what happened: `1 opened`, `1 reminder 86400000 first`. */
  readonly look: (given: GivenLook) => readonly string[];
  /** The issue of every case that was not warned of is there. */
  readonly warn: (at: Date) => void;
  readonly change: (id: number, changes: Partial<ComplianceCase>) => void;
  readonly lagging: () => boolean;
}

export function startHistory(
  policy: Policy = buildDeferredPolicy(),
  watchedSince: Date = after(-HOUR),
): CaseHistory {
  const kept = new Map<CaseId, ComplianceCase>();
  let watched: readonly WatchedCheck[] = watchChecks(policy, [], watchedSince);
  let lagging = false;

  function look({ at, trunk, newWork = false }: GivenLook): readonly string[] {
    const { checks, hour } = history.policy.deferred;
    const openCases = history.open();
    const before = watched;
    watched = watchChecks(history.policy, before, at);
    const facts: Omit<CaseFacts, "newWork"> = {
      repositoryId: buildRepository().id,
      at,
      deferred: history.policy.deferred,
      opensFor: new Set(checks.map(({ name }) => name)),
      watched,
      enforcedNow: newlyEnforced(before, watched),
      trunk:
        trunk === null
          ? null
          : { evidence: trunk, streaks: readStreaks(trunk, { checks, openCases, at, hour }) },
      openCases,
      endedCases: newestEnded(history.cases()),
    };
    const keys = newWork ? relapsesOf(facts).map(({ streak }) => streak.key) : [];
    const decided = decideCases({ ...facts, newWork: new Set(keys) });
    lagging = decided.lagging;
    const happened: string[] = [];
    for (const { case: one, news } of decided.outcomes) {
      kept.set(one.id, { ...one, version: one.version + 1 });
      happened.push(...news.map((each) => `${one.id} ${said(each, one)}`));
    }
    for (const one of decided.opened) {
      const id = kept.size + 1;
      if (!isCaseId(id)) throw new Error("ids count from 1");
      kept.set(id, { ...NOTHING_YET, ...one, id });
      happened.push(`${id} opened${one.adopted ? " adopted" : ""}`);
    }
    return happened;
  }

  const history: CaseHistory = {
    policy,
    cases: () => [...kept.values()],
    open: () => [...kept.values()].filter(({ end }) => end === null),
    only() {
      const [one, ...others] = kept.values();
      if (one === undefined || others.length > 0) throw new Error(`${kept.size} cases`);
      return one;
    },
    look,
    warn(at) {
      for (const one of history.open()) {
        if (one.warnedAt === null) kept.set(one.id, { ...one, warnedAt: at });
      }
    },
    change(number, changes) {
      const found = history.cases().find(({ id }) => id === number);
      if (found === undefined) throw new Error(`there is no case ${number}`);
      kept.set(found.id, { ...found, ...changes });
    },
    lagging: () => lagging,
  };
  return history;
}

const NOTHING_YET = {
  warnedAt: null,
  remindedAt: null,
  deadline: null,
  verifyUntil: null,
  unverifiedSince: null,
  expiredAt: null,
  end: null,
  version: 1,
} as const;

function newestEnded(cases: readonly ComplianceCase[]): readonly ComplianceCase[] {
  const byKey = new Map<string, ComplianceCase>();
  for (const one of cases) {
    const before = byKey.get(one.checkKey)?.end?.at.getTime() ?? 0;
    if (one.end !== null && one.end.at.getTime() >= before) byKey.set(one.checkKey, one);
  }
  return [...byKey.values()];
}

function said(news: CaseNews, { end }: ComplianceCase): string {
  if (news.what === "reminder") return `reminder ${news.before / HOUR}h${news.first ? " first" : ""}`;
  return news.what === "resolved" ? `resolved ${end?.as ?? ""}` : news.what;
}
