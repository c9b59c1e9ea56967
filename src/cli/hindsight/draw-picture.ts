import { xmlText } from "../../domain/escape/xml-text.ts";
import type { LookBack } from "../../domain/hindsight/look-back.ts";
import type { World } from "../../domain/hindsight/world.ts";
import { grouped } from "../../domain/wording/counted.ts";
import { day, hours, share } from "../../domain/wording/hindsight/amounts.ts";
import * as wording from "../../domain/wording/hindsight/picture.ts";
import { variantName } from "./comparison-table.ts";
import type { HindsightDocument } from "./document.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { STYLE, diamond, rect, text } from "./svg.ts";
import type { FigureName, VariantTold } from "./tell-figures.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 1600;
const LEFT = 60;
const RIGHT = WIDTH - 60;
const CHART = 240;
const HOUR = 3_600_000;
const FOOT = 190;

/** The year as one picture that stands by itself: no scripts, nothing loaded, every stranger's text escaped; for paper and dark screens. */
export function drawPicture(document: HindsightDocument, world: World, year: LookBack["year"]): string {
  const timeline = drawTimeline(world, year, { left: LEFT, chart: CHART, right: RIGHT, top: 326 });
  const legend = timeline.bottom + 34;
  const comparison = drawComparison(document, legend + 50);
  const foot = footLines(document);
  const height = comparison.bottom + 34 + foot.length * 20;
  const parts = [
    rect("paper", { x: 0, y: 0, width: WIDTH, height }),
    ...drawHead(document),
    ...timeline.parts,
    ...drawLegend(legend),
    ...comparison.parts,
    ...foot.map((words, index) => text(LEFT, comparison.bottom + 30 + index * 20, "small", words)),
  ];
  const title = xmlText(wording.pictureTitle(document.repository), 200);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${Math.ceil(height)}" width="${WIDTH}" height="${Math.ceil(height)}" role="img" aria-labelledby="t d">`,
    `<title id="t">${title}</title>`,
    `<desc id="d">${xmlText(describe(document), 400)}</desc>`,
    `<style>${STYLE}</style>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function drawHead(document: HindsightDocument): readonly string[] {
  const { repository, trunk, from, until, commits, oldest, newest, results, year, variants } = document;
  const window = wording.pictureWindow(trunk, day(new Date(from)), day(new Date(until)), commits);
  const origin =
    results.kind === "modelled"
      ? wording.pictureOfModel(results.seeds.length, year.seed)
      : wording.pictureOfRecords(results.judged, results.file);
  const [asked] = variants;
  const tiles: readonly (readonly [FigureName, string, (value: number) => string])[] = [
    ["issues", wording.TILES.issues, grouped],
    ["issues_for_flakes", wording.TILES.flaky, grouped],
    ["halts", wording.TILES.halts, grouped],
    ["hours_halted", wording.TILES.halted, inHours],
    ["halt_days", wording.TILES.haltDays, grouped],
  ];
  const gap = 20;
  const width = (RIGHT - LEFT - gap * (tiles.length - 1)) / tiles.length;
  return [
    text(LEFT, 66, "title", wording.pictureTitle(repository)),
    text(LEFT, 100, "muted", `${window} (${wording.pictureRange(oldest, newest)})`),
    text(LEFT, 126, "muted", origin),
    ...tiles.flatMap(([name, label, write], index) => {
      const x = LEFT + index * (width + gap);
      const { median, lowest, highest } = asked?.figures[name] ?? { median: 0, lowest: 0, highest: 0 };
      return [
        rect("tile", { x, y: 150, width, height: 124 }),
        text(x + 20, 200, "big", write(median)),
        text(x + 20, 230, "", label),
        text(x + 20, 256, "small", wording.rangeText(write(lowest), write(highest))),
      ];
    }),
  ];
}

function drawLegend(y: number): readonly string[] {
  const items = ["broken", "flaky", "issue", "open", "halt"] as const;
  return items.flatMap((name, index) => {
    const x = CHART + index * 190;
    const mark =
      name === "flaky"
        ? diamond(name, x + 9, y - 5, 6, wording.LEGEND[name])
        : rect(name, { x, y: y - (name === "issue" ? 8 : 12), width: 18, height: name === "issue" ? 5 : 14 });
    return [mark, text(x + 28, y, "", wording.LEGEND[name])];
  });
}

/** The policy as asked and its alternatives, by hours halted, with what people pay for it. */
function drawComparison(
  { variants }: HindsightDocument,
  top: number,
): { readonly parts: readonly string[]; readonly bottom: number } {
  const most = Math.max(1, ...variants.map(({ figures }) => figures.hours_halted.median));
  const width = 500;
  const columns: readonly (readonly [FigureName, string, number, (value: number) => string])[] = [
    ["issues", wording.BARS.issues, 1000, grouped],
    ["halts", wording.BARS.halts, 1090, grouped],
    ["hours_untold", wording.BARS.untold, 1310, inHours],
    ["hours_let_out", wording.BARS.letOut, RIGHT, inHours],
  ];
  return {
    bottom: top + variants.length * 30 + 10,
    parts: [
      text(LEFT, top, "strong", wording.pictureComparison()),
      text(CHART, top, "small", wording.BARS.halted),
      ...columns.map(([, label, x]) => text(x, top, "small end", label)),
      ...variants.flatMap((variant, index) => {
        const y = top + 30 + index * 30;
        const { figures } = variant;
        const bar = (figures.hours_halted.median / most) * width;
        return [
          text(LEFT, y, "", variantName(variant)),
          rect(index === 0 ? "halt" : "other", { x: CHART, y: y - 14, width: Math.max(bar, 1), height: 18 }),
          text(CHART + bar + 10, y, "", inHours(figures.hours_halted.median)),
          ...columns.map(([name, , x, write]) => text(x, y, "end", write(figures[name].median))),
        ];
      }),
    ],
  };
}

function footLines({ results }: HindsightDocument): readonly string[] {
  if (results.kind === "recorded") return wrap(wording.pictureRecords(), FOOT, "");
  const { model, reverts } = results;
  const told = wording.pictureModel({
    checks: model.checks,
    breakage: share(model.breakage),
    median: hours(model.repair_median_hours * HOUR),
    slow: hours(model.repair_ninetieth_hours * HOUR),
    flakes: share(model.flakes),
    run: hours(model.run_minutes * 60_000),
    reverts: reverts.counted,
  });
  return wrap(`${told} ${wording.pictureCaution()}`, FOOT, "");
}

function describe({ variants: [asked] }: HindsightDocument): string {
  if (asked === undefined) return "";
  const write = (name: FigureName, one: (value: number) => string): string => spreadText(asked, name, one);
  return wording.pictureDescription(
    write("issues", grouped),
    write("halts", grouped),
    write("hours_halted", inHours),
  );
}

function spreadText({ figures }: VariantTold, name: FigureName, write: (value: number) => string): string {
  const { median, lowest, highest } = figures[name];
  const range = wording.rangeText(write(lowest), write(highest));
  return range === "" ? write(median) : `${write(median)} (${range})`;
}

function inHours(value: number): string {
  return hours(value * HOUR);
}
