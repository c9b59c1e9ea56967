import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hindsight } from "../../src/cli/hindsight.ts";
import { type TestClone, gitIn, makeClone, makeFolder } from "../adapters/git/make-clone.ts";
import { runCommand } from "./run-command.ts";

const HEAD = "check,sha,finished_at,conclusion";
const START = Date.parse("2026-03-02T00:00:00Z");
const HOUR = 3_600_000;
let clone: TestClone;
const shas: string[] = [];
beforeAll(() => {
  clone = makeClone();
  for (let place = 0; place < 12; place += 1) {
    const at = new Date(START + place * 24 * HOUR).toISOString();
    const git = gitIn(clone.path, {
      GIT_COMMITTER_DATE: at,
      GIT_AUTHOR_NAME: place % 2 === 0 ? "Ann" : "Bob",
    });
    git("commit", "--quiet", "--allow-empty", "-m", `Change ${place} (#${place + 1})`);
    shas.push(clone.git("rev-parse", "HEAD"));
  }
  writeFileSync(join(clone.path, "real.csv"), realResults());
  writeFileSync(join(clone.path, "bad.csv"), `${HEAD}\nlong,main,2026-03-01,ok\nlong,1234567\n`);
  writeFileSync(join(clone.path, "strange.csv"), `${HEAD}\nlong,1234567,2026-03-01T00:00:00Z,success\n`);
  writeFileSync(join(clone.path, "latin.csv"), Buffer.from([0x63, 0xe9]));
  writeFileSync(join(clone.path, "policy.yml"), POLICY);
});
afterAll(() => clone.remove());

const POLICY = [
  "trunk: main",
  "mode: observe",
  "tickets: { require: off }",
  "deploy: { environments: { production: { base: { branch: main } } } }",
  "deferred:",
  "  grace: 48h",
  "  checks: [{ name: Integration, match: { workflow: ci.yml, job: 'integration *' } }]",
  "",
].join("\n");

/** Green, red from the second commit on, green with the eighth; a flaky one; one on a commit that is not there. */
function realResults(): string {
  const at = (place: number, hours = 1) => new Date(START + (place * 24 + hours) * HOUR).toISOString();
  const rows = shas.slice(0, 10).map((sha, place) => {
    const said = place >= 1 && place < 7 ? "failure" : "success";
    return `integration a,${sha.slice(0, 12)},${at(place)},${said}`;
  });
  return [
    HEAD,
    ...rows,
    `lint,${shas[0] ?? ""},${at(0)},failure`,
    `integration a,${"f".repeat(40)},${at(3)},failure`,
    "",
  ].join("\n");
}

function run(...given: readonly string[]) {
  return runCommand(hindsight, ["--git", clone.path, ...given], {}, clone.path);
}

