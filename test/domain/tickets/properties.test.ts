import { array, assert, constantFrom, lorem, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { findKeys, isTicketKey } from "../../../src/domain/tickets/key.ts";
import { readMessage } from "../../../src/domain/tickets/read-message.ts";
import { attribute, keys, numbers } from "./given-commits.ts";

/** Text that is mostly made of what the reading looks for, so that its branches are met. */
const piece = oneof(
  constantFrom(
    "PLAY-1",
    "OPS-22",
    "UTF-8",
    "play-3",
    "PLAY-１",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    ": ",
    " - ",
    "[",
    "]",
    "(",
    ")",
  ),
  constantFrom(
    "Revert ",
    "Reapply ",
    '"',
    "This reverts commit ",
    "0001abc0123456789defabc0123456789defabc0",
    "Fixes ",
    "Jira: ",
  ),
  constantFrom(
    "Merge pull request #1 from a/",
    "Merge branch '",
    "'",
    "https://j.example/browse/",
    "* ",
    "#",
    ", ",
    "/",
    "-",
    "MINOR",
  ),
  string({ unit: "binary", maxLength: 6 }),
);
const message = array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));
const line = array(message, { maxLength: 8 });

describe("whatever the messages are", () => {
  it("a commit carries, is exempt, or lacks a ticket; carried and mentioned are disjoint; lists are sorted", () => {
    assert(
      property(line, (messages) => {
        const carriage = attribute(messages);
        const carrying = new Set(carriage.tickets.flatMap(({ commits }) => commits));
        const exempt = new Set(carriage.exempt.map(({ sha }) => sha));
        for (const sha of carriage.unticketed) expect(carrying.has(sha) || exempt.has(sha)).toBe(false);
        expect(new Set([...carrying, ...exempt, ...carriage.unticketed]).size).toBe(messages.length);
        expect(keys(carriage).filter((key) => carriage.mentioned.some((other) => other === key))).toEqual([]);
        expect(keys(carriage)).toEqual([...new Set(keys(carriage))].toSorted());
        expect(carriage.mentioned).toEqual([...new Set(carriage.mentioned)].toSorted());
        for (const { sha, reverts } of carriage.reverts)
          expect(numbers([sha])[0]).toBeGreaterThan(numbers([reverts])[0] ?? 0);
      }),
      { numRuns: 1000 },
    );
  });

  it("attributing twice gives the same", () => {
    assert(
      property(line, (messages) => {
        expect(attribute(messages)).toEqual(attribute(messages));
      }),
      { numRuns: 200 },
    );
  });

  it("every key matches the strict pattern and stands in the message, letter by letter", () => {
    assert(
      property(message, (text) => {
        const { named, leading, seen } = readMessage(text);
        for (const key of [...leading, ...seen]) {
          expect(isTicketKey(key)).toBe(true);
          expect(text).toContain(key);
        }
        for (const key of named) expect(text.toUpperCase()).toContain(key);
      }),
      { numRuns: 1000 },
    );
  });

  it("text put after a message, a blank line apart, takes no key of its subject away", () => {
    assert(
      property(
        constantFrom("PLAY-1: a", "[PLAY-1] a", "Fix PLAY-1", "feat(PLAY-1): a"),
        lorem(),
        (subject, tail) => {
          expect(readMessage(`${subject}\n\n${tail}`).named).toContain("PLAY-1");
        },
      ),
    );
  });
});

describe("long messages", () => {
  const size = 1_000_000;
  it.each<readonly [string, string]>([
    ["capitals", "A"],
    ["keys", "PLAY-1 "],
    ["joined keys", "PLAY-1-"],
    ["digits behind a key", "PLAY-1111111111111"],
    ["brackets", "["],
    ["pairs of brackets", "[]"],
    ["round brackets", "("],
    ["blanks", " "],
    ["blanks and keys", " PLAY-1:"],
    ["colons", "a:"],
    ["words", "fix "],
    ["closing words and keys", "fixes PLAY-1, "],
    ["quotation marks", 'Revert "'],
    ["revert lines", 'Revert "x"\n'],
    ["named commits", "This reverts commit 0123456789\n"],
    ["listed commits", "This reverts commits:\n0123456789\n"],
    ["blank lines", "\n"],
    ["list items", "* PLAY-1: a\n"],
    ["bracket lines", "((((((((((((((((((((((((((((((((((((((((((((((((((((((((PLAY-1\n"],
    ["merges", "Merge branch '"],
    ["addresses", "https://j.example/browse/PLAY-1/"],
    ["addresses without a key", "https://"],
    ["trailers", "Jira: PLAY-1\n"],
    ["labels", "a b c d "],
    ["ornaments", "* - _ ~ > "],
    ["numbers in brackets", " (#1)"],
    ["emoji", "🐛"],
    ["marks", "a\u0301\u0301"],
  ])("of a megabyte of %s are read within 100 ms of processor time", (_, unit) => {
    const text = unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
    for (const given of [text, `PLAY-1: a\n\n${text}`, `Revert "${text}`]) {
      expect(leastTime(() => readMessage(given))).toBeLessThan(100);
    }
  });

  it("10,000 commits, some of them reverts, are attributed within a second of processor time", () => {
    const messages = Array.from({ length: 10_000 }, (_, n) =>
      n % 20 === 19
        ? `Revert "PLAY-${n}: change ${n} of the cache"`
        : `PLAY-${n + 1}: change ${n + 1} of the cache\n\nA body of two lines,\nsee OPS-${n}.`,
    );
    expect(leastTime(() => attribute(messages, { projects: [] }))).toBeLessThan(1000);
    const carriage = attribute(messages, { projects: [] });
    expect([carriage.tickets.length, carriage.reverts.length]).toEqual([9500, 500]);
  });

  it("all keys of a text are found in order", () => {
    expect(findKeys("a PLAY-1, xPLAY-2 (OPS-3)").map(({ key, start, end }) => [key, start, end])).toEqual([
      ["PLAY-1", 2, 8],
      ["OPS-3", 19, 24],
    ]);
  });
});

/** Milliseconds of processor time, the least of a few runs: what else the machine does is not measured. */
function leastTime(run: () => unknown): number {
  const times = Array.from({ length: 4 }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
