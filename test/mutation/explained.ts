import type { Mutant } from "./results.ts";

/** Why no test can notice some changes: what they change is not to be seen from outside. */
export interface Explanation {
  readonly why: string;
  readonly explains: (mutant: Pick<Mutant, "file" | "original" | "replacement">) => boolean;
}

export const EXPLANATIONS: readonly Explanation[] = [
  {
    why: "An empty list that is spread or flattened: what stands in it has none of the fields that are looked at.",
    explains: ({ original, replacement }) => original === "[]" && replacement === '["Stryker was here"]',
  },
];
