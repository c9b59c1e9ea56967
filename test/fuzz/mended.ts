/** What a target found in the product, and the test that is there since. */
interface Mended {
  readonly target: string;
  readonly found: string;
  readonly test: string;
}

export const MENDED: readonly Mended[] = [
  {
    target: "durations",
    found: "nine digits of days are no safe number of milliseconds, though the pattern said so; eight are.",
    test: "the longest duration of each unit is a safe number of milliseconds",
  },
];
