/** One protection, how to switch it off, and the test that must notice. */
export interface Protection {
  /** The rows of the catalogue that it belongs to, such as `REL-21`. */
  readonly rows: readonly string[];
  /** What is not done any more once it is off: half a sentence, in lower case. */
  readonly off: string;
  /** The file of the product that is changed, from the root. */
  readonly file: string;
  /** Stands in that file exactly once, else the entry is stale. */
  readonly text: string;
  readonly instead: string;
  /** The test that must fail then: its file, and a part of its whole name, as it is written. */
  readonly test: { readonly file: string; readonly name: string };
  /** How else than by an assertion it may fail: some wait for what then never comes. */
  readonly fails?: OtherFailure;
}

/** `never-comes`: the test waits in vain; `refused`: the database or a fake itself refuses, with the text that is named. */
export type OtherFailure = "never-comes" | { readonly saying: string };
