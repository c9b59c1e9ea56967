import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Command } from "../../src/cli/command.ts";
import { policyCheck, policySchema } from "../../src/cli/policy-check.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "holdpoint-policy-"));
  writeFileSync(
    join(folder, "good.yml"),
    "deploy: { environments: { production: { base: { branch: live } } } }\ntickets: { projects: [PLAY] }\n",
  );
  writeFileSync(join(folder, "bad.yml"), "mode: dry-run\ngate:\n  max_wait: 5\n");
  writeFileSync(join(folder, "one.yml"), "- mode\n");
  writeFileSync(join(folder, "empty.yml"), "");
  writeFileSync(join(folder, "organisation.yml"), "mode: observe\n");
  writeFileSync(join(folder, "wrong-organisation.yml"), "trunk: 1.10\n");
  writeFileSync(join(folder, "utf16.yml"), Buffer.from("\uFEFFmode: observe\n", "utf16le"));
  writeFileSync(join(folder, "large.yml"), "# padding\n".repeat(200_000));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function run(command: Command, ...given: readonly string[]) {
  let out = "";
  let err = "";
  const exitCode = await command.run({
    arguments: given,
    environment: {},
    folder,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    terminal: { out: false, err: false, columns: 80 },
    signal: new AbortController().signal,
  });
  return { exitCode, out, err };
}

describe("holdpoint policy check", () => {
  test("exits 0 and says what the file means", async () => {
    expect(await run(policyCheck, "good.yml")).toEqual({
      exitCode: 0,
      out: [
        "good.yml is right. It means:",
        "  Mode enforce: what fails is held. What cannot be verified is held, too.",
        "  The head of the default branch is the next deploy; it may not take away commits that are live.",
        "  Environment production: compared with the branch live.",
        "  Every commit needs a ticket of project PLAY.",
        "  Tickets may have any status.",
        "  A ticket with open work outside the deploy is a warning.",
        "  Holds are lifted by people with admin permission: for 24h, at most 72h.",
        "  A held GitHub deployment waits up to 30m before it is rejected.",
        "",
      ].join("\n"),
      err: "",
    });
  });

  test("exits 1 and names every problem with file, line, column and path", async () => {
    expect(await run(policyCheck, "bad.yml")).toEqual({
      exitCode: 1,
      out: [
        "bad.yml:1:7 mode “dry-run” is not a mode; write enforce or observe.",
        "bad.yml:3:13 gate.max_wait “5” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
        "2 problems. A policy takes effect when it has none; until then the last good one stays.",
        "",
      ].join("\n"),
      err: "",
    });
  });

  test.each([
    [
      "one.yml",
      "one.yml:1:1 A policy is a map of keys such as mode and deploy; start with one of them, at the beginning of a line.",
    ],
    ["utf16.yml", "utf16.yml:1:1 The file is UTF-16 text; save it as UTF-8."],
    ["large.yml", "large.yml:1:1 The file has 2000000 bytes and a policy may have 65536; shorten it."],
  ])("exits 1 for %s, which is no policy at all", async (file, line) => {
    expect(await run(policyCheck, file)).toEqual({
      exitCode: 1,
      out: `${line}\n1 problem. A policy takes effect when it has none; until then the last good one stays.\n`,
      err: "",
    });
  });

  test.each([
    ["missing.yml", "holdpoint: cannot read missing.yml: there is no such file; check the path.\n"],
    [".", "holdpoint: cannot read .: it is a folder; name the file in it.\n"],
  ])("exits 2 for %s, which cannot be read", async (file, err) => {
    expect(await run(policyCheck, file)).toEqual({ exitCode: 2, out: "", err });
  });

  test("exits 2 when it is not told one file, or told something unknown", async () => {
    const oneFile =
      "holdpoint: name one policy file, as in “holdpoint policy check .github/holdpoint.yml”. See --help.\n";
    expect(await run(policyCheck)).toEqual({ exitCode: 2, out: "", err: oneFile });
    expect(await run(policyCheck, "good.yml", "bad.yml")).toEqual({ exitCode: 2, out: "", err: oneFile });
    expect((await run(policyCheck, "good.yml", "--strict")).exitCode).toBe(2);
  });

  test("lays the file over the organisation's", async () => {
    const { exitCode, out } = await run(policyCheck, "good.yml", "--organisation", "organisation.yml");
    expect(exitCode).toBe(0);
    expect(out).toContain(
      "  Mode observe: nothing is held, only said. What cannot be verified would be held, too.\n",
    );
    expect(out).toMatch(/Note: The mode is observe: nothing is held; statuses say what would have been\.\n$/);
  });

  test("names the organisation's file where the problem is there", async () => {
    const { exitCode, out } = await run(policyCheck, "good.yml", "--organisation", "wrong-organisation.yml");
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'wrong-organisation.yml:1:8 trunk 1.10 is read as a number here and not as text; put quotes around it: "1.10".\n',
    );
  });

  const document = z.strictObject({
    schema: z.literal("holdpoint.policy-check/1"),
    file: z.string(),
    valid: z.boolean(),
    problems: z.array(
      z.strictObject({
        file: z.string(),
        line: z.int(),
        column: z.int(),
        path: z.string(),
        message: z.string(),
      }),
    ),
    notes: z.array(z.string()),
    meaning: z.array(z.string()),
  });

  test("--json tells programs the problems", async () => {
    const { exitCode, out } = await run(policyCheck, "--json", "bad.yml");
    const told = document.parse(JSON.parse(out));
    expect([exitCode, told.valid, told.notes, told.meaning]).toEqual([1, false, [], []]);
    expect(told.problems[0]).toEqual({
      file: "bad.yml",
      line: 1,
      column: 7,
      path: "mode",
      message: "“dry-run” is not a mode; write enforce or observe.",
    });
  });

  test("--json tells programs the meaning and the notes", async () => {
    const { exitCode, out } = await run(policyCheck, "--json", "empty.yml");
    const told = document.parse(JSON.parse(out));
    expect([exitCode, told.valid, told.problems, told.notes.length, told.meaning.length]).toEqual([
      0,
      true,
      [],
      1,
      8,
    ]);
  });
});

describe("holdpoint policy schema", () => {
  test("prints the committed schema", async () => {
    const committed = readFileSync(new URL("../../docs/policy.schema.json", import.meta.url), "utf8");
    expect(await run(policySchema)).toEqual({ exitCode: 0, out: committed, err: "" });
  });

  test("takes no arguments", async () => {
    expect((await run(policySchema, "x")).exitCode).toBe(2);
  });
});
