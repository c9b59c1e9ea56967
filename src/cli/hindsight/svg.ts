import { xmlText } from "../../domain/escape/xml-text.ts";

/** What is safe in a picture: texts are escaped where they come in, everything else is numbers and names of ours. */
export type Attributes = Readonly<Record<string, string | number>>;

const LONGEST = 400;

export function text(x: number, y: number, style: string, words: string): string {
  return `<text x="${round(x)}" y="${round(y)}" class="${style}">${xmlText(words, LONGEST)}</text>`;
}

/** With words that browsers show where the pointer rests. */
export function rect(style: string, box: Box, words: string | null = null): string {
  const { x, y, width, height } = box;
  const at = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" class="${style}"`;
  return words === null ? `<rect ${at}/>` : `<rect ${at}><title>${xmlText(words, LONGEST)}</title></rect>`;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function line(style: string, from: readonly [number, number], to: readonly [number, number]): string {
  const [x1, y1] = from;
  const [x2, y2] = to;
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${style}"/>`;
}

/** A mark that a narrow moment is seen by. */
export function diamond(style: string, x: number, y: number, size: number, words: string): string {
  const points = [
    [x, y - size],
    [x + size, y],
    [x, y + size],
    [x - size, y],
  ].map((point) => point.map(round).join(","));
  return `<polygon points="${points.join(" ")}" class="${style}"><title>${xmlText(words, LONGEST)}</title></polygon>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Colours for paper and for dark screens; whoever draws it without style sheets of the second kind sees the first. */
export const STYLE = `
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Helvetica,Arial,sans-serif;fill:#1f2328;font-size:16px}
.title{font-size:34px;font-weight:600}.big{font-size:40px;font-weight:600}.strong{font-weight:600}
.muted{fill:#59636e}.small{fill:#59636e;font-size:14px}.end{text-anchor:end}.middle{text-anchor:middle}
.paper{fill:#ffffff}.tile{fill:#f6f8fa;stroke:#d1d9e0}.grid{stroke:#d1d9e0}.track{stroke:#d1d9e0;stroke-width:2}
.activity{fill:#8c959f}.broken{fill:#cf222e}.flaky{fill:#9a6700}.issue{fill:#0969da}.open{fill:#aceebb}.halt{fill:#8250df}
.shade{fill:#8250df;fill-opacity:.13}.other{fill:#c297ff}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.muted,.small{fill:#9198a1}.paper{fill:#0d1117}.tile{fill:#151b23;stroke:#3d444d}
.grid,.track{stroke:#3d444d}.activity{fill:#656c76}.broken{fill:#f85149}.flaky{fill:#d29922}.issue{fill:#4493f8}
.open{fill:#1b4a2b}.halt{fill:#ab7df8}.shade{fill:#ab7df8;fill-opacity:.2}.other{fill:#6e40c9}}
`.trim();
