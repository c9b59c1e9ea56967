import { visibleText } from "../../domain/escape/visible-text.ts";
import type { Spread } from "../../domain/hindsight/spread.ts";
import { grouped } from "../../domain/wording/counted.ts";
import { day, daysOrHours, hours } from "../../domain/wording/hindsight/amounts.ts";
import * as wording from "../../domain/wording/hindsight/report.ts";
import type { TableStyle } from "../check-table.ts";
import { comparisonLines } from "./comparison-table.ts";
import type { HindsightDocument, IssueTold } from "./document.ts";
import type { FigureName } from "./tell-figures.ts";
import { wrap } from "./wrap.ts";

const HOUR = 3_600_000;
const WIDTH = 100;
const LABEL = 30;
const HEADING = 10;

/** The document as text for people: what it stands on, the figures, other policies, the halts of one year. */
export function renderHindsight(document: HindsightDocument, style: TableStyle): string {
  const lines = [
    ...headLines(document),
    "",
    ...groundLines(document),
    "",
    ...figureLines(document),
    ...comparisonLines(document),
    ...haltLines(document, style),
    ...(document.results.kind === "modelled" ? ["", ...wrap(wording.modelledCaution(), WIDTH, "")] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function headLines(document: HindsightDocument): readonly string[] {
  const { repository, trunk, from, until, days, commits, oldest, newest } = document;
  const notes = [
    wording.commitsLine(commits, oldest, newest, document.days_with_commits),
    ...(document.history_begins === null ? [] : [wording.beginsLine(day(new Date(document.history_begins)))]),
    ...(document.times_moved === 0 ? [] : [wording.movedLine(document.times_moved)]),
    wording.requestsLine(document.with_pull_request, commits),
  ];
  return [
    wording.hindsightTitle(shown(repository), shown(trunk)),
    wording.windowLine(day(new Date(from)), day(new Date(until)), days),
    ...notes.flatMap((note) => wrap(note, WIDTH - 2, "").map((line) => `  ${line}`)),
  ];
}

function groundLines({ results, policy, trunk }: HindsightDocument): readonly string[] {
  const names = policy.checks.map(({ name }) => shown(name));
  const plans = new Set(policy.checks.map((check) => `${check.grace_hours} ${check.confirm}`));
  const [first] = policy.checks;
  const planned =
    plans.size === 1 && first !== undefined
      ? [wording.sameGrace(graceText(first.grace_hours), first.confirm)]
      : policy.checks.map((check) =>
          wording.gracePlan(shown(check.name), graceText(check.grace_hours), check.confirm),
        );
  const judgedBy = [
    wording.policyLine(planned, policy.file),
    ...(policy.mode === "observe" ? [wording.observedLine()] : []),
    ...(policy.environment === null ? [] : [wording.environmentLine(shown(policy.environment))]),
  ];
  if (results.kind === "recorded") {
    const left = results.not_deferred.map(({ check }) => shown(check));
    const lost = results.unknown.reduce((sum, one) => sum + one.results, 0);
    return [
      ...section(wording.realHeading(), [wording.realHistory(), wording.recordedPeople()]),
      ...section(wording.recordedHeading(), [
        wording.recordedLine(results.judged, names, results.file),
        wording.recordedFlakes(),
        ...(left.length === 0 ? [] : [wording.notDeferredLine(left)]),
        ...(results.outside === 0 ? [] : [wording.outsideLine(results.outside)]),
        ...(lost === 0
          ? []
          : [
              wording.unknownLine(
                lost,
                results.unknown.map(({ sha }) => sha),
                shown(trunk),
              ),
            ]),
      ]),
      ...section(wording.policyHeading(), judgedBy),
    ];
  }
  const { model, reverts, seeds } = results;
  const median = reverts.median_hours === null ? null : hours(reverts.median_hours * HOUR);
  return [
    ...section(wording.realHeading(), [
      wording.realHistory(),
      wording.realRevert(
        reverts.found,
        reverts.counted,
        daysOrHours(model.revert_within_hours * HOUR),
        median,
      ),
    ]),
    ...section(wording.modelledHeading(), [
      wording.modelRuns(names, hours(model.run_minutes * 60_000)),
      wording.modelBreakage(model.breakage),
      wording.modelRepair(
        hours(model.repair_median_hours * HOUR),
        hours(model.repair_ninetieth_hours * HOUR),
        daysOrHours(model.repair_longest_hours * HOUR),
      ),
      wording.modelFlakes(model.flakes),
      wording.modelPeople(),
      wording.modelSeeds(seeds.length, seeds[0] ?? 0, seeds.at(-1) ?? 0),
    ]),
    ...section(wording.policyHeading(), judgedBy),
  ];
}

function section(heading: string, sentences: readonly string[]): readonly string[] {
  const lines = sentences.flatMap((sentence) => wrap(sentence, WIDTH - HEADING, "  "));
  return lines.map((line, index) => `${(index === 0 ? heading : "").padEnd(HEADING)}${line}`);
}

function figureLines({ variants, days_with_commits: busy }: HindsightDocument): readonly string[] {
  const [asked] = variants;
  if (asked === undefined) return [];
  const { figures } = asked;
  const labels = wording.FIGURE_LABELS;
  const rows: readonly (readonly [label: string, value: string])[] = [
    [labels.issues, count(figures, "issues")],
    [`  ${labels.flaky}`, count(figures, "issues_for_flakes")],
    [labels.people, wording.timesAndPeople(count(figures, "mentions"), count(figures, "people"))],
    [`  ${labels.mostMentions}`, count(figures, "most_mentions")],
    [labels.halts, count(figures, "halts")],
    [`  ${labels.flakyHalts}`, count(figures, "halts_for_flakes")],
    [labels.halted, time(figures, "hours_halted")],
    [`  ${labels.longest}`, time(figures, "longest_halt_hours")],
    [labels.haltDays, wording.ofAll(count(figures, "halt_days"), grouped(busy))],
    [labels.untold, wording.ofAll(time(figures, "hours_untold"), time(figures, "hours_broken"))],
    [labels.letOut, time(figures, "hours_let_out")],
  ];
  return rows.map(([label, value]) => `${label.padEnd(LABEL)}  ${value}`);
}

type Figures = HindsightDocument["variants"][number]["figures"];

function count(figures: Figures, name: FigureName): string {
  return withRange(figures[name], grouped);
}

function time(figures: Figures, name: FigureName): string {
  return withRange(figures[name], (value) => hours(value * HOUR));
}

/** `41 (33 to 52)`; alone where all draws agree. */
export function withRange({ median, lowest, highest }: Spread, write: (value: number) => string): string {
  return lowest === highest ? write(median) : `${write(median)} (${write(lowest)} to ${write(highest)})`;
}

function haltLines({ year, results }: HindsightDocument, { rows }: TableStyle): readonly string[] {
  const seeds = results.kind === "modelled" ? results.seeds.length : 1;
  const halts = year.issues
    .flatMap((issue) => issue.halts.map((halt) => ({ issue, halt })))
    .toSorted((one, other) => (one.halt.from < other.halt.from ? -1 : 1));
  const listed = halts.slice(0, rows).map(({ issue, halt }) => `  ${haltLine(issue, halt)}`);
  return [
    "",
    wording.yearHeading(year.seed, seeds),
    ...(halts.length === 0 ? [`  ${wording.noHalts()}`] : listed),
    ...(halts.length > rows ? [`  ${wording.andMoreHalts(halts.length - rows)}`] : []),
  ];
}

function haltLine(issue: IssueTold, { from, to }: IssueTold["halts"][number]): string {
  const length = hours(Date.parse(to) - Date.parse(from));
  const checks = visibleText(issue.checks.join(", "), 30);
  const because = wording.becauseOf(issue.because, issue.first_red);
  return wording.haltRow(`${from.slice(0, 16).replace("T", " ")} UTC`, length, checks.padEnd(12), because);
}

function graceText(grace: number): string {
  return hours(grace * HOUR);
}

function shown(text: string): string {
  return visibleText(text, 60);
}
