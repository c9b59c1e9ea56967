import { expect, test } from "vitest";
import { parseCommand } from "../../../src/domain/commands.ts";
import { answerToCommand, checkNeedsWriteAccess } from "../../../src/domain/wording/commands.ts";

function answer(text: string): string {
  const command = parseCommand(`/holdpoint ${text}`);
  return command?.kind === "refused" || command?.kind === "help" ? answerToCommand(command) : "";
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
  ["check\n/holdpoint help", "One command in each comment, please: nothing was done."],
  [
    "help",
    [
      "Holdpoint understands, alone at the start of a line, outside quotations and code:",
      "",
      "- `/holdpoint status`: what the answer is, and why",
      "- `/holdpoint check`: read everything again and decide again (write access)",
      "- `/holdpoint override [CHECK] 24h [in ENV] because …`: lift what holds, on a compliance issue its expired checks, on a pull request or a halt's issue all of it (whom the policy allows)",
      "- `/holdpoint extend 12h because …`: a later deadline, on a compliance issue (whom the policy allows)",
      "- `/holdpoint resolve because …`: close a check that says nothing any more (whom the policy allows)",
      "- `/holdpoint halt [ENV] because …`: stop deploys (write access)",
      "- `/holdpoint resume because …`: end a halt (who halted, or whom the policy allows)",
      "- `/holdpoint rollback SHA [in ENV] because …`: let what was live before out again for one hour (write access)",
      "- `/holdpoint accept-policy`: let open cases and halts stand on a looser policy (whom the policy allows)",
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
