import type * as z from "zod";
import type { PolicyProblem } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy.ts";
import { findHomeOf, knownKeysAt } from "./known-keys.ts";
import { createProblem, MOST_PROBLEMS } from "./problem.ts";
import { policyFile } from "./schema.ts";
import { findSimilar } from "./similar-key.ts";
import { depthOfNearest, findNode, pathOfKey, toPlain, withoutNode } from "./source-node.ts";
import type { Position, SourceNode, Steps } from "./source-node.ts";

type Issue = z.core.$ZodIssue;

/** What a file has wrong by itself, and what remains of it for rules that look across keys. */
export interface ShapeRead {
  /** The first hundred, in the order of the file. */
  readonly problems: readonly PolicyProblem[];
  /** How many others there are. */
  readonly more: number;
  /** The tree without what is wrong; null when nothing remains. */
  readonly sound: SourceNode | null;
  /** Paths that rules across keys must not judge, because what stands there is wrong already. */
  readonly unsound: readonly string[];
}

/** Checks one file against the schema: every key and value by itself. */
export function readShape(node: SourceNode): ShapeRead {
  const issues = findIssues(node);
  // Explaining costs more than finding: of thousands of issues only those are explained that are shown.
  const explained = inOrder(issues, node)
    .slice(0, MOST_PROBLEMS)
    .flatMap((issue) => explain(issue, node));
  const meant = new Set(explained.map((each) => each.meant));
  // A misspelt key is not missing as well.
  const found = explained.filter(({ problem }) => !meant.has(problem.path));
  const sound = prune(node, issues);
  return {
    problems: found.map(({ problem }) => problem),
    more: Math.max(0, issues.length - MOST_PROBLEMS),
    sound,
    unsound:
      sound === null
        ? [""]
        : found.flatMap(({ problem, meant }) => (meant === null ? [problem.path] : [problem.path, meant])),
  };
}

/** One issue for each thing that is wrong; the schema's own names all unknown keys of a map at once. */
function findIssues(node: SourceNode): readonly Issue[] {
  const issues = policyFile.safeParse(toPlain(node)).error?.issues ?? [];
  return issues.flatMap((issue): readonly Issue[] =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue],
  );
}

/**
 * Takes wrong values out until the schema is content, so that the rest can still be judged. Taking a value
 * out can leave its map without a required key: then the map goes, too. Null where too much is wrong for that.
 */
function prune(node: SourceNode, issues: readonly Issue[]): SourceNode | null {
  let sound = node;
  for (let left = issues; left.length > 0; left = findIssues(sound)) {
    if (left.length > MOST_PROBLEMS) return null;
    for (const place of placesToPrune(sound, left)) {
      const kept = withoutNode(sound, place);
      if (kept === null) return null;
      sound = kept;
    }
  }
  return sound;
}

/** Last ones first, so that taking one item out of a list does not move those still to come. */
function placesToPrune(node: SourceNode, issues: readonly Issue[]): readonly Steps[] {
  const places = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path.slice(0, depthOfNearest(node, issue.path))],
  );
  const distinct = new Map(places.map((place) => [JSON.stringify(place), place]));
  return [...distinct.values()].sort((a, b) => compareSteps(b, a));
}

function compareSteps(a: Steps, b: Steps): number {
  const at = a.findIndex((step, index) => step !== b[index]);
  if (at === -1) return a.length - b.length;
  const [left, right] = [a[at], b[at]];
  if (right === undefined) return 1;
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left) < String(right) ? -1 : 1;
}

interface Explained {
  readonly problem: PolicyProblem;
  /** Path of the key that was probably meant: what asks for it must not complain, too. */
  readonly meant: string | null;
}

function inOrder(issues: readonly Issue[], root: SourceNode): readonly Issue[] {
  const placed = issues.map((issue) => {
    const [key] = issue.code === "unrecognized_keys" ? issue.keys : [];
    const at = key === undefined ? null : keyPosition(root, [...issue.path, key]);
    return { issue, at: at ?? placeOf(root, issue.path).at };
  });
  return placed.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column).map(({ issue }) => issue);
}

