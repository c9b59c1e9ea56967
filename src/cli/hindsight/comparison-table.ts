import type { Spread } from "../../domain/hindsight/spread.ts";
import { grouped } from "../../domain/wording/counted.ts";
import { hours, hoursAlone } from "../../domain/wording/hindsight/amounts.ts";
import * as wording from "../../domain/wording/hindsight/report.ts";
import type { HindsightDocument } from "./document.ts";
import type { FigureName, VariantTold } from "./tell-figures.ts";
import { wrap } from "./wrap.ts";

const HOUR = 3_600_000;
const WIDTH = 100;
const NAME = 14;

/** Each policy on two lines: the medians, and from the lowest to the highest. */
export function comparisonLines({ variants }: HindsightDocument): readonly string[] {
  if (variants.length < 2) return [];
  const cells = variants.map((variant) =>
    COLUMNS.map(({ name, write }) => cell(variant.figures[name], write)),
  );
  const widths = COLUMNS.map((_column, index) =>
    Math.max(
      (wording.COMPARISON_COLUMNS[index] ?? "").length,
      ...cells.flatMap((row) => (row[index] ?? []).map(({ length }) => length)),
    ),
  );
  const line = (name: string, values: readonly string[]): string =>
    `  ${name.padEnd(NAME)}${values.map((value, index) => `  ${value.padStart(widths[index] ?? 0)}`).join("")}`.trimEnd();
  return [
    "",
    wording.comparisonHeading(),
    line("", wording.COMPARISON_COLUMNS),
    ...variants.flatMap((variant, row) => [
      line(
        variantName(variant),
        (cells[row] ?? []).map(([median]) => median),
      ),
      ...((cells[row] ?? []).some(([, range]) => range !== "")
        ? [
            line(
              "",
              (cells[row] ?? []).map(([, range]) => range),
            ),
          ]
        : []),
    ]),
    ...wrap(wording.columnsMeaning(), WIDTH - 2, "").map((line) => `  ${line}`),
    ...variants.flatMap((variant) => sparesLines(variant)),
  ];
}

/** `as asked`, `grace 96 h`, `confirm 2`. */
export function variantName({ grace_hours: grace, confirm }: VariantTold): string {
  if (grace !== null) return wording.longerGrace(hours(grace * HOUR));
  return confirm === null ? wording.asAsked() : wording.confirmed(confirm);
}

const COLUMNS: readonly { readonly name: FigureName; readonly write: (value: number) => string }[] = [
  { name: "issues", write: grouped },
  { name: "halts", write: grouped },
  { name: "hours_halted", write: inHours },
  { name: "longest_halt_hours", write: inHours },
  { name: "halt_days", write: grouped },
  { name: "hours_untold", write: inHours },
  { name: "hours_let_out", write: inHours },
];

function cell(
  { median, lowest, highest }: Spread,
  write: (value: number) => string,
): readonly [median: string, range: string] {
  const alone = write === inHours ? (value: number) => hoursAlone(value * HOUR) : write;
  return [write(median), lowest === highest ? "" : `${alone(lowest)}–${alone(highest)}`];
}

function inHours(value: number): string {
  return hours(value * HOUR);
}

/** Differences draw by draw: the same year under both policies. */
function sparesLines(variant: VariantTold): readonly string[] {
  const { compared } = variant;
  if (compared === null) return [];
  const spared = (name: FigureName, write: (value: number) => string): string => {
    const { median, lowest, highest } = compared[name];
    return ranged({ median: less(median), lowest: less(highest), highest: less(lowest) }, write);
  };
  const cost = (name: FigureName): string => ranged(compared[name], inHours);
  const sentence = wording.sparesLine(
    variantName(variant),
    wording.sparedWords(spared("issues", grouped), spared("halts", grouped), spared("hours_halted", inHours)),
    wording.costWords(cost("hours_untold"), cost("hours_let_out")),
  );
  return wrap(`- ${sentence}`, WIDTH - 2, "  ").map((line) => `  ${line}`);
}

/** Without a zero below nothing. */
function less(value: number): number {
  return value === 0 ? 0 : -value;
}

function ranged({ median, lowest, highest }: Spread, write: (value: number) => string): string {
  return lowest === highest ? write(median) : `${write(median)} (${write(lowest)} to ${write(highest)})`;
}