describe("recorded results under a policy", () => {
  test("the whole text", async () => {
    const { code, out, err } = await run(
      "--results",
      "real.csv",
      "--policy",
      "policy.yml",
      "--name",
      "acme/shop",
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      "Hindsight: what Holdpoint would have done on “main” of acme/shop",
      "2025-03-13 to 2026-03-13, 365 days",
      `  12 commits on the line of first parents (${short(0)} to ${short(11)}), on 12 days`,
      "  the history begins on 2026-03-02: the rest of the window is empty",
      "  100 % of the commits name the pull request that brought them",
      "",
      "Real      the commits, their order, their times and who wrote them",
      "          people did what they did without Holdpoint: nobody was warned, and nobody overrode",
      "            anything",
      "Recorded  10 results of 1 check (Integration) in real.csv",
      "          a red result that a further attempt on the same commit turned green counts as flaky, every",
      "            other one as broken",
      "          not deferred by the policy, and not judged: lint",
      "          1 result is of commits that “main” does not have: fffffff",
      "Policy    grace 48 h, confirm 1; from policy.yml",
      "          its mode is observe: nothing would have been held; this is what enforce would have done",
      "          halts of “production”, the main environment, are counted",
      "",
      "issues opened                   1",
      "  of them for a flaky run       0",
      "authors mentioned               1 time, 1 person",
      "  the one most often            1",
      "issues that halted deploys      1",
      "  of them for a flaky run       0",
      "deploys halted                  96 h",
      "  the longest halt              96 h",
      "days with commits and a halt    5 of 12",
      "broken, and nobody told         0 h of 144 h",
      "broken, and deploys open        48 h",
      "",
      "With another policy",
      "                  issues  halts  halted  longest  halt days  not told  let out",
      "  as asked             1      1    96 h     96 h          5       0 h     48 h",
      "  grace 96 h           1      1    48 h     48 h          3       0 h     96 h",
      "  grace 168 h          1      0     0 h      0 h          0       0 h    144 h",
      "  confirm 2            1      1    72 h     72 h          4      24 h     72 h",
      "  not told: a check was broken and no issue said so. let out: it was broken and deploys were open.",
      "  - grace 96 h would have spared 0 issues, 0 halts and 48 h of halted deploys; it would have cost",
      "    0 h more of breakage that nobody was told of, and 48 h more in which it could go out.",
      "  - grace 168 h would have spared 0 issues, 1 halt and 96 h of halted deploys; it would have cost",
      "    0 h more of breakage that nobody was told of, and 96 h more in which it could go out.",
      "  - confirm 2 would have spared 0 issues, 0 halts and 24 h of halted deploys; it would have cost",
      "    24 h more of breakage that nobody was told of, and 24 h more in which it could go out.",
      "",
      "The halts",
      `  2026-03-05 01:00 UTC      96 h  integration a  red since ${short(1)}`,
      "",
    ]);
  });

  test("as JSON: unknown commits are listed, people only where they were asked for", async () => {
    const { out } = await run("--results", "real.csv", "--policy", "policy.yml", "--json", "--names");
    expect(JSON.parse(out)).toMatchObject({
      schema: "holdpoint.hindsight/1",
      commits: 12,
      results: {
        kind: "recorded",
        judged: 10,
        not_deferred: [{ check: "lint", results: 1 }],
        unknown: [{ sha: "f".repeat(40), results: 1 }],
      },
      year: { seed: null, issues: [{ first_red: shas[1], because: "result", tagged: ["Bob"] }] },
    });
    expect((await run("--results", "real.csv", "--json")).out).not.toContain("Bob");
  });
});

describe("drawn years", () => {
  test("are the same for the same seeds, and say that they are modelled", async () => {
    const [one, same, other] = await Promise.all([
      run("--breakage", "20%", "--seeds", "5"),
      run("--breakage", "20%", "--seeds", "5"),
      run("--breakage", "20%", "--seeds", "5", "--seed", "100"),
    ]);
    expect(one.out).toBe(same.out);
    expect(one.out).not.toBe(other.out);
    expect(one.out).toContain(
      "5 years are drawn (seeds 1 to 5); figures are the median, then the lowest and the",
    );
    expect(one.out).toContain("These are results of a model, not of your CI");
  });

  test("one alone is an anecdote", async () => {
    const { out } = await run("--seeds", "1");
    expect(out).toContain("one year is drawn (seed 1). One draw is an anecdote: ask for more --seeds");
  });
});