function explain(issue: Issue, root: SourceNode): readonly Explained[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => explainUnknownKey(root, issue.path, key));
  }
  if (issue.code === "invalid_union") {
    const option = issue.errors.find((issues) => !issues.some((inner) => isWrongType(inner)));
    if (option !== undefined) {
      return option.flatMap((inner) => explain({ ...inner, path: [...issue.path, ...inner.path] }, root));
    }
  }
  const { at, path } = placeOf(root, issue.path);
  if (issue.code === "invalid_key") {
    const keyAt = keyPosition(root, issue.path) ?? at;
    return issue.issues.map(({ message }) => alone(createProblem(keyAt, path, message)));
  }
  return [alone(createProblem(at, path, describe(issue, root)))];
}

function alone(problem: PolicyProblem): Explained {
  return { problem, meant: null };
}

function isWrongType(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code === "invalid_type";
}

/** Issues whose message continues "… is not"; every other message is a sentence. */
const SAYS_WHAT_WAS_WANTED: ReadonlySet<Issue["code"]> = new Set([
  "invalid_type",
  "invalid_format",
  "invalid_value",
  "invalid_union",
]);

function describe(issue: Issue, root: SourceNode): string {
  const node = findNode(root, issue.path);
  if (node === null) return issue.message;
  if (node.kind === "scalar" && node.value === null) {
    const step = issue.path.at(-1);
    return wording.noValue(typeof step === "string" ? step : null, node.source);
  }
  if (!SAYS_WHAT_WAS_WANTED.has(issue.code)) return issue.message;
  if (issue.path.length === 0) return wording.notAMap();
  if (node.kind === "scalar" && issue.message === wording.A_TEXT && typeof node.value !== "string") {
    return wording.needsQuotes(node.source, typeof node.value === "number" ? "number" : "boolean");
  }
  return wording.isNot(seen(node), issue.message);
}

function seen(node: SourceNode): string {
  switch (node.kind) {
    case "map":
      return "a map";
    case "list":
      return "a list";
    case "scalar":
      return wording.quote(typeof node.value === "string" ? node.value : node.source);
  }
}

function explainUnknownKey(root: SourceNode, parent: Steps, key: string): Explained {
  const { at, path } = placeOf(root, parent);
  const suggestion = suggestKey(key, parent);
  const problem = createProblem(
    keyPosition(root, [...parent, key]) ?? at,
    pathOfKey(path, key),
    wording.unknownKey(key, suggestion),
  );
  switch (suggestion.kind) {
    case "similar":
      return { problem, meant: pathOfKey(path, suggestion.key) };
    case "elsewhere":
      return { problem, meant: `${suggestion.parent}.${suggestion.key}` };
    case "known":
      return { problem, meant: null };
  }
}

function suggestKey(key: string, parent: Steps): wording.KeySuggestion {
  const known = knownKeysAt(parent);
  const similar = findSimilar(key, known);
  if (similar !== null) return { kind: "similar", key: similar };
  const home = findHomeOf(key);
  return home === null ? { kind: "known", keys: known } : { kind: "elsewhere", ...home };
}

/** Where a problem is shown: at the value, else at the nearest thing around it. */
function placeOf(root: SourceNode, steps: Steps): { readonly at: Position; readonly path: string } {
  const depth = depthOfNearest(root, steps);
  const nearest = findNode(root, steps.slice(0, depth)) ?? root;
  const path = steps
    .slice(depth)
    .reduce<string>(
      (parent, step) => (typeof step === "number" ? `${parent}[${step}]` : pathOfKey(parent, String(step))),
      nearest.path,
    );
  return { at: nearest.at, path };
}

function keyPosition(root: SourceNode, steps: Steps): Position | null {
  const parent = findNode(root, steps.slice(0, -1));
  return parent?.kind === "map" ? (parent.entries.get(String(steps.at(-1)))?.keyAt ?? null) : null;
}
