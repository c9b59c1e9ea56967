/** Lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Which of the two files something stands in. */
export type PolicyOrigin = "organisation" | "repository";

interface Placed {
  readonly origin: PolicyOrigin;
  readonly at: Position;
  /** `deferred.checks[0].match`; empty for the file as a whole. */
  readonly path: string;
}

export interface MapNode extends Placed {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, { readonly keyAt: Position; readonly value: SourceNode }>;
}

export interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
}

export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As written; for a missing value what else stands on its line. */
  readonly source: string;
}

/** A value of a policy file that knows where it stands. */
export type SourceNode = MapNode | ListNode | ScalarNode;

/** A way into a tree: keys of maps and indexes of lists. */
export type Steps = readonly PropertyKey[];

/** The value of a tree without its places. Every key becomes an own property, whatever its name. */
export function toPlain(node: SourceNode): unknown {
  switch (node.kind) {
    case "map":
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, toPlain(value)]));
    case "list":
      return node.items.map(toPlain);
    case "scalar":
      return node.value;
  }
}

/** The node under a key or an index, or null. */
function childOf(node: SourceNode, step: PropertyKey): SourceNode | null {
  if (node.kind === "map") return node.entries.get(String(step))?.value ?? null;
  if (node.kind === "list") return node.items[Number(step)] ?? null;
  return null;
}

export function findNode(root: SourceNode, steps: Steps): SourceNode | null {
  let node: SourceNode | null = root;
  for (const step of steps) node = node === null ? null : childOf(node, step);
  return node;
}

/** How many of the steps lead to something that is there. */
export function depthOfNearest(root: SourceNode, steps: Steps): number {
  let depth = steps.length;
  while (depth > 0 && findNode(root, steps.slice(0, depth)) === null) depth -= 1;
  return depth;
}

/** The tree without the node at the end of the steps; null when that is the whole tree. */
export function withoutNode(node: SourceNode, steps: Steps): SourceNode | null {
  const [step, ...rest] = steps;
  if (step === undefined) return null;
  if (node.kind === "map") {
    const entries = new Map(node.entries);
    const entry = entries.get(String(step));
    if (entry === undefined) return node;
    const value = withoutNode(entry.value, rest);
    if (value === null) entries.delete(String(step));
    else entries.set(String(step), { keyAt: entry.keyAt, value });
    return { ...node, entries };
  }
  if (node.kind === "list") {
    const items = node.items.flatMap((item, index) => {
      const kept = index === Number(step) ? withoutNode(item, rest) : item;
      return kept === null ? [] : [kept];
    });
    return { ...node, items };
  }
  return node;
}

/** The path of a key below another path. */
export function pathOfKey(parent: string, key: string): string {
  const name = /^[\w-]{1,100}$/.test(key)
    ? key
    : JSON.stringify(key.slice(0, 100).replace(/[\p{Cc}\p{Cf}]/gu, " "));
  return parent === "" ? name : `${parent}.${name}`;
}
