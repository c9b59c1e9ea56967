/** At most so many colours fit into a byte. */
const MOST = 256;
/** Nobody sees a difference of so little: the square of the distance, all parts together. */
const ALIKE = 20;

export interface Indexed {
  /** Red, green, blue, one colour after the other. */
  readonly palette: Buffer;
  /** A colour's number for each pixel, behind a zero for each line. */
  readonly lines: Buffer;
}

/**
 * A picture in its most frequent colours; each other one, the edges of letters, becomes the nearest of them. `rows` are lines of pixels,
 * each behind one byte that says nothing.
 */
export function indexed(rows: Buffer, width: number, channels: number): Indexed {
  const stride = width * channels + 1;
  const height = rows.byteLength / stride;
  const colours = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const at = Math.floor(pixel / width) * stride + 1 + (pixel % width) * channels;
    const colour = ((rows[at] ?? 0) << 16) | ((rows[at + 1] ?? 0) << 8) | (rows[at + 2] ?? 0);
    colours[pixel] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept = mostDifferent([...counts].toSorted(([, one], [, other]) => other - one));
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, kept)]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const at = Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width);
    lines[at] = places.get(colours[pixel] ?? 0) ?? 0;
  }
  return { palette: Buffer.from(kept.flatMap(partsOf)), lines };
}

/** The frequent ones, and not ten shades of the most frequent. */
function mostDifferent(counted: readonly (readonly [colour: number, count: number])[]): readonly number[] {
  const kept: number[] = [];
  for (const [colour] of counted) {
    if (kept.length === MOST) break;
    if (kept.every((one) => distance(one, colour) >= ALIKE)) kept.push(colour);
  }
  return kept;
}

function distance(one: number, other: number): number {
  const parts = partsOf(other);
  return partsOf(one).reduce((sum, part, at) => sum + (part - (parts[at] ?? 0)) ** 2, 0);
}

function nearest(colour: number, kept: readonly number[]): number {
  let best = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [place, one] of kept.entries()) {
    const far = distance(one, colour);
    if (far >= smallest) continue;
    smallest = far;
    best = place;
  }
  return best;
}

function partsOf(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}
