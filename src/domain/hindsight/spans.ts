/** A stretch of time, in milliseconds; `to` does not belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The same time without overlaps, in order; empty stretches are left out. */
export function unite(spans: readonly Span[]): readonly Span[] {
  const united: Span[] = [];
  const ordered = spans.filter(({ from, to }) => from < to).toSorted((one, other) => one.from - other.from);
  for (const span of ordered) {
    const last = united.at(-1);
    if (last === undefined || last.to < span.from) united.push(span);
    else if (span.to > last.to) united[united.length - 1] = { from: last.from, to: span.to };
  }
  return united;
}

/** What of the first is not in the second. */
export function without(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  const away = unite(taken);
  return unite(spans).flatMap((span) => {
    const left: Span[] = [];
    let { from } = span;
    for (const one of away) {
      if (one.to <= from || one.from >= span.to) continue;
      if (one.from > from) left.push({ from, to: one.from });
      from = one.to;
    }
    return from < span.to ? [...left, { from, to: span.to }] : left;
  });
}

/** How much time that is, overlaps counted once. */
export function lengthOf(spans: readonly Span[]): number {
  return unite(spans).reduce((sum, { from, to }) => sum + to - from, 0);
}

export function longestOf(spans: readonly Span[]): number {
  return unite(spans).reduce((most, { from, to }) => Math.max(most, to - from), 0);
}
