import type { Stage, StageOptions } from "../stage.ts";

/** Something that befalls a working Holdpoint. It is over, and everything is as before, when `strike` comes back. */
export interface ChaosFault {
  readonly name: string;
  /** For the report. */
  readonly told: string;
  /** A stage of its own, of this kind, where it needs one. */
  readonly stage?: Partial<StageOptions>;
  readonly strike: (stage: Stage, options: StrikeOptions) => Promise<Struck>;
}

export interface StrikeOptions {
  /** From 0 up to 1, by the seed. */
  readonly random: () => number;
  /** How often, where it is done again and again. */
  readonly times: number;
  /** How far it is, for whoever waits. */
  readonly say: (line: string) => void;
  /** These points and no others, where it is about points. */
  readonly points?: readonly string[];
}

/** What came of it, in numbers for the report; or why it could not be done here. */
export type Struck =
  | {
      readonly state: "done";
      readonly counts: Readonly<Record<string, number>>;
      readonly wrong: readonly string[];
      /** For whoever runs it. */
      readonly notes: readonly string[];
    }
  | { readonly state: "skipped"; readonly because: string };

export function done(
  counts: Readonly<Record<string, number>> = {},
  wrong: readonly string[] = [],
  notes: readonly string[] = [],
): Struck {
  return { state: "done", counts, wrong, notes };
}
