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
  {
    target: "code-owners",
    found:
      "a CODEOWNERS of 3 MB blocked everything else for up to 24 s; it is searched from its last line now, with pauses, within a bound.",
    test: "no file blocks the event loop for 50 ms",
  },
  {
    target: "compliance-histories",
    found:
      "green and red again within one of GitHub's seconds was taken for a read that lags behind, for ever: no case, no halt.",
    test: "J8: green and red again within one of GitHub's seconds is red, and the same case",
  },
  {
    target: "regular-expressions",
    found:
      "a CSV cell of tabs took time with the square of its length, a second for 50 KB; 22 other patterns, most of them of the demo and of our own files, could.",
    test: "REL-75: a cell of 100 KB takes no time, whatever is passed over in it",
  },
  {
    target: "intake",
    found: "nothing of Holdpoint's: the fuzz itself had sent an empty body as two ends, and was mended.",
    test: "none",
  },
];
