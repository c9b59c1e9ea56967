import { asError } from "../errors.ts";

/** What the sandbox answers GraphQL with; development dependencies, which an installation leaves out. */
const NEEDED = ["graphql", "@octokit/graphql-schema"];

/** Whether everything that the sandbox needs is installed here. */
export function isPlayable(): boolean {
  return NEEDED.every(isInstalled);
}

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== "";
  } catch (error) {
    const cause = asError(error);
    if ("code" in cause && cause.code === "ERR_MODULE_NOT_FOUND") return false;
    throw error;
  }
}
