import { answersHeldToDescription, answersNotHeld } from "../../domain/wording/demo.ts";
import type { RestExchange } from "./validate-rest.ts";

export interface Inspector {
  /** What is wrong with a request or an answer by GitHub's own description; null: it is not installed here. */
  readonly inspect: ((exchange: RestExchange) => readonly string[]) | null;
  /** One line for whoever watches. */
  readonly note: string;
}

/** GitHub's description is a development dependency of 385 MB: an installation without it plays all the same, and says so. */
export async function loadInspector(): Promise<Inspector> {
  try {
    const { validateRestExchange } = await import("./validate-rest.ts");
    return { inspect: validateRestExchange, note: answersHeldToDescription() };
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    return { inspect: null, note: answersNotHeld() };
  }
}

function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
