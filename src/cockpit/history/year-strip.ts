import { type Html, html, NOTHING } from "../view/html.ts";

/** One row of squares, a week each: how much in five steps, and whether a deadline passed. */
export interface Strip {
  readonly label: string;
  readonly tone: "red" | "halted";
  readonly cells: readonly {
    readonly level: 0 | 1 | 2 | 3;
    readonly marked: boolean;
    readonly title: string;
  }[];
}

const SIZE = 13;
const GAP = 3;
const STEP = SIZE + GAP;
const MONTHS_HEIGHT = 16;

/** As wide as a year. */
export function stripWidth(weeks: number): number {
  return weeks * STEP - GAP;
}

/** A picture with words: what it says as a whole, and each square on hover. */
export function yearStrip({ label, tone, cells }: Strip): Html {
  return html`<svg
    class="hp-year-strip"
    width="${stripWidth(cells.length)}"
    height="${SIZE}"
    viewBox="0 0 ${stripWidth(cells.length)} ${SIZE}"
    role="img"
    aria-label="${label}"
  >
    ${cells.map(
      ({ level, marked, title }, index) =>
        html`<g>
          <title>${title}</title>
          <rect
            class="hp-year-cell hp-year-${tone}-${level}"
            x="${index * STEP}"
            y="0"
            width="${SIZE}"
            height="${SIZE}"
            rx="2"
          />
          ${marked ? deadlineMark(index) : NOTHING}
        </g>`,
    )}
  </svg>`;
}

/** A shape, for those who do not tell the colours apart. */
export function deadlineMark(index: number): Html {
  const [left, middle, end] = [index * STEP + 3.5, index * STEP + SIZE / 2, index * STEP + SIZE - 3.5];
  return html`<path
    class="hp-year-mark"
    d="M${middle} 3.5L${end} ${SIZE / 2}L${middle} ${SIZE - 3.5}L${left} ${SIZE / 2}z"
  />`;
}

/** The names of the months above the weeks in which they begin. */
export function monthStrip(
  months: readonly { readonly index: number; readonly name: string }[],
  weeks: number,
): Html {
  return html`<svg
    class="hp-year-strip"
    width="${stripWidth(weeks)}"
    height="${MONTHS_HEIGHT}"
    viewBox="0 0 ${stripWidth(weeks)} ${MONTHS_HEIGHT}"
    aria-hidden="true"
  >
    ${months.map(({ index, name }) => html`<text class="hp-year-month" x="${index * STEP}" y="11">${name}</text>`)}
  </svg>`;
}

/** One square alone, for the legend. */
export function legendSquare(name: string): Html {
  return html`<svg width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}" aria-hidden="true">
    <rect class="hp-year-cell ${name}" x="0" y="0" width="${SIZE}" height="${SIZE}" rx="2" />
    ${name === "hp-year-red-3 hp-year-marked" ? deadlineMark(0) : NOTHING}
  </svg>`;
}
