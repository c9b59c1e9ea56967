import * as fc from "fast-check";
import { processorTime } from "./processor-time.ts";
import { findChangedPrototype } from "./prototypes.ts";

/** Milliseconds of processor time that one input may take: the event loop stands still no longer than that. */
export const LONGEST_BLOCK = 50;
/** How often an input that took too long is tried again: a collection of garbage or a compilation is none of its doing. */
const SECOND_LOOKS = 4;
/** Milliseconds that making an input shorter may take. */
const SHRINKING = 60_000;

/** Inputs of one kind, made from a seed, and what must be so of each. */
export interface Target {
  readonly name: string;
  /** What the inputs are, and what was held against what came of them: for the report. */
  readonly claim: string;
  /** Inputs of one seed, where it is not the usual number. */
  readonly batch?: number | undefined;
  /** It has a fixed number of inputs, and tries each once. */
  readonly once?: boolean | undefined;
  readonly play: (batch: Batch) => Promise<Played>;
  readonly stop?: (() => Promise<void>) | undefined;
}

export interface Batch {
  readonly seed: number;
  readonly runs: number;
  /** Of a finding that is replayed: where among the inputs of the seed it is. */
  readonly path?: string | undefined;
}

export interface Played {
  readonly inputs: number;
  /** Milliseconds of processor time of the input that took most. */
  readonly slowest: number;
  readonly finding: Finding | null;
}

export interface Finding {
  readonly seed: number;
  readonly path: string;
  /** The shortest that was found, every character visible. */
  readonly input: string;
  readonly wrong: string;
}

export interface TargetOptions<Input, Output> {
  readonly name: string;
  readonly claim: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** What is tried, and timed. A refusal is a value; what is thrown is a finding. */
  readonly act: (input: Input) => Output | Promise<Output>;
  /** What is wrong with what came of it; null: nothing. Not timed. */
  readonly judge: (input: Input, output: Output) => string | null;
  /** How long the longest block was, where the work is done in pieces; else all of it counts. */
  readonly longest?: (output: Output) => number;
  /** How an input is shown, where it is not JSON. */
  readonly show?: (input: Input) => string;
  readonly batch?: number;
  readonly stop?: () => Promise<void>;
}

export function createTarget<Input, Output>(options: TargetOptions<Input, Output>): Target {
  const { name, claim, inputs, act, judge, longest, show = JSON.stringify, batch, stop } = options;

  async function play({ seed, runs, path }: Batch): Promise<Played> {
    let slowest = 0;
    const property = fc.asyncProperty(inputs, async (input) => {
      const { output, taken } = await timed(input);
      slowest = Math.max(slowest, taken);
      const wrong = judge(input, output) ?? findChangedPrototype() ?? tooSlow(taken);
      if (wrong !== null) throw new Error(wrong);
    });
    const found = await fc.check(property, {
      seed,
      numRuns: runs,
      interruptAfterTimeLimit: SHRINKING,
      ...(path === undefined ? {} : { path }),
    });
    if (!found.failed) return { inputs: found.numRuns, slowest, finding: null };
    const [input] = found.counterexample ?? [];
    const shown = input === undefined ? "" : show(input);
    const error: unknown = found.errorInstance;
    const wrong = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const finding = { seed, path: found.counterexamplePath ?? "", input: visible(shown), wrong };
    return { inputs: found.numRuns, slowest, finding };
  }

  async function timed(input: Input): Promise<{ output: Output; taken: number }> {
    let least = Number.POSITIVE_INFINITY;
    for (let look = 0; ; look += 1) {
      const since = processorTime();
      const output = await act(input);
      least = Math.min(least, longest?.(output) ?? processorTime() - since);
      if (least <= LONGEST_BLOCK || look === SECOND_LOOKS) return { output, taken: least };
    }
  }

  return { name, claim, play, batch, stop };
}

function tooSlow(taken: number): string | null {
  return taken <= LONGEST_BLOCK ? null : `it takes ${taken.toFixed(0)} ms`;
}

/** ASCII alone, so that a terminal shows what it is. */
function visible(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
