import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";

const program = fileURLToPath(new URL("../../src/cli/holdpoint.ts", import.meta.url));

function run(...given: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

test("a word that only begins commands lists them: asked with --help it is an answer, else a refusal", () => {
  const listed = [
    "  holdpoint hook commit-msg  a git hook: refuses a commit message without a ticket",
    "  holdpoint hook install     installs that hook into a clone",
    "",
    "Each explains itself with --help.",
    "",
  ].join("\n");
  expect(run("hook", "--help")).toEqual({ code: 0, out: listed, err: "" });
  expect(run("hook")).toEqual({ code: 2, out: "", err: listed });
});

test("without a command, all are listed: asked for with --help it is an answer, else a refusal", () => {
  const { code, out, err } = run();
  expect({ code, err }).toEqual({ code: 2, err: "" });
  expect(run("--help")).toEqual({ code: 0, out, err: "" });
  const lines = out.split("\n");
  expect(lines[0]).toBe("holdpoint: may this commit go to this environment now?");
  const listed = lines.flatMap((line) => /^ {2}holdpoint ((?:\S+ )+) +\S/.exec(line)?.[1]?.trim() ?? []);
  expect(listed).toEqual(COMMANDS.map(({ name }) => name));
});

test("--help of a command exits 0 and asks for no settings", () => {
  const { code, out, err } = run("queue", "--help");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^holdpoint queue \[--json\]\n/);
});

test("every command loads, and its help begins with its name", async () => {
  for (const { name, load } of COMMANDS) {
    expect((await load()).help).toMatch(new RegExp(`^holdpoint ${name}\\b[^]*\\n$`));
  }
});

test("a command that does not exist is named, with the one that was probably meant", () => {
  expect(run("chek", "--json")).toEqual({
    code: 2,
    out: "",
    err: "holdpoint: there is no command “chek”. Did you mean “holdpoint check”? “holdpoint --help” lists them.\n",
  });
});
