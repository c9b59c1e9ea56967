import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { listSources } from "../project/imports.ts";
import { readSource } from "../project/source-text.ts";

/** A test as its source names it. */
export interface WrittenTest {
  /** From the root. */
  readonly file: string;
  /** `outer > inner`, as they are written: `%s` stays. */
  readonly name: string;
  /** The lines of the test and of its `describe`s, tables and bodies included: where the names of cases stand. */
  readonly source: string;
}

/** The end of `test`, `test.each`, `describe.each` and so on, up to the first parenthesis. */
const CALL = /\b(describe|test|it)((?:\.[a-zA-Z]+)*)(?:<[^()]*>)?\(/g;

interface Call {
  readonly isTest: boolean;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

/** Every test below `test/`, read as text. */
export function readTests(root: string): readonly WrittenTest[] {
  return listSources(join(root, "test"))
    .filter((file) => file.endsWith(".test.ts"))
    .flatMap((path) => readTestsOf(relative(root, path), readFileSync(path, "utf8")));
}

export function readTestsOf(file: string, text: string): readonly WrittenTest[] {
  const { code } = readSource(text);
  const calls = [...code.matchAll(CALL)].flatMap((match) => readCall(text, code, match) ?? []);
  return calls
    .filter(({ isTest }) => isTest)
    .map((test) => {
      const around = calls.filter((one) => !one.isTest && one.from < test.from && one.to > test.to);
      const name = [...around, test].map(({ title }) => title).join(" > ");
      return { file, name, source: [...around.map(headOf), test.source].join("\n") };
    });
}

/** Of a `describe` only what stands before its body: its table and its title. */
function headOf({ source }: Call): string {
  const body = source.search(/(?:async )?\([^()]*\) => \{\n/);
  return body < 0 ? source : source.slice(0, body);
}

function readCall(text: string, code: string, match: RegExpMatchArray): Call | null {
  const from = match.index ?? 0;
  let open = from + match[0].length - 1;
  let close = endOf(code, open);
  // `test.each(table)(title, …)`: the title stands in the second pair.
  if (/\.(?:each|for|runIf|skipIf)$/.test(match[2] ?? "") && code[close] === "(") {
    open = close;
    close = endOf(code, open);
  }
  const title = /^\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/s.exec(
    text.slice(open, close),
  );
  if (title === null) return null;
  return {
    isTest: match[1] !== "describe",
    title: (title[1] ?? title[2] ?? title[3] ?? "").replaceAll(/\\(["'`])/g, "$1"),
    from,
    to: close,
    source: text.slice(from, close),
  };
}

/** Behind the parenthesis that closes the one at `open`. */
function endOf(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === "(") depth += 1;
    if (code[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return code.length;
}

/** The rows that a text names: `REL-50, 51` and `REL-12, REL-13` are two each. */
export function rowsIn(text: string): readonly string[] {
  return [...text.matchAll(/REL-(\d\d)((?:, (?:REL-)?\d\d)*)(?!\d)/g)].flatMap(([, first = "", more = ""]) =>
    [first, ...(more.match(/\d\d/g) ?? [])].map((number) => `REL-${number}`),
  );
}
