/** The end of an installation's audit as it was at a moment. */
export interface AnchoredHead {
  readonly installation: number;
  readonly sequence: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

export interface AnchorsRead {
  readonly lines: number;
  /** Of all lines up to the first that does not fit, oldest first. */
  readonly heads: readonly AnchoredHead[];
  /** When the newest of those was written. */
  readonly newest: Date | null;
  /** The number of the first line that does not fit; null: all do. */
  readonly broken: number | null;
}

/** Keeps the ends of the audit's chains where whoever owns the database does not reach them. */
export interface KeepsAnchors {
  /** For people. */
  readonly path: string;
  readonly read: () => Promise<AnchorsRead>;
  /** On the disk when it returns; the number of its line and that line's hash go to the log. */
  readonly append: (
    heads: readonly AnchoredHead[],
    at: Date,
  ) => Promise<{ readonly line: number; readonly hash: string }>;
}
