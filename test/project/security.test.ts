import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readServerSettings } from "../../src/config.ts";
import { readGateQuestion } from "../../src/api/gate-question.ts";
import { CHOSEN_OF_LEVEL_3, REQUIREMENTS } from "./asvs-requirements.ts";
import { listSources } from "./imports.ts";
import { readSource } from "./source-text.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const asvs = readFileSync(`${root}docs/security/asvs.md`, "utf8");
const security = readFileSync(`${root}docs/security.md`, "utf8");
const tests = listSources(`${root}test`)
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => readFileSync(path, "utf8"));

interface Row {
  readonly id: string;
  readonly level: string;
  readonly state: string;
  readonly by: string;
}

const rows: readonly Row[] = [
  ...asvs.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm),
].map(([, id = "", level = "", state = "", by = ""]) => ({ id, level, state, by }));

function countOf(level: string, ...states: readonly string[]): number {
  return rows.filter((row) => row.level === level && states.includes(row.state)).length;
}

/** GitHub's address of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

describe("the table of ASVS 5.0", () => {
  test("has every requirement of levels 1 and 2, and those chosen of level 3, once each", () => {
    const wanted = REQUIREMENTS.filter(({ id, level }) => level !== "3" || CHOSEN_OF_LEVEL_3.includes(id));
    expect(wanted.filter(({ level }) => level === "1")).toHaveLength(70);
    expect(wanted.filter(({ level }) => level === "2")).toHaveLength(183);
    expect(rows.map(({ id, level }) => ({ id, level }))).toEqual(wanted);
  });

  test("knows five states, and says something to each", () => {
    const states = new Set(["met", "n/a", "operator", "gap", "unchecked"]);
    expect(rows.filter(({ state, by }) => !states.has(state) || by.trim().length < 6)).toEqual([]);
  });

  test("names tests that are there", () => {
    const named = [...asvs.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
    expect(named.length).toBeGreaterThan(120);
    const missing = named.filter(
      ([, file = "", name = ""]) =>
        !existsSync(`${root}${file}`) || !readFileSync(`${root}${file}`, "utf8").includes(name),
    );
    expect(missing.map(([whole]) => whole)).toEqual([]);
  });

  test("names rows of the acceptance list that some test carries", () => {
    const named = new Set(asvs.match(/REL-\d\d/g));
    expect([...named].filter((id) => !tests.some((text) => text.includes(id)))).toEqual([]);
  });

  test("leads to chapters that are there", () => {
    const chapters = new Set(
      [...security.matchAll(/^##+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading)),
    );
    const linked = [...asvs.matchAll(/\.\.\/security\.md#([\w-]+)/g)].map(([, anchor = ""]) => anchor);
    expect(linked.length).toBeGreaterThan(10);
    expect(linked.filter((anchor) => !chapters.has(anchor))).toEqual([]);
  });

  test("is counted right where it says how much of it is met, and keeps to the figures", () => {
    const applicable = (level: string): number => countOf(level, "met", "gap", "unchecked");
    const share = (100 * countOf("2", "met")) / applicable("2");
    const withOperators = (100 * countOf("2", "met")) / (applicable("2") + countOf("2", "operator"));
    expect(asvs).toContain(
      `Level 1: ${countOf("1", "met")} of ${applicable("1")} applicable are met. Level 2: ${countOf("2", "met")} of ${applicable("2")}, ${share.toFixed(1)} %`,
    );
    expect(asvs).toContain(`${withOperators.toFixed(1)} % if what is the operator's counted as unmet`);
    for (const [level, name] of [
      ["1", "1"],
      ["2", "2, beyond 1"],
      ["3", "3, of those chosen"],
    ] as const) {
      const cells = [
        rows.filter((row) => row.level === level).length,
        ...["n/a", "operator"].map((state) => countOf(level, state)),
        applicable(level),
        ...["met", "gap", "unchecked"].map((state) => countOf(level, state)),
      ];
      expect(asvs).toContain(`| ${name} | ${cells.join(" | ")} |`);
    }
    expect(countOf("1", "gap")).toBe(0);
    expect(share).toBeGreaterThanOrEqual(95);
  });

  test("has its gaps among those that the security page names", () => {
    const open = rows.filter(({ state }) => state === "gap" || state === "unchecked").map(({ id }) => id);
    const named = security.split("\n## Known gaps\n")[1]?.split("\n## ")[0] ?? "";
    expect([...named.matchAll(/\((\d+\.\d+\.\d+)\)/g)].map(([, id = ""]) => id).toSorted()).toEqual(
      open.toSorted(),
    );
  });
});

const sources = listSources(`${root}src`)
  .filter((path) => !path.includes("/src/sandbox/"))
  .map((path) => {
    const text = readFileSync(path, "utf8");
    return { path: path.slice(root.length), text, ...readSource(text) };
  });
const assets = ["appearance", "cockpit", "keys", "live", "moments", "morph"].map((name) => {
  const path = `assets/${name}.js`;
  const text = readFileSync(`${root}${path}`, "utf8");
  return { path, text, ...readSource(text) };
});

/** Where the pattern stands in code: not in comments, nor in texts. */
function whereIn(files: typeof sources, pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

describe("what the source does not do", () => {
  test("nothing is run that was made of text", () => {
    const everything = [...sources, ...assets];
    expect(
      whereIn(everything, /\beval\s*\(|\bnew Function\b|\bFunction\s*\(|\.innerHTML\b|\bouterHTML\b/g),
    ).toEqual([]);
    expect(whereIn(assets, /\binsertAdjacentHTML\b|\bdocument\.write\b/g)).toEqual([]);
    expect(everything.filter(({ text }) => text.includes('"node:vm"')).map(({ path }) => path)).toEqual([]);
  });

  test("no program is started by a shell", () => {
    const starting = sources.filter(({ text }) => text.includes('"node:child_process"'));
    const used = starting.flatMap(
      ({ text }) =>
        /import \{([^}]*)\} from "node:child_process"/.exec(text)?.[1]?.split(",") ?? ["everything"],
    );
    expect(new Set(used.map((name) => name.trim()))).toEqual(
      new Set(["spawn", "execFile", "type ChildProcess"]),
    );
    expect(whereIn(starting, /\bshell\b/g)).toEqual([]);
  });

  test("no SQL is put together from what somebody sent", () => {
    const FOLDERS = /^src\/(?:store|snapshot|handlers|effects|cockpit|api|ingress)\//;
    const SQL = /\b(?:select\s[^`]*\sfrom|insert\s+into|delete\s+from|update\s+holdpoint\.\w+)\b/i;
    /** Lists of columns, conditions and numbers of ours, all of them constants; and the functions that make `$1, $2`. */
    const OURS =
      /^\$\{(?:[A-Z_]+(?: \+ 1)?|String\([A-Z_]+\)|placeholders\([\w.]+\)|older\("[a-z.]+", [A-Z_]+\)|query)\}$/;
    const put = sources
      .filter(({ path }) => FOLDERS.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/`[^`]*`/g)]
          .filter(([template]) => SQL.test(template))
          .flatMap(([template]) => [...template.matchAll(/\$\{[^}]*\}/g)].map(([hole]) => ({ path, hole }))),
      );
    expect(put.length).toBeGreaterThan(20);
    expect(put.filter(({ hole }) => !OURS.test(hole))).toEqual([]);
    expect(put.filter(({ hole }) => hole === "${query}").map(({ path }) => path)).toEqual([
      "src/store/gate-rows.ts",
    ]);
  });

  test("no header of a proxy is believed", () => {
    const said = sources.flatMap(({ path, literals }) => literals.map(({ text }) => ({ path, text })));
    expect(
      said.filter(({ text }) => /^(?:x-forwarded|forwarded$|x-real-ip|x-client-ip)/i.test(text)),
    ).toEqual([]);
  });

  test("no certificate is taken unseen", () => {
    const all = sources.filter(({ text }) =>
      /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/.test(text),
    );
    expect(all.map(({ path }) => path)).toEqual([]);
  });

  test("cryptography is Node's own, and its hash is SHA-256", () => {
    const algorithms = sources.flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /\b(?:createHash|createHmac|hash|hkdfSync|createCipheriv|createDecipheriv|sign)\(\s*"([^"]+)"/g,
        ),
      ].map(([, algorithm = ""]) => ({ path, algorithm })),
    );
    expect(new Set(algorithms.map(({ algorithm }) => algorithm))).toEqual(
      new Set(["sha256", "aes-256-gcm", "RSA-SHA256"]),
    );
    expect(algorithms.filter(({ algorithm }) => algorithm.startsWith("aes")).map(({ path }) => path)).toEqual(
      ["src/cockpit/session/seal.ts", "src/cockpit/session/seal.ts"],
    );
  });

  test("what must not be guessed comes from randomBytes", () => {
    // Chance that only spreads tries in time; everything else that is random is for secrets, or names a row.
    expect(whereIn(sources, /\bMath\.random\b/g).map((one) => one.split(":")[0])).toEqual([
      "src/adapters/github/create-github.ts",
      "src/database/open-database.ts",
    ]);
    const naming = sources.filter(({ code }) => /\brandomUUID\b/.test(code)).map(({ path }) => path);
    expect(naming.filter((path) => /\/(?:cockpit|api)\//.test(path))).toEqual([]);
    const bytes = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\brandomBytes\((\w+)\)/g)].map(([, count = ""]) => ({ path, count })),
    );
    // The name of a failure in the log, and of a file that nobody else may open, are no secrets.
    const short = bytes.filter(({ count }) => Number(count) < 16);
    expect(short.map(({ path }) => path)).toEqual([
      "src/cockpit/page-failed.ts",
      "src/database/own-server/cluster.ts",
    ]);
  });

  test("browsers store what somebody likes, and nothing else", () => {
    expect(new Set(whereIn(assets, /\b(?:localStorage|sessionStorage|indexedDB|caches)\b/g))).toEqual(
      new Set(["assets/keys.js: localStorage"]),
    );
  });
});

describe("what is refused at the door", () => {
  test("a parameter that stands twice is refused at the gate", () => {
    const twice = new URLSearchParams("environment=staging&environment=production&sha=x");
    expect(readGateQuestion(twice)).toEqual({
      ok: false,
      problem: "The parameter environment stands there twice.",
    });
  });

  test.each([
    ["GITHUB_API_URL", "http://github.example.com"],
    ["JIRA_BASE_URL", "http://jira.example.com"],
    ["SLACK_API_URL", "http://slack.example.com"],
    ["HOLDPOINT_URL", "http://holdpoint.example.com"],
  ])("an address of the settings is https, or of this machine: %s", (name, value) => {
    const read = readServerSettings({ [name]: value }, false);
    const wrong = read.ok ? [] : read.problems.filter(({ variable }) => variable === name);
    expect(wrong.map(({ message }) => message)).toEqual([
      "must start with https:// (http:// is taken for loopback addresses only).",
    ]);
  });
});
