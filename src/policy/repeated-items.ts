import type { PolicyProblem } from "../domain/policy.ts";
import { listedTwice, quote } from "../domain/wording/policy.ts";
import { createProblem } from "./problem.ts";
import { toPlain, type SourceNode } from "./source-node.ts";

/** Items that stand twice in one list, anywhere in the file. */
export function findRepeatedItems(node: SourceNode): readonly PolicyProblem[] {
  switch (node.kind) {
    case "scalar":
      return [];
    case "map":
      return [...node.entries.values()].flatMap(({ value }) => findRepeatedItems(value));
    case "list": {
      const seen = new Set<string>();
      return node.items.flatMap((item) => {
        const key = JSON.stringify(toPlain(item));
        const isRepeated = seen.has(key) && (item.kind !== "scalar" || item.value !== null);
        seen.add(key);
        const name = item.kind === "scalar" ? quote(item.source) : "this item";
        const own = isRepeated ? [createProblem(item.at, item.path, listedTwice(name))] : [];
        return [...own, ...findRepeatedItems(item)];
      });
    }
  }
}
