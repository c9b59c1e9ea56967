import type { PolicyProblem } from "../domain/policy.ts";
import { moreProblems } from "../domain/wording/policy.ts";
import type { Position } from "./source-node.ts";

/** More would help nobody, and every one of them is posted and stored. */
export const MOST_PROBLEMS = 100;

export function createProblem(at: Position, path: string, message: string): PolicyProblem {
  return { line: at.line, column: at.column, path, message };
}

/**
 * In the order of the file, each said once, at most a hundred; then one sentence about the others, `more` of
 * which were not even explained.
 */
export function arrangeProblems(problems: readonly PolicyProblem[], more: number): readonly PolicyProblem[] {
  const distinct = new Map<string, PolicyProblem>();
  for (const problem of problems) {
    const key = `${problem.line}:${problem.column}:${problem.path}:${problem.message}`;
    if (!distinct.has(key)) distinct.set(key, problem);
  }
  const sorted = [...distinct.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  const shown = sorted.slice(0, MOST_PROBLEMS);
  const hidden = sorted.length - shown.length + more;
  const last = shown.at(-1);
  return hidden === 0 || last === undefined
    ? shown
    : [...shown, { ...last, path: "", message: moreProblems(hidden) }];
}
