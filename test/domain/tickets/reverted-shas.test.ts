import { expect, test } from "vitest";
import { revertedShas } from "../../../src/domain/tickets/reverted-shas.ts";
import { sha } from "../build-snapshot.ts";

const [A, B] = [sha("a"), sha("b")];

test.each<readonly [claim: string, messages: readonly string[], shas: readonly string[]]>([
  ["none", ["PLAY-1: text", 'Revert "text"', `see ${A}`], []],
  [
    "by a sentence, by a subject, each once",
    [`x\n\nThis reverts commit ${A}.`, `Revert ${B}`, `Revert ${A}`],
    [A, B],
  ],
  ["as they are named: cut short", [`x\n\nThis reverts commit ${A.slice(0, 9)}.`], [A.slice(0, 9)]],
  [
    "a list under the sentence, up to what is none",
    [`x\n\nThis reverts commits:\n\n${A}\n* ${B.slice(0, 8)}\nand more\n${sha("c")}`],
    [A, B.slice(0, 8)],
  ],
  [
    "the side that stays is not taken back",
    [`x\n\nThis reverts commit ${A}, reversing\nchanges made to ${B}.`],
    [A],
  ],
  [
    "part of a commit is not the commit",
    [`x\n\nThis partially reverts commit ${A}.`, `x\n\nReverts part of ${A}`],
    [],
  ],
  [
    "behind six tags nobody looks any more",
    [`[a] [b] [c] [d] [e] [f] Revert ${A}`, `[a] [b] Revert ${B}`],
    [B],
  ],
])("commits that messages take back: %s", (_, messages, shas) => {
  expect(revertedShas(messages.map((message) => ({ message })))).toEqual(shas);
});