describe("a picture", () => {
  test("stands by itself, and what strangers wrote in it does nothing", async () => {
    const hostile = `</text><script>alert(1)</script>&"'`;
    const text = `${HEAD}\n"${hostile.replaceAll('"', '""')}",${shas[2] ?? ""},2026-03-04T01:00:00Z,failure\n`;
    writeFileSync(join(clone.path, "hostile.csv"), text);
    const given = ["--results", "hostile.csv", "--name", hostile, "--svg", "year.svg"];
    expect(await run(...given)).toMatchObject({ code: 0, err: "The picture is in year.svg.\n" });
    const picture = readFileSync(join(clone.path, "year.svg"), "utf8");
    expect(picture).toContain("&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;");
    expect(picture).not.toMatch(/<script|<a |<image|<foreignObject|\bon\w+=|href|url\(|@import/);
    expect(picture.match(/<[a-z]+/g)?.length).toBe((picture.match(/<\/[a-z]+>|\/>/g) ?? []).length);
  });

  test("that cannot be written is exit code 2, after the text", async () => {
    const { code, out, err } = await run("--seeds", "1", "--svg", "nowhere/year.svg");
    expect({ code, err }).toEqual({
      code: 2,
      err: "holdpoint: Cannot write nowhere/year.svg: there is no such folder.\n",
    });
    expect(out).toContain("issues opened");
  });
});

describe("what cannot be done is said in a sentence, with exit code 2", () => {
  test.each([
    [["--days", "0"], "--days “0” is no whole number from 1 to 3660."],
    [["--until", "2026-02-30"], "--until “2026-02-30” is no day: write it like 2026-11-21."],
    [
      ["--grace", "3 days"],
      "--grace “3 days” is no duration that can be meant here: write 90s, 30m, 72h or 14d.",
    ],
    [["--flakes", "0.5"], "--flakes “0.5” is no share of a hundred: write it like 0.5%."],
    [
      ["--repair", "5d", "--slow-repair", "4d"],
      "--slow-repair is shorter than --repair: one repair in ten takes longer than the first, half of them longer than the second.",
    ],
    [
      ["--results", "x.csv", "--seed", "1", "--checks", "2"],
      "--checks, --seed are for the model; with --results nothing is drawn. Leave out one or the other.",
    ],
    [
      ["--policy", "policy.yml", "--checks", "2"],
      "--checks is for the model's own checks; with --policy its deferred checks are taken. Leave out one or the other.",
    ],
    [["more"], "“more” belongs to no option."],
  ])("%j", async (given, sentence) => {
    expect(await run(...given)).toEqual({
      code: 2,
      out: "",
      err: `holdpoint: ${sentence}\nSee holdpoint hindsight --help.\n`,
    });
  });

  test("all at once", async () => {
    const { err } = await runCommand(hindsight, ["--days", "x", "--confirm", "0"]);
    expect(err.split("\n")).toEqual([
      "holdpoint: Name a local clone with --git PATH.",
      "holdpoint: --days “x” is no whole number from 1 to 3660.",
      "holdpoint: --confirm “0” is no whole number from 1 to 100.",
      "See holdpoint hindsight --help.",
      "",
    ]);
  });

  test.each([
    [
      ["--trunk", "maim"],
      /^holdpoint: There is no “maim” in “.*”\. Give --trunk a branch, a tag or a commit that is there; /,
    ],
    [
      ["--until", "2025-01-01", "--days", "10"],
      /^holdpoint: Nothing landed between 2024-12-23 and 2025-01-02; the newest commit is of 2026-03-13\. /,
    ],
    [
      ["--results", "none.csv"],
      /^holdpoint: Cannot read none\.csv: there is no such file; check the path\.\n$/,
    ],
    [["--results", "latin.csv"], /^holdpoint: latin\.csv is no text in UTF-8; save it as CSV in UTF-8\.\n$/],
    [
      ["--results", "strange.csv"],
      /^holdpoint: None of the commits that strange\.csv names is on “main” within the window\. /,
    ],
    [
      ["--results", "real.csv", "--policy", "other.yml"],
      /^holdpoint: cannot read other\.yml: there is no such file; check the path\.\n$/,
    ],
    [["--nonsense"], /^holdpoint: Unknown option '--nonsense'\. See --help\.\n$/],
  ])("%j", async (given, sentence) => {
    const { code, out, err } = await run(...given);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(sentence);
  });

  test("each wrong line of a file of results", async () => {
    expect((await run("--results", "bad.csv")).err).toBe(
      [
        "bad.csv:2 “main” is no commit; write its sha, 7 hex digits of it at least",
        "bad.csv:3 2 cells where the first line names 4 columns; put a text with a comma into quotation marks",
        "2 problems. Nothing was judged.",
        "",
      ].join("\n"),
    );
  });

  test("a policy that defers none of the recorded checks", async () => {
    const lint = `${HEAD}\nlint,${shas[0] ?? ""},2026-03-02T01:00:00Z,failure\n`;
    writeFileSync(join(clone.path, "lint.csv"), lint);
    expect((await run("--results", "lint.csv", "--policy", "policy.yml")).err).toBe(
      "holdpoint: The policy defers none of the checks that lint.csv names: “lint”. Give a policy that does, or none: then all of them count.\n",
    );
  });

  test("a folder that is no clone, an empty clone, and a shallow one", async () => {
    const { path, remove } = makeFolder();
    const of = async (folder: string) => (await runCommand(hindsight, ["--git", folder], {}, path)).err;
    gitIn(path)("init", "--quiet", "empty");
    gitIn(path)("clone", "--quiet", "--depth", "3", `file://${clone.path}`, "shallow");
    expect(await of(".")).toMatch(/^holdpoint: “.*” is no git clone\. /);
    expect(await of("empty")).toMatch(/^holdpoint: “.*” has no commits on its default branch\. /);
    expect(await of("shallow")).toMatch(
      /^holdpoint: “.*” is a shallow clone whose history begins on 2026-03-11, and the window on 2025-03-13\. Run git fetch --unshallow in it, or ask for fewer --days\.\n$/,
    );
    remove();
  });
});

function short(place: number): string {
  return (shas[place] ?? "").slice(0, 7);
}
