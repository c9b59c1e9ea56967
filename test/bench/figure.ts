/** One line of the table: what was measured, and what it was to be. */
export interface Figure {
  readonly name: string;
  readonly measured: number;
  readonly unit: "ratio" | "ms" | "s" | "MB" | "KB" | "calls" | "per s";
  /** null: measured for information. */
  readonly toReach: Bound | null;
  readonly dream: Bound | null;
  /** Said where it misses. */
  readonly reason: string;
}

export interface Bound {
  readonly kind: "at least" | "at most";
  readonly value: number;
}

/** What one measurement found. */
export interface Section {
  readonly title: string;
  /** How it was measured, for whoever doubts it. */
  readonly method: readonly string[];
  readonly figures: readonly Figure[];
  /** The numbers behind the figures. */
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
}

export function atLeast(value: number): Bound {
  return { kind: "at least", value };
}

export function atMost(value: number): Bound {
  return { kind: "at most", value };
}

export function isReached(measured: number, { kind, value }: Bound): boolean {
  return kind === "at least" ? measured >= value : measured <= value;
}
