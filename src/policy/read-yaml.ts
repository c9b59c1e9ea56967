import { Composer, CST, Lexer, Parser } from "yaml";
import type { Document } from "yaml";
import type { PolicyProblem } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy.ts";
import { createLocator } from "./policy-text.ts";
import { createProblem } from "./problem.ts";
import { createTree } from "./create-tree.ts";
import type { PolicyOrigin, SourceNode } from "./source-node.ts";

/** Lexical pieces; 100 deferred checks with all their keys have about 8,100. Reading time grows with the number. */
const MOST_PIECES = 10_000;
/** Open nodes of the parser; a policy needs 9. The parser and we recurse no deeper than this. */
const DEEPEST = 24;
/** A missing quote makes everything after it wrong: later ones are noise. */
const MOST_SYNTAX_PROBLEMS = 5;

/** What a YAML text says, with places. `node` is null where the text says nothing at all, or has problems. */
export interface YamlRead {
  readonly node: SourceNode | null;
  readonly problems: readonly PolicyProblem[];
}

/**
 * Reads one document of plain maps, lists and scalars (YAML 1.2, core schema). What a policy does not need
 * and an attacker does is refused while it is being cut into pieces, before anything is built from it:
 * anchors, references, tags, directives, further documents, deep nesting, endless pieces.
 */
export function readYaml(text: string, origin: PolicyOrigin): YamlRead {
  const locate = createLocator(text);
  const cut = cutIntoTokens(text);
  if (!cut.ok) return refuse(createProblem(locate(cut.offset), "", cut.message));
  const [document] = compose(cut.tokens, text.length);
  if (document === undefined) return { node: null, problems: [] };
  if (document.errors.length > 0) {
    const lines = new Map<number, PolicyProblem>();
    for (const { code, pos } of document.errors) {
      const at = locate(pos[0]);
      if (!lines.has(at.line)) lines.set(at.line, createProblem(at, "", wording.notYaml(code)));
    }
    return { node: null, problems: [...lines.values()].slice(0, MOST_SYNTAX_PROBLEMS) };
  }
  return createTree(document.contents, { text, origin, locate });
}

function refuse(problem: PolicyProblem): YamlRead {
  return { node: null, problems: [problem] };
}

type Cut =
  | { readonly ok: true; readonly tokens: readonly CST.Token[] }
  | { readonly ok: false; readonly offset: number; readonly message: string };

function cutIntoTokens(text: string): Cut {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let pieces = 0;
  let insideScalar = false;
  for (const piece of new Lexer().lex(text)) {
    const offset = parser.offset;
    const refusal = insideScalar ? null : refusalOf(piece);
    if (refusal !== null) return { ok: false, offset, message: refusal };
    insideScalar = !insideScalar && piece === CST.SCALAR;
    pieces += 1;
    if (pieces > MOST_PIECES) return { ok: false, offset, message: wording.tooManyPieces(MOST_PIECES) };
    for (const token of parser.next(piece)) tokens.push(token);
    if (parser.stack.length > DEEPEST) return { ok: false, offset, message: wording.nestedTooDeep(DEEPEST) };
  }
  for (const token of parser.end()) tokens.push(token);
  const error = tokens.find(({ type }) => type === "error");
  if (error !== undefined) {
    return { ok: false, offset: error.offset, message: wording.notYaml("UNEXPECTED_TOKEN") };
  }
  const [, second] = tokens.filter(({ type }) => type === "document");
  if (second !== undefined) return { ok: false, offset: second.offset, message: wording.secondDocument() };
  return { ok: true, tokens };
}

/** What an attacker needs and a policy does not. */
const REFUSED: ReadonlyMap<string | null, string> = new Map([
  ["anchor", wording.anchorRefused()],
  ["alias", wording.aliasRefused()],
  ["tag", wording.tagRefused()],
  ["directive-line", wording.directiveRefused()],
]);

function refusalOf(piece: string): string | null {
  const isOpen = /^["']/.test(piece) && (piece.length === 1 || piece.at(-1) !== piece[0]);
  return isOpen ? wording.quoteNotClosed() : (REFUSED.get(CST.tokenType(piece)) ?? null);
}

function compose(tokens: readonly CST.Token[], end: number): readonly Document.Parsed[] {
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    prettyErrors: false,
    strict: true,
    // Ours is linear and names the first of the two lines; the parser's compares every key with every other.
    uniqueKeys: false,
  });
  // Hostile texts cause tens of thousands of parse errors. Capturing their stacks, which nobody reads, is
  // what takes the time: 400 ms with, 30 ms without. The call is synchronous, so nobody else notices.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return [...composer.compose(tokens, false, end)].filter((document) => "contents" in document);
  } finally {
    Error.stackTraceLimit = limit;
  }
}
