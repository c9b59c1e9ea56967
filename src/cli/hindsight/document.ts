import type { CiModel } from "../../domain/hindsight/ci-model.ts";
import type { PastIssue } from "../../domain/hindsight/issues.ts";
import { longestRepair } from "../../domain/hindsight/repair-time.ts";
import type { LookBack } from "../../domain/hindsight/look-back.ts";
import type { Span } from "../../domain/hindsight/spans.ts";
import type { World } from "../../domain/hindsight/world.ts";
import type { Policy } from "../../domain/policy.ts";
import type { History } from "./read-history.ts";
import { type VariantTold, tellVariant } from "./tell-figures.ts";

/** Where the results came from. */
export type ResultsTold =
  | {
      readonly kind: "modelled";
      readonly seeds: readonly number[];
      readonly model: ModelTold;
      readonly reverts: {
        readonly found: number;
        readonly counted: number;
        readonly median_hours: number | null;
      };
    }
  | {
      readonly kind: "recorded";
      readonly file: string;
      readonly judged: number;
      /** Checks that the policy does not defer. */
      readonly not_deferred: readonly { readonly check: string; readonly results: number }[];
      /** Results on commits of the trunk that are not in the window. */
      readonly outside: number;
      /** Commits that the trunk does not have. */
      readonly unknown: readonly { readonly sha: string; readonly results: number }[];
    };

export interface ModelTold {
  readonly checks: number;
  readonly breakage: number;
  readonly flakes: number;
  readonly repair_median_hours: number;
  readonly repair_ninetieth_hours: number;
  readonly repair_longest_hours: number;
  readonly run_minutes: number;
  readonly revert_within_hours: number;
}

export interface IssueTold {
  readonly first_red: string;
  readonly checks: readonly string[];
  /** `draw` and `flake` say nothing about the commit. */
  readonly because: "revert" | "result" | "draw" | "flake";
  readonly open: readonly SpanTold[];
  readonly halts: readonly SpanTold[];
  /** With `--names`. */
  readonly tagged?: readonly string[];
}

interface SpanTold {
  readonly from: string;
  readonly to: string;
}

/** `holdpoint hindsight --json`. Within `/1` fields are only added. */
export interface HindsightDocument {
  readonly schema: "holdpoint.hindsight/1";
  readonly repository: string;
  readonly trunk: string;
  readonly from: string;
  readonly until: string;
  readonly days: number;
  readonly oldest: string;
  readonly newest: string;
  readonly commits: number;
  readonly days_with_commits: number;
  /** Commits whose message names a pull request. */
  readonly with_pull_request: number;
  /** Commits whose written time was not believed. */
  readonly times_moved: number;
  /** When the history begins, where that is within the window. */
  readonly history_begins: string | null;
  readonly policy: {
    readonly file: string | null;
    readonly mode: Policy["mode"];
    readonly environment: string | null;
    readonly checks: readonly {
      readonly name: string;
      readonly grace_hours: number;
      readonly confirm: number;
    }[];
  };
  readonly results: ResultsTold;
  readonly variants: readonly VariantTold[];
  /** The year nearest to the medians. */
  readonly year: { readonly seed: number | null; readonly issues: readonly IssueTold[] };
}

export interface DocumentFacts {
  readonly history: History;
  readonly name: string;
  readonly days: number;
  readonly policyFile: string | null;
  readonly policy: Pick<Policy, "mode" | "deferred" | "deploy">;
  readonly results: ResultsTold;
  readonly found: LookBack;
  /** Whom it would have mentioned is listed issue by issue. */
  readonly names: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function buildHindsightDocument(facts: DocumentFacts): HindsightDocument {
  const { history, policy, found, results } = facts;
  const { world } = history;
  const [asked] = found.variants;
  return {
    schema: "holdpoint.hindsight/1",
    repository: facts.name,
    trunk: history.trunk,
    from: world.from.toISOString(),
    until: world.until.toISOString(),
    days: facts.days,
    oldest: world.commits[0]?.sha ?? "",
    newest: world.commits.at(-1)?.sha ?? "",
    commits: world.commits.length,
    days_with_commits: countDays(world),
    with_pull_request: world.commits.filter(({ pullRequest }) => pullRequest !== null).length,
    times_moved: history.moved,
    history_begins: history.begins?.toISOString() ?? null,
    policy: {
      file: facts.policyFile,
      mode: policy.mode,
      environment: policy.deploy.environments[0]?.name ?? null,
      checks: policy.deferred.checks.map(({ name, grace, confirm }) => ({
        name,
        grace_hours: grace / HOUR,
        confirm,
      })),
    },
    results,
    variants: found.variants.map((variant) => tellVariant(variant, asked)),
    year: {
      seed: found.year.seed,
      issues: found.year.issues.map((issue) => tellIssue(issue, facts.names)),
    },
  };
}

export function tellModel(model: CiModel): ModelTold {
  return {
    checks: model.checks,
    breakage: model.breakage,
    flakes: model.flakes,
    repair_median_hours: model.repairMedian / HOUR,
    repair_ninetieth_hours: model.repairNinetieth / HOUR,
    repair_longest_hours: longestRepair(model) / HOUR,
    run_minutes: model.run / 60_000,
    revert_within_hours: model.revertWithin / HOUR,
  };
}

function countDays({ commits }: World): number {
  return new Set(commits.map(({ committedAt }) => Math.floor(committedAt.getTime() / DAY))).size;
}

function tellIssue(issue: PastIssue, names: boolean): IssueTold {
  return {
    first_red: issue.firstRed,
    checks: issue.labels,
    because: issue.cause === "flaky" ? "flake" : (issue.by ?? "draw"),
    open: issue.open.map(tellSpan),
    halts: issue.halts.map(tellSpan),
    ...(names ? { tagged: issue.tagged } : {}),
  };
}

function tellSpan({ from, to }: Span): SpanTold {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
