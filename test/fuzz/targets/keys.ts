import * as fc from "fast-check";
import { findBranchKeys } from "../../../src/domain/tickets/branch-keys.ts";
import { findKeys, isTicketKey } from "../../../src/domain/tickets/key.ts";
import { readMessage } from "../../../src/domain/tickets/read-message.ts";
import { MESSAGE_PIECES, MESSAGES } from "../messages.ts";
import { assembled, mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

/** More than GitHub hands out of one message. */
const LONGEST_MESSAGE = 65_536;
/** Written down again, apart from the product's own pattern: what a key is, and nothing else. */
const KEY = /^[A-Z][A-Z0-9_]{1,9}-[1-9][0-9]{0,11}$/;

const text = fc.oneof(
  mutated(MESSAGES, { limit: LONGEST_MESSAGE }),
  assembled(MESSAGE_PIECES, { limit: LONGEST_MESSAGE }),
);

export const keys = createTarget({
  name: "keys",
  claim:
    "commit messages, titles and branch names up to 64 KB: every key has the strict shape and stands in the text",
  inputs: text,
  act: (given) => ({
    message: readMessage(given),
    branch: findBranchKeys(given),
    all: findKeys(given),
    whole: isTicketKey(given),
  }),
  judge(given, { message, branch, all, whole }) {
    if (whole !== KEY.test(given) && !given.includes("\n")) return `isTicketKey says ${String(whole)}`;
    const upper = given.toUpperCase();
    for (const key of [...message.leading, ...message.seen, ...all.map((one) => one.key)]) {
      if (!KEY.test(key) || !given.includes(key)) return `${key} is no key of the text`;
    }
    for (const key of [...message.named, ...branch.map((one) => one.key), ...message.broughtBack]) {
      if (!KEY.test(key) || !upper.includes(key)) return `${key} is no key of the text`;
    }
    const misplaced = all.find(({ key, start, end }) => given.slice(start, end) !== key);
    return misplaced === undefined ? null : `${misplaced.key} stands elsewhere`;
  },
});
