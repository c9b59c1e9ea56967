/** A source file taken apart: what runs, and what is quoted in it. Comments are neither. */
export interface SourceText {
  /** The code with every literal emptied; places and line numbers stay. */
  readonly code: string;
  readonly literals: readonly { readonly text: string; readonly line: number }[];
}

export interface ReadSource extends SourceText {
  /** Regular expressions; they are not among the literals. */
  readonly patterns: readonly { readonly source: string; readonly flags: string; readonly line: number }[];
}

/** Where a slash begins a regular expression, not a division: nothing that has a value stands before it. */
const BEFORE_PATTERN = /(?:^|[=(,:[!&|?{};+<>~*-]|\breturn|\bcase|=>)\s*$/;

/**
 * Reads TypeScript as far as these tests need it: comments, strings, templates (what stands in `${}` is code) and
 * regular expressions.
 */
export function readSource(text: string): ReadSource {
  const literals: { text: string; line: number }[] = [];
  const patterns: { source: string; flags: string; line: number }[] = [];
  let code = "";
  /** How many braces are open in each `${` that is being read. */
  const holes: number[] = [];
  /** Where in the code the newest of them began: nothing that has a value stands before it. */
  let hole = -1;

  function skip(to: number, from: number): number {
    code += text.slice(from, to).replaceAll(/[^\n]/g, " ");
    return to;
  }
  function lineOf(index: number): number {
    return text.slice(0, index).split("\n").length;
  }
  /** From behind the backtick, or behind the brace that ends a hole, to the template's end or the next hole. */
  function readTemplate(from: number): number {
    for (let at = from; at < text.length; at += 1) {
      if (text[at] === "\\") at += 1;
      else if (text[at] === "`") {
        literals.push({ text: text.slice(from, at), line: lineOf(from) });
        return skip(at + 1, from);
      } else if (text.startsWith("${", at)) {
        literals.push({ text: text.slice(from, at), line: lineOf(from) });
        holes.push(0);
        const end = skip(at + 2, from);
        hole = code.length;
        return end;
      }
    }
    return text.length;
  }
  function endOfQuoted(from: number, quote: string): number {
    let inClass = false;
    for (let at = from + 1; at < text.length && text[at] !== "\n"; at += 1) {
      if (text[at] === "\\") at += 1;
      else if (quote === "/" && text[at] === "[") inClass = true;
      else if (quote === "/" && text[at] === "]") inClass = false;
      else if (text[at] === quote && !inClass) return at + 1;
    }
    return from + 1;
  }

  for (let at = 0; at < text.length;) {
    const character = text[at] ?? "";
    if (text.startsWith("//", at)) at = skip(orEnd(text.indexOf("\n", at)), at);
    else if (text.startsWith("/*", at)) at = skip(orEnd(text.indexOf("*/", at) + 1) + 1, at);
    else if (character === '"' || character === "'") {
      const end = endOfQuoted(at, character);
      literals.push({ text: text.slice(at + 1, end - 1), line: lineOf(at) });
      at = skip(end, at);
    } else if (character === "/" && beginsPattern()) {
      const end = endOfQuoted(at, "/");
      const flags = /^[a-z]*/.exec(text.slice(end, end + 10))?.[0] ?? "";
      patterns.push({ source: text.slice(at + 1, end - 1), flags, line: lineOf(at) });
      at = skip(end + flags.length, at);
    } else if (character === "`") at = readTemplate(skip(at + 1, at));
    else if (character === "}" && holes.at(-1) === 0) {
      holes.pop();
      at = readTemplate(skip(at + 1, at));
    } else {
      if (character === "{" || character === "}") {
        const open = holes.pop();
        if (open !== undefined) holes.push(open + (character === "{" ? 1 : -1));
      }
      code += character;
      at += 1;
    }
  }
  return { code, literals, patterns };

  function beginsPattern(): boolean {
    return BEFORE_PATTERN.test(code.slice(-20)) || (hole >= 0 && code.slice(hole).trim() === "");
  }
  function orEnd(index: number): number {
    return index <= 0 ? text.length : index;
  }
}
