import * as fc from "fast-check";
import { commandLines } from "../../../src/domain/command-lines.ts";
import { parseCommand } from "../../../src/domain/commands.ts";
import { answerToCommand } from "../../../src/domain/wording/commands.ts";
import { whatIsLive } from "../../domain/escape/render-markdown.ts";
import { assembled, mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

/** What GitHub takes of one comment. */
const LONGEST_COMMENT = { limit: 65_536 };
const COMMENTS = [
  "/holdpoint",
  "/holdpoint status",
  "Fixed.\r\n/holdpoint check\r\nThanks",
  "/holdpoint override 24h in staging because the vendor is down",
  "/holdpoint override Integration tests 24h because x",
  "/holdpoint extend 12h because x",
  "/holdpoint resolve because gone",
  "/holdpoint halt production because x",
  "/holdpoint rollback 3ddc94d0aa in production because x",
  "> quoted\n/holdpoint check",
  "```sh\n/holdpoint check\n```\n/holdpoint help",
  "<!-- hidden\n-->\n/holdpoint accept-policy",
  "<pre>\n/holdpoint check\n</pre>",
];
const PIECES = [
  "/holdpoint",
  "/HOLDPOINT ",
  "override ",
  "extend ",
  "because ",
  "in ",
  "24h ",
  "rollback ",
  "3ddc94d ",
  "check",
  "\n",
  "\r\n",
  " ",
  "\t",
  "> ",
  "- ",
  "1. ",
  "```",
  "~~~",
  "`",
  "<!--",
  "-->",
  "<pre>",
  "</pre>",
  "<code",
  "</",
  "    ",
  "@org/team",
  "#1",
];

export const commands = createTarget({
  name: "commands",
  claim:
    "comments up to 64 KB: at most one command, never out of a quotation, numbers in bounds, and no answer to a refused one is alive in GitHub's Markdown",
  inputs: fc.oneof(mutated(COMMENTS, LONGEST_COMMENT), assembled(PIECES, LONGEST_COMMENT)),
  act(body) {
    const command = parseCommand(body);
    const answer = command?.kind === "refused" ? answerToCommand(command) : "";
    return { command, answer, lines: commandLines(body) };
  },
  judge(body, { command, answer, lines }) {
    if (lines.length > 0 !== (command !== null)) return "lines and command disagree";
    if (lines.some((line) => !/^\/holdpoint/i.test(line))) return "a line is no command";
    if (command !== null && !/\/holdpoint/i.test(body)) return "a command out of nothing";
    if (command !== null && "duration" in command && !Number.isSafeInteger(command.duration))
      return "a strange duration";
    if (command !== null && "sha" in command && !/^[0-9a-f]{7,64}$/.test(command.sha)) return "a strange sha";
    const quoted = body
      .split(/\r\n|\n|\r/)
      .map((line) => `> ${line}`)
      .join("\n");
    if (commandLines(quoted).length > 0) return "a quoted command is taken";
    const live = answer === "" ? [] : whatIsLive(answer);
    return live.length === 0 ? null : `the answer is alive: ${live.join(" ")}`;
  },
});
