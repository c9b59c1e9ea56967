import * as fc from "fast-check";

/** One change of a text. Places are parts of its length, so that they mean something while it shrinks. */
interface Edit {
  readonly kind: "insert" | "delete" | "replace" | "repeat" | "swap" | "flip" | "cut";
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** What parsers trip over, whatever they parse. */
const SIGNS: readonly string[] = [
  ...Array.from("\0\t\n\r \"'`\\/|<>()[]{}#@!$%^&*-_+=~?.,:;0129aAzZ"),
  "\r\n",
  "\n\n",
  "\u0085",
  "\u00A0",
  "\u200B",
  "\u2028",
  "\u202E",
  "\uFEFF",
  "\uFFFD",
  "\uD83D",
  "\uDE00",
  "é",
  "İ",
  "ß",
  "Ω",
  "１",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "true",
  "-1",
  "1e999",
  "9007199254740993",
  "NaN",
  "<!--",
  "-->",
  "```",
  "@org/team",
  "#1",
  "PLAY-1",
  "\u001B[31m",
  "%00",
  "%0d%0a",
  "../",
  "*",
  "**",
  "{{",
  "${x}",
];

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("insert", "insert", "delete", "replace", "repeat", "swap", "flip", "cut"),
  at: fc.integer({ min: 0, max: 1_000 }),
  length: fc.integer({ min: 1, max: 40 }),
  text: fc.oneof(fc.constantFrom(...SIGNS), fc.string({ unit: "binary", maxLength: 8 })),
});

export interface MutationOptions {
  /** Characters; grown texts go up to it, none is longer. */
  readonly limit: number;
  /** Of so many texts one is grown to a length near the limit. */
  readonly grownOneIn?: number;
  readonly edits?: number;
}

/** Texts of a corpus with some changes each, now and then blown up to the limit. */
export function mutated(corpus: readonly string[], options: MutationOptions): fc.Arbitrary<string> {
  const { limit, grownOneIn = 40, edits = 10 } = options;
  const small = fc
    .tuple(fc.constantFrom(...corpus), fc.array(edit, { maxLength: edits }))
    .map(([text, changes]) => changes.reduce(applyEdit, text).slice(0, limit));
  const grown = fc
    .tuple(small, edit, fc.integer({ min: 1, max: 1_000 }))
    .map(([text, given, part]) => grow(text, given, Math.floor((limit * part) / 1_000)));
  return fc.oneof({ arbitrary: small, weight: grownOneIn - 1 }, { arbitrary: grown, weight: 1 });
}

/** The same of bytes: each character of a corpus text stands for one byte (`latin1`). */
export function mutatedBytes(corpus: readonly Buffer[], options: MutationOptions): fc.Arbitrary<Buffer> {
  return mutated(
    corpus.map((bytes) => bytes.toString("latin1")),
    options,
  ).map((text) => Buffer.from(text, "latin1"));
}

/** Pieces put together, now and then one of them again and again up to the limit. */
export function assembled(pieces: readonly string[], options: MutationOptions): fc.Arbitrary<string> {
  const { limit, grownOneIn = 40 } = options;
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...pieces), weight: 8 },
    { arbitrary: fc.constantFrom(...SIGNS), weight: 2 },
    { arbitrary: fc.string({ unit: "binary", maxLength: 6 }), weight: 1 },
  );
  const small = fc.array(piece, { maxLength: 24 }).map((some) => some.join("").slice(0, limit));
  const few = fc.array(piece, { minLength: 1, maxLength: 4 }).map((some) => some.join(""));
  const grown = fc
    .tuple(small, few, small, fc.integer({ min: 1, max: 1_000 }))
    .map(([before, some, after, part]) =>
      `${before}${fill(some, Math.floor((limit * part) / 1_000))}${after}`.slice(0, limit),
    );
  return fc.oneof({ arbitrary: small, weight: grownOneIn - 1 }, { arbitrary: grown, weight: 1 });
}

export function fill(piece: string, length: number): string {
  return piece === "" ? "" : piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

function applyEdit(text: string, { kind, at, length, text: given }: Edit): string {
  const from = Math.floor((text.length * at) / 1_000);
  const [before, piece, after] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ];
  switch (kind) {
    case "insert":
      return before + given + piece + after;
    case "delete":
      return before + after;
    case "replace":
      return before + given + after;
    case "repeat":
      return before + piece.repeat(Math.min(20, length)) + after;
    case "swap":
      return after + piece + before;
    case "flip":
      return (
        before +
        String.fromCharCode((piece.charCodeAt(0) || 0) ^ (1 << (length % 8))) +
        piece.slice(1) +
        after
      );
    case "cut":
      return before;
  }
}

function grow(text: string, { at, length }: Edit, size: number): string {
  const from = Math.floor((text.length * at) / 1_000);
  const piece = text.slice(from, from + length);
  return text.slice(0, from) + fill(piece, Math.max(0, size - text.length)) + text.slice(from);
}
