import { expect, test } from "vitest";
import { stripComments } from "../../../src/domain/tickets/strip-comments.ts";

const SCISSORS = "------------------------ >8 ------------------------";

test.each([
  [
    "comments go, and blanks at the end of lines",
    "PLAY-1: text  \n# a comment\n\nmore\t\n",
    "#",
    "PLAY-1: text\n\nmore",
  ],
  ["blank lines at both ends go", "\n\nPLAY-1: text\n\n\n", "#", "PLAY-1: text"],
  ["Windows' line ends are line ends", "PLAY-1: text\r\n# a comment\r\nmore", "#", "PLAY-1: text\nmore"],
  ["a mark within a line is text", "PLAY-1: text # more\n #not", "#", "PLAY-1: text # more\n #not"],
  ["another mark makes `#` text", "PLAY-1: text\n# kept\n; gone", ";", "PLAY-1: text\n# kept"],
  ["a mark of several characters", "PLAY-1: text\n// gone\n/ kept", "//", "PLAY-1: text\n/ kept"],
  ["from the scissors on it is a diff", `PLAY-1: text\n# ${SCISSORS}\n+PLAY-2`, "#", "PLAY-1: text"],
  [
    "scissors behind another mark are none",
    `PLAY-1: text\n; ${SCISSORS}\nmore`,
    "#",
    `PLAY-1: text\n; ${SCISSORS}\nmore`,
  ],
  ["a comment about scissors is one", `PLAY-1: text\n# cut ${SCISSORS}\nmore`, "#", "PLAY-1: text\nmore"],
  ["nothing but comments", "# a\n# b", "#", ""],
])("%s", (_, text, mark, message) => {
  expect(stripComments(text, mark)).toBe(message);
});
