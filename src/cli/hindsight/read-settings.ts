import { type CiModel, DEFAULT_MODEL } from "../../domain/hindsight/ci-model.ts";
import { parseDuration } from "../../domain/duration.ts";
import * as wording from "../../domain/wording/hindsight/options.ts";

export const OPTIONS = {
  git: { type: "string" },
  trunk: { type: "string" },
  days: { type: "string" },
  until: { type: "string" },
  name: { type: "string" },
  policy: { type: "string" },
  grace: { type: "string" },
  confirm: { type: "string" },
  results: { type: "string" },
  checks: { type: "string" },
  breakage: { type: "string" },
  flakes: { type: "string" },
  repair: { type: "string" },
  "slow-repair": { type: "string" },
  run: { type: "string" },
  reverts: { type: "string" },
  seed: { type: "string" },
  seeds: { type: "string" },
  svg: { type: "string" },
  json: { type: "boolean" },
  names: { type: "boolean" },
} as const;

export type Given = { readonly [Name in keyof typeof OPTIONS]?: string | boolean | undefined };

/** What was asked for, with defaults filled in. Durations in milliseconds. */
export interface Settings {
  readonly days: number;
  /** Midnight after the last day; null: the newest commit. */
  readonly until: Date | null;
  /** null: as the policy says. */
  readonly grace: number | null;
  readonly confirm: number | null;
  readonly model: CiModel;
  readonly seeds: readonly number[];
}

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Settings of the model mean nothing where results are recorded. */
const MODEL_OPTIONS = [
  "checks",
  "breakage",
  "flakes",
  "repair",
  "slow-repair",
  "run",
  "reverts",
  "seed",
  "seeds",
] as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_DAYS = 3_660;
const MOST_CHECKS = 50;
const MOST_CONFIRM = 100;
const MOST_SEEDS = 200;

/** Reads every option, and says everything that is wrong with them at once. */
export function readSettings(given: Given): SettingsRead {
  const problems: string[] = [];
  const refuse = <Value>(problem: string, instead: Value): Value => {
    problems.push(problem);
    return instead;
  };
  const text = (name: keyof Given): string | null => {
    const value = given[name];
    return typeof value === "string" ? value.trim() : null;
  };
  const count = (name: keyof Given, least: number, most: number, usual: number): number => {
    const value = text(name);
    if (value === null) return usual;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : -1;
    return number >= least && number <= most
      ? number
      : refuse(wording.notACount(name, value, least, most), usual);
  };
  const duration = (name: keyof Given, least: number, most: number, usual: number): number => {
    const value = text(name);
    if (value === null) return usual;
    const length = parseDuration(value) ?? -1;
    return length >= least && length <= most ? length : refuse(wording.notADuration(name, value), usual);
  };
  const share = (name: keyof Given, usual: number): number => {
    const value = text(name);
    if (value === null) return usual;
    const [, digits] = /^(\d{1,3}(?:\.\d{1,6})?) ?%$/.exec(value) ?? [];
    const percent = digits === undefined ? -1 : Number(digits);
    return percent >= 0 && percent <= 100 ? percent / 100 : refuse(wording.notAShare(name, value), usual);
  };

  const model: CiModel = {
    checks: count("checks", 1, MOST_CHECKS, DEFAULT_MODEL.checks),
    breakage: share("breakage", DEFAULT_MODEL.breakage),
    flakes: share("flakes", DEFAULT_MODEL.flakes),
    repairMedian: duration("repair", 60_000, 365 * DAY, DEFAULT_MODEL.repairMedian),
    repairNinetieth: duration("slow-repair", 60_000, 365 * DAY, DEFAULT_MODEL.repairNinetieth),
    run: duration("run", 0, 7 * DAY, DEFAULT_MODEL.run),
    revertWithin: duration("reverts", 0, 365 * DAY, DEFAULT_MODEL.revertWithin),
  };
  if (model.repairNinetieth < model.repairMedian) problems.push(wording.repairsUpsideDown());
  const recorded = given.results === undefined ? [] : MODEL_OPTIONS.filter((name) => text(name) !== null);
  if (recorded.length > 0) problems.push(wording.modelWithResults(recorded));
  if (given.policy !== undefined && text("checks") !== null) problems.push(wording.checksOfPolicy());
  const first = count("seed", 0, 2 ** 31, 1);
  const seeds = count("seeds", 1, MOST_SEEDS, 20);
  const settings: Settings = {
    days: count("days", 1, MOST_DAYS, 365),
    until: readDay(text("until"), refuse),
    grace: text("grace") === null ? null : duration("grace", 1_000, 365 * DAY, 0),
    confirm: text("confirm") === null ? null : count("confirm", 1, MOST_CONFIRM, 1),
    model,
    seeds: Array.from({ length: seeds }, (_, index) => first + index),
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

function readDay(value: string | null, refuse: (problem: string, instead: null) => null): Date | null {
  if (value === null) return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  // JavaScript takes the 30th of February for the 2nd of March.
  if (at === null || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value) {
    return refuse(wording.notADay(value), null);
  }
  return new Date(at.getTime() + DAY);
}
