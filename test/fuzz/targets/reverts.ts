import * as fc from "fast-check";
import { attribute, keys, numbers } from "../../domain/tickets/given-commits.ts";
import { MESSAGE_PIECES, MESSAGES } from "../messages.ts";
import { assembled, mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

const SHORT = { limit: 4_096, grownOneIn: 200, edits: 4 };
const message = fc.oneof(
  mutated(MESSAGES, SHORT),
  assembled(MESSAGE_PIECES, SHORT),
  fc.constantFrom(...MESSAGES),
);

export const reverts = createTarget({
  name: "reverts",
  claim:
    "lines of up to 30 commits: a revert takes back an earlier one, every commit carries, is exempt or lacks a ticket, lists are sorted",
  inputs: fc.array(message, { maxLength: 30 }),
  act: (messages) => attribute(messages),
  judge(messages, carriage) {
    const carrying = new Set(carriage.tickets.flatMap(({ commits }) => commits));
    const exempt = new Set(carriage.exempt.map(({ sha }) => sha));
    const lacking = new Set(carriage.unticketed);
    if (new Set([...carrying, ...exempt, ...lacking]).size !== messages.length)
      return "a commit is forgotten";
    if (carriage.unticketed.some((sha) => carrying.has(sha) || exempt.has(sha)))
      return "a commit is counted twice";
    if (keys(carriage).some((key) => carriage.mentioned.some((other) => other === key))) {
      return "a key is carried and only mentioned";
    }
    for (const list of [keys(carriage), carriage.mentioned]) {
      if (list.join() !== [...new Set(list)].toSorted().join()) return "a list is not sorted";
    }
    const backwards = carriage.reverts.find(
      ({ sha, reverts }) => (numbers([sha])[0] ?? 0) <= (numbers([reverts])[0] ?? 0),
    );
    return backwards === undefined ? null : `${backwards.sha} takes back a later commit`;
  },
});
