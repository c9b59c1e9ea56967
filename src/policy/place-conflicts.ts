import type { PolicyProblem } from "../domain/policy.ts";
import type { Conflict } from "./cross-checks.ts";
import { createProblem } from "./problem.ts";
import { findNode, type PolicyOrigin, type Position, type SourceNode, type Steps } from "./source-node.ts";

export interface PlacedConflict {
  readonly origin: PolicyOrigin;
  readonly problem: PolicyProblem;
}

export function ofOrigin(
  conflicts: readonly PlacedConflict[],
  origin: PolicyOrigin,
): readonly PolicyProblem[] {
  return conflicts.filter((conflict) => conflict.origin === origin).map(({ problem }) => problem);
}

/**
 * Shows each conflict at the first of its places that the repository wrote, else that the organisation did.
 * Leaves out those about values that are wrong already: they would be said of something nobody wrote.
 */
export function placeConflicts(
  conflicts: readonly Conflict[],
  root: SourceNode,
  unsound: readonly string[],
): readonly PlacedConflict[] {
  return conflicts.flatMap((conflict) => {
    const places = conflict.steps.map((steps) => ({ steps, node: findNode(root, steps) }));
    const isDoubtful = places.some(({ steps, node }, index) => {
      const path = node?.path ?? steps.join(".");
      return unsound.some((wrong) => contains(wrong, path) || (index === 0 && contains(path, wrong)));
    });
    const written = places.flatMap(({ steps, node }) => (node === null ? [] : [{ steps, node }]));
    const shown = written.find(({ node }) => node.origin === "repository") ?? written[0];
    if (isDoubtful || shown === undefined) return [];
    const at = conflict.atKey === true ? keyPosition(root, shown.steps, shown.node) : shown.node.at;
    const problem = createProblem(at, shown.node.path, conflict.message);
    return [{ origin: shown.node.origin, problem }];
  });
}

function keyPosition(root: SourceNode, steps: Steps, node: SourceNode): Position {
  const parent = findNode(root, steps.slice(0, -1));
  return parent?.kind === "map" ? (parent.entries.get(String(steps.at(-1)))?.keyAt ?? node.at) : node.at;
}

function contains(outer: string, inner: string): boolean {
  return outer === "" || inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
