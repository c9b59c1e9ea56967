import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import type { PolicyProblem } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy.ts";
import { createProblem } from "./problem.ts";
import { pathOfKey, type MapNode, type PolicyOrigin, type Position, type SourceNode } from "./source-node.ts";

interface Reading {
  readonly text: string;
  readonly origin: PolicyOrigin;
  readonly locate: (offset: number) => Position;
}

/** Builds the tree of a document that has been limited in size and depth, and finds keys that are none. */
export function createTree(
  contents: ParsedNode | null,
  reading: Reading,
): { readonly node: SourceNode | null; readonly problems: readonly PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  if (contents === null || (isScalar(contents) && contents.value === null)) return { node: null, problems };
  return { node: build(contents, ""), problems };

  function place(node: { readonly range?: readonly number[] | null }): Position {
    return reading.locate(node.range?.[0] ?? 0);
  }

  function build(node: unknown, path: string): SourceNode {
    const origin = reading.origin;
    if (isMap(node)) return buildMap(node, path);
    if (isSeq(node)) {
      const items = node.items.map((item, index) => build(item, `${path}[${index}]`));
      return { kind: "list", origin, at: place(node), path, items };
    }
    if (!isScalar(node)) {
      return { kind: "scalar", origin, at: { line: 1, column: 1 }, path, value: null, source: "" };
    }
    const value = readScalar(node.value);
    const start = node.range?.[0] ?? 0;
    const source = value === null ? restOfLine(reading.text, start) : (node.source ?? String(value));
    return { kind: "scalar", origin, at: reading.locate(start), path, value, source };
  }

  function buildMap(map: YAMLMap, path: string): MapNode {
    const at = place(map);
    const entries = new Map<string, { keyAt: Position; value: SourceNode }>();
    for (const { key, value } of map.items) {
      const found = readKey(key, at);
      if (found.name === null) {
        problems.push(createProblem(found.at, path, found.message));
        continue;
      }
      const keyPath = pathOfKey(path, found.name);
      const earlier = entries.get(found.name);
      if (earlier !== undefined) {
        const message = wording.duplicateKey(found.name, earlier.keyAt.line);
        problems.push(createProblem(found.at, keyPath, message));
      } else if (found.name === "__proto__") {
        problems.push(createProblem(found.at, keyPath, wording.unknownKey(found.name, null)));
      } else {
        const child = build(value, keyPath);
        const isEmpty = child.kind === "scalar" && child.value === null;
        entries.set(found.name, { keyAt: found.at, value: isEmpty ? { ...child, at: found.at } : child });
      }
    }
    return { kind: "map", origin: reading.origin, at, path, entries };
  }

  function readKey(
    key: unknown,
    mapAt: Position,
  ):
    | { readonly name: string; readonly at: Position }
    | { readonly name: null; readonly at: Position; readonly message: string } {
    if (!isScalar(key)) {
      const at = isMap(key) || isSeq(key) ? place(key) : mapAt;
      return { name: null, at, message: wording.complexKey() };
    }
    const at = place(key);
    const name = typeof key.value === "string" ? key.value : (key.source ?? "");
    if (name === "") return { name: null, at, message: wording.emptyKey() };
    if (name === "<<") return { name: null, at, message: wording.mergeKeyRefused() };
    return { name, at };
  }
}

function readScalar(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** As much as tells whether a comment follows; a line may be as long as the file. */
function restOfLine(text: string, start: number): string {
  const near = text.slice(start, start + 200);
  const end = near.indexOf("\n");
  return (end === -1 ? near : near.slice(0, end)).trim();
}
