import type { Change } from "../../domain/hindsight/alternatives.ts";
import type { Figures } from "../../domain/hindsight/figures.ts";
import type { Variant } from "../../domain/hindsight/look-back.ts";
import { type Spread, spreadOfDifference, spreadOfFigure } from "../../domain/hindsight/spread.ts";

/** Lengths of time are hours. */
export type FigureName =
  | "breakages"
  | "flakes"
  | "issues"
  | "issues_for_flakes"
  | "halts"
  | "halts_for_flakes"
  | "hours_halted"
  | "longest_halt_hours"
  | "halt_days"
  | "reminders"
  | "mentions"
  | "people"
  | "most_mentions"
  | "hours_broken"
  | "hours_untold"
  | "hours_let_out";

export interface VariantTold {
  readonly policy: Change["kind"];
  /** The longer grace, or the number of reds; null: as asked. */
  readonly grace_hours: number | null;
  readonly confirm: number | null;
  readonly figures: Readonly<Record<FigureName, Spread>>;
  /** How much more than the policy as asked, draw by draw; null: it is the policy as asked. */
  readonly compared: Readonly<Record<FigureName, Spread>> | null;
}

const HOUR = 3_600_000;

const FIGURES: Readonly<Record<FigureName, { readonly of: keyof Figures; readonly isTime: boolean }>> = {
  breakages: { of: "breakages", isTime: false },
  flakes: { of: "flakes", isTime: false },
  issues: { of: "issues", isTime: false },
  issues_for_flakes: { of: "flakyIssues", isTime: false },
  halts: { of: "halts", isTime: false },
  halts_for_flakes: { of: "flakyHalts", isTime: false },
  hours_halted: { of: "halted", isTime: true },
  longest_halt_hours: { of: "longestHalt", isTime: true },
  halt_days: { of: "haltDays", isTime: false },
  reminders: { of: "reminders", isTime: false },
  mentions: { of: "mentions", isTime: false },
  people: { of: "people", isTime: false },
  most_mentions: { of: "mostMentions", isTime: false },
  hours_broken: { of: "broken", isTime: true },
  hours_untold: { of: "untold", isTime: true },
  hours_let_out: { of: "letOut", isTime: true },
};

/** @param asked what it is compared with */
export function tellVariant({ change, draws }: Variant, asked: Variant): VariantTold {
  return {
    policy: change.kind,
    grace_hours: change.kind === "grace" ? change.grace / HOUR : null,
    confirm: change.kind === "confirm" ? change.confirm : null,
    figures: tellFigures((name) => spreadOfFigure(draws, name)),
    compared:
      change.kind === "none" ? null : tellFigures((name) => spreadOfDifference(draws, asked.draws, name)),
  };
}

function tellFigures(spreadOf: (name: keyof Figures) => Spread): VariantTold["figures"] {
  const tell = (name: FigureName): Spread => {
    const { of, isTime } = FIGURES[name];
    const { median, lowest, highest } = spreadOf(of);
    const inUnit = (value: number): number => (isTime ? Math.round(value / (HOUR / 100)) / 100 : value);
    return { median: inUnit(median), lowest: inUnit(lowest), highest: inUnit(highest) };
  };
  return {
    breakages: tell("breakages"),
    flakes: tell("flakes"),
    issues: tell("issues"),
    issues_for_flakes: tell("issues_for_flakes"),
    halts: tell("halts"),
    halts_for_flakes: tell("halts_for_flakes"),
    hours_halted: tell("hours_halted"),
    longest_halt_hours: tell("longest_halt_hours"),
    halt_days: tell("halt_days"),
    reminders: tell("reminders"),
    mentions: tell("mentions"),
    people: tell("people"),
    most_mentions: tell("most_mentions"),
    hours_broken: tell("hours_broken"),
    hours_untold: tell("hours_untold"),
    hours_let_out: tell("hours_let_out"),
  };
}
