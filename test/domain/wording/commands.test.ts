import { expect, test } from "vitest";
import { parseCommand } from "../../../src/domain/commands.ts";
import { answerToCommand, checkNeedsWriteAccess } from "../../../src/domain/wording/commands.ts";

function answer(text: string): string {
  const command = parseCommand(`/holdpoint ${text}`);
  return command === null || command.kind === "status" ? "" : answerToCommand(command);
}

test.each([
  ["overide @org/team", "Holdpoint knows no command `overide`. `/holdpoint help` lists them."],
  ["@org/team", "Holdpoint knows no command `@org/team`. `/holdpoint help` lists them."],
  ["check now", "`/holdpoint check` does not understand `now`. `/holdpoint help` shows how it is written."],
  ["extend because x", "`/holdpoint extend` needs a duration, such as `30m`, `24h` or `3d`."],
  [
    "extend 12 because x",
    "`/holdpoint extend` needs a duration, such as `30m`, `24h` or `3d`; `12` is none.",
  ],
  ["rollback because x", "`/holdpoint rollback` needs the commit to go back to, at least 7 hex digits."],
  [
    "rollback main because x",
    "`/holdpoint rollback` needs the commit to go back to, at least 7 hex digits; `main` is none.",
  ],
  ["rollback abcdef0 in because x", "`/holdpoint rollback` needs the environment's name after `in`."],
  [
    "override in production",
    "`/holdpoint override` needs a duration, such as `30m`, `24h` or `3d`; `production` is none.",
  ],
  ["resolve", "`/holdpoint resolve` needs a reason: end the line with `because …`."],
  [
    "accept-policy",
    "`/holdpoint accept-policy` is not available in this version of Holdpoint. `/holdpoint help` lists what is.",
  ],
  ["check\n/holdpoint help", "One command in each comment, please: nothing was done."],
  [
    "resolve because x",
    "`/holdpoint resolve` is not available in this version of Holdpoint. `/holdpoint help` lists what is.",
  ],
  ["check", "Looking again; the statuses follow in a moment."],
  [
    "help",
    [
      "Holdpoint understands, alone at the start of a line, outside quotations and code:",
      "",
      "- `/holdpoint check`: read everything again and decide again (write access)",
      "- `/holdpoint status`: what the answer is, and why",
      "- `/holdpoint help`: this",
    ].join("\n"),
  ],
])("/holdpoint %s", (text, said) => {
  expect(answer(text)).toBe(said);
});

test("who may not ask is told who may", () => {
  expect(checkNeedsWriteAccess()).toBe(
    "Looking again needs write access to this repository. Ask somebody who has it to comment `/holdpoint check`.",
  );
});
