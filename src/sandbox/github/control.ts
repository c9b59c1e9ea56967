import { z } from "zod";
import type { Action, Place } from "./actions/action.ts";
import type { World } from "./world.ts";

/** What can be made to happen, as functions: of this process, or of one over HTTP. */
export type Control<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Action<infer Schema, infer Result>
    ? (wanted: z.input<Schema>) => Promise<Result>
    : never;
};

/** Runs the action with that name; throws where there is none, or what it was given is not what it takes. */
export type RunsActions = (name: string, wanted: unknown) => Promise<unknown>;

export function createRunner(
  table: Readonly<Record<string, Action<z.ZodType, unknown>>>,
  world: World,
  place: Place,
): RunsActions {
  return async (name, wanted) => {
    const found = Object.hasOwn(table, name) ? table[name] : undefined;
    if (found === undefined) throw new Error(`the sandbox has no action ${name}`);
    const parsed = found.schema.safeParse(wanted ?? {});
    if (!parsed.success)
      throw new Error(`${name}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
    return found.run(world, parsed.data, place);
  };
}

/** The same actions as functions, each with the types of its own schema. */
export function callable<Table extends Readonly<Record<string, Action<z.ZodType, unknown>>>>(
  table: Table,
  run: RunsActions,
): Control<Table> {
  const functions = Object.fromEntries(
    Object.keys(table).map((name) => [name, (wanted: unknown) => run(name, wanted)] as const),
  );
  if (isControl(table, functions)) return functions;
  throw new Error("an action is missing");
}

/** The runner gives what the action of that name gives; the compiler cannot follow a name that far. */
function isControl<Table extends object>(
  table: Table,
  functions: Readonly<Record<string, unknown>>,
): functions is Control<Table> & Record<string, unknown> {
  return Object.keys(table).every((name) => typeof functions[name] === "function");
}
