import type { z } from "zod";
import type { World } from "../world.ts";

/** Something that can be made to happen, from a test or over HTTP alike: what it takes, what it gives. */
export interface Action<Schema extends z.ZodType, Result> {
  readonly schema: Schema;
  readonly run: (world: World, wanted: z.output<Schema>, place: Place) => Result | Promise<Result>;
}

export interface Place {
  /** Where repositories are kept. */
  readonly directory: string;
}

export function action<Schema extends z.ZodType, Result>(
  schema: Schema,
  run: Action<Schema, Result>["run"],
): Action<Schema, Result> {
  return { schema, run };
}
