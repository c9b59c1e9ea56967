import { readFileSync, readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { listSources, readImports } from "./imports.ts";
import { type SourceText, readSource } from "./source-text.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = `${root}src`;
const sources = listSources(folder).map((file) => {
  const text = readFileSync(file, "utf8");
  return { path: relative(folder, file), text, ...readSource(text) };
});
type Source = (typeof sources)[number];

function within(...places: readonly string[]): (source: Pick<Source, "path">) => boolean {
  return ({ path }) => places.some((place) => path === place || path.startsWith(`${place}/`));
}

/** `path:line what was found`, for each place where the pattern stands in what runs. */
function findInCode(where: readonly Source[], pattern: RegExp): readonly string[] {
  return where.flatMap(({ path, code }) =>
    code
      .split("\n")
      .flatMap((line, index) =>
        [...line.matchAll(pattern)].map(([found]) => `${path}:${index + 1} ${found}`),
      ),
  );
}

function findInLiterals(
  where: readonly (SourceText & { readonly path: string })[],
  pattern: RegExp,
): readonly string[] {
  return where.flatMap(({ path, literals }) =>
    literals.filter(({ text }) => pattern.test(text)).map(({ text, line }) => `${path}:${line} ${text}`),
  );
}

const IMPURE =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\s*\.|\bperformance\s*\.|\basync\b|\bawait\b|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\b|\bimport\(|\bglobalThis\b/g;
const OWN_CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\)/g;
/** PostgreSQL's clocks. Not `clock.now()`, which may stand in a template. */
const DATABASE_CLOCK =
  /(?<![.\w])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\bcurrent_(?:timestamp|date|time)\b|\blocaltime(?:stamp)?\b/i;
/** Several words that begin like a sentence, or end like one. Log messages and what was being done do neither. */
const SENTENCE = /^\s*[A-Z][a-z’']*(?:,? [\w’'“”-]+){2,}|^\s*\S+(?:,? [\w’'“”-]+){3,}[.!?]\s*$/;

describe("what is pure stays pure", () => {
  test("rules and policies know no clock, no chance, no environment and no waiting", () => {
    expect(findInCode(sources.filter(within("domain", "policy")), IMPURE)).toEqual([]);
  });

  test("the one clock is started in main and on the command line, and nowhere else", () => {
    const elsewhere = sources.filter((one) => !within("main.ts", "cli", "sandbox", "clock.ts")(one));
    expect(findInCode(elsewhere, OWN_CLOCK)).toEqual([]);
  });

  test("no SQL of ours asks the database for the time, but the one query that feeds the clock", () => {
    const elsewhere = sources.filter((one) => !within("database/read-database-time.ts", "sandbox")(one));
    expect(findInLiterals(elsewhere, DATABASE_CLOCK)).toEqual([]);
    const migrations = readdirSync(`${root}migrations`).map((name) => ({
      path: name,
      code: "",
      literals: readFileSync(`${root}migrations/${name}`, "utf8")
        .split("\n")
        .map((text, index) => ({ text: text.replace(/--.*/, ""), line: index + 1 })),
    }));
    expect(migrations.length).toBeGreaterThan(0);
    expect(findInLiterals(migrations, DATABASE_CLOCK)).toEqual([]);
  });
});

describe("what PostgreSQL would refuse of a text", () => {
  test("is replaced wherever JSON is stored; the audit does so itself, because it hashes what it stores", () => {
    const stores = sources.filter((one) => within("store", "queue")(one) && !within("store/audit.ts")(one));
    expect(findInCode(stores, /\bJSON\.stringify\b/g)).toEqual([]);
  });
});

describe("what people read stands in domain/wording", () => {
  test("no sentence stands anywhere else, the sandbox left aside", () => {
    const others = sources.filter((one) => !within("domain/wording", "sandbox")(one));
    const said = findInLiterals(others, SENTENCE);
    // A rule is named by the question it answers, in its own file.
    expect(said.filter((one) => !/^domain\/rules\/.*\?$/.test(one))).toEqual([]);
  });

  test("every wording is said somewhere", () => {
    const imports = readImports(folder);
    const unsaid = sources.filter(within("domain/wording")).flatMap(({ path, code }) => {
      const users = new Set(imports.filter(({ to }) => to === path).map(({ from }) => from));
      const said = sources.filter((one) => users.has(one.path)).map((one) => one.code);
      return [...code.matchAll(/^export (?:function|const) (\w+)/gm)]
        .map(([, name = ""]) => name)
        .filter((name) => !said.some((one) => new RegExp(`\\b${name}\\b`).test(one)))
        .map((name) => `${path} ${name}`);
    });
    expect(unsaid).toEqual([]);
  });
});

describe("one file, one job", () => {
  /** Longer than 250 lines, and why they may be. */
  const QUESTIONED: Readonly<Record<string, string>> = {
    "domain/wording/policy.ts": "one sentence for each thing that can be wrong with a policy",
    "main.ts": "everything is put together in one place",
    "config.ts": "every setting is read in one place",
    "sandbox/github/model.ts": "the rows of a whole GitHub, in one place",
    "sandbox/github/issues.ts": "issues, labels and comments share their events",
    "sandbox/github/actions/repositories.ts": "what one can do with a repository",
    "sandbox/validation/validate-rest.ts": "one description, one validator",
  };

  test("no file is longer than 250 lines without a reason, none longer than 400", () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    expect(lengths.filter(({ path, lines }) => lines > 250 && !Object.hasOwn(QUESTIONED, path))).toEqual([]);
  });

  test("no folder is for what had no better name", () => {
    const names = sources.flatMap(({ path }) => path.split("/"));
    expect(
      names.filter((name) => /^(?:utils?|helpers?|common|lib|misc|shared)(?:\.ts)?$/.test(name)),
    ).toEqual([]);
  });
});

describe("the reader of these tests", () => {
  test("tells what runs from what is quoted and what is remarked", () => {
    const text = [
      "const a = `x ${f(`y ${b}`, { c })} z`; // new Date()",
      "/* await */ const r = /[/\"]`/.test(\"it's\") ? 1 / 2 : '`';",
      "process.exit();",
    ].join("\n");
    const { code, literals } = readSource(text);
    expect(code.replaceAll(/ +/g, " ").split("\n")).toEqual([
      "const a = f( b , { c }) ; ",
      " const r = .test( ) ? 1 / 2 : ;",
      "process.exit();",
    ]);
    expect(literals.map((one) => [one.line, one.text])).toEqual([
      [1, "x "],
      [1, "y "],
      [1, ""],
      [1, " z"],
      [2, "it's"],
      [2, "`"],
    ]);
  });

  test.each([
    ["new Date()", IMPURE],
    ["new Date( )", OWN_CLOCK],
    ["Date.now()", OWN_CLOCK],
    ["Math.random()", IMPURE],
    ["process.env", IMPURE],
    ["async () => 1", IMPURE],
    ["await x", IMPURE],
    ["fetch(x)", IMPURE],
  ])("finds %s", (code, pattern) => {
    expect(findInCode([{ path: "a.ts", text: code, ...readSource(code) }], pattern)).not.toEqual([]);
  });

  test.each([
    ["update x set at = now()", DATABASE_CLOCK],
    ["select CURRENT_TIMESTAMP", DATABASE_CLOCK],
    ["Nothing was judged here yet", SENTENCE],
    ["the deploy is held.", SENTENCE],
  ])("finds “%s”", (text, pattern) => {
    expect(findInLiterals([{ path: "a.ts", ...readSource(`f("${text}")`) }], pattern)).not.toEqual([]);
  });

  test.each([
    ["the repository is gone", SENTENCE],
    ["reading the head of main", SENTENCE],
    ["insert into holdpoint.subject values", SENTENCE],
    ["GET /repos/{owner}/{repo}", SENTENCE],
    ["${clock.now()}", DATABASE_CLOCK],
  ])("lets “%s” be", (text, pattern) => {
    expect(findInLiterals([{ path: "a.ts", ...readSource(`f("${text}")`) }], pattern)).toEqual([]);
  });
});
