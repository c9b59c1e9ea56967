/** A stretch of time, in milliseconds since 1970; without its end. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The same time without overlaps, in order; what has no length is left out. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  const ordered = spans
    .filter(({ from, until }) => until > from)
    .toSorted((one, other) => one.from - other.from);
  for (const span of ordered) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.until) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
  }
  return merged;
}

/** What is left of them when the others are taken away. */
export function withoutSpans(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
  const gone = mergeSpans(others);
  return mergeSpans(spans).flatMap((span) => {
    const left: Span[] = [];
    let from = span.from;
    for (const one of gone) {
      if (one.until <= from || one.from >= span.until) continue;
      if (one.from > from) left.push({ from, until: one.from });
      from = Math.max(from, one.until);
    }
    if (from < span.until) left.push({ from, until: span.until });
    return left;
  });
}

/** How much of them lies within a stretch. They must not overlap. */
export function lengthWithin(spans: readonly Span[], within: Span): number {
  return spans.reduce(
    (sum, { from, until }) => sum + Math.max(0, Math.min(until, within.until) - Math.max(from, within.from)),
    0,
  );
}
