import { hash } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { searchOwners } from "../../src/domain/code-owners/search-owners.ts";
import { parseCommand } from "../../src/domain/commands.ts";
import { readStreaks } from "../../src/domain/compliance/read-streaks.ts";
import { compileGlob } from "../../src/policy/glob.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { buildCheck, buildTrunk, HOUR, after } from "../domain/compliance/case-history.ts";
import { attribute } from "../domain/tickets/given-commits.ts";
import { fill } from "./mutate.ts";
import { bodiesOf, translateBody } from "./large-bodies.ts";
import { processorTime } from "./processor-time.ts";

/** An input as large and as hard as Holdpoint takes it. */
export interface WorstCase {
  readonly name: string;
  /** Whether it is one that must not block for more than 50 ms. */
  readonly bounded: boolean;
  /** Works once; answers how long the longest piece of it was where it is done in pieces. */
  readonly work: () => number | Promise<number>;
}

const MEGABYTE = 1_000_000;
const LARGEST_BODY = 25 * 1024 * 1024;

function payloads(size: number, label: string, bounded: boolean): readonly WorstCase[] {
  return bodiesOf(size).map(({ name, event, body }) => ({
    name: `a payload of ${label}: ${name}`,
    bounded,
    work: () => timedAsync(() => translateBody(event, body)),
  }));
}

/** What intake does at once when a body is complete; the signature is computed as it comes in. */
function intake(size: number, label: string, bounded: boolean): WorstCase {
  const chunks = Array.from({ length: Math.ceil(size / 65_536) }, () => Buffer.alloc(65_536, "é"));
  return {
    name: `a body of ${label} at the intake: put together, UTF-8, hash`,
    bounded,
    work: () =>
      timed(() => {
        const body = Buffer.concat(chunks);
        isUtf8(body);
        hash("sha256", body, "buffer");
      }),
  };
}

const LONG_LINE = "PLAY-1: keep the cache warm, fixes OPS-2 (see PLAY-3)\n";
const COMMITS = [
  { count: 250, message: fill(LONG_LINE, 65_536), name: "250 commits with messages of 64 KB" },
  { count: 250, message: LONG_LINE.repeat(20), name: "250 commits with messages of 1 KB" },
  { count: 1_000, message: LONG_LINE.repeat(4), name: "1,000 commits with messages of 200 characters" },
  { count: 10_000, message: LONG_LINE.repeat(4), name: "10,000 commits with messages of 200 characters" },
] as const;

function changeSets(): readonly WorstCase[] {
  return COMMITS.map(({ count, message, name }) => {
    const messages = Array.from(
      { length: count },
      (_, index) => `PLAY-${String(index + 1)}: one\n\n${message}`,
    );
    return {
      name: `a change set of ${name}`,
      bounded: true,
      work: () => timed(() => attribute(messages)),
    };
  });
}

function owners(): readonly WorstCase[] {
  const paths = Array.from({ length: 300 }, (_, index) => `src/module-${String(index)}/a/b/c.ts`);
  return [
    [
      "60,000 lines",
      Array.from({ length: 60_000 }, (_, n) => `/src/module${String(n)}/ @acme/t${String(n % 50)} @o\n`).join(
        "",
      ),
    ],
    ["short lines", "a @b\n"],
    ["stars that almost fit", "*a*a*a*a*a*b @o\n"],
  ].map(([name = "", piece = ""]) => ({
    name: `CODEOWNERS of 3 MB: ${name}, 300 files (its longest piece)`,
    bounded: true,
    work: () => longestPiece(searchOwners(fill(piece, 3 * MEGABYTE), paths)),
  }));
}

function longestPiece(search: Generator<void, unknown>): number {
  let longest = 0;
  for (;;) {
    const since = processorTime();
    const { done } = search.next();
    longest = Math.max(longest, processorTime() - since);
    if (done === true) return longest;
  }
}

function trunks(): readonly WorstCase[] {
  return [100, 1_000].map((checks) => {
    const runs = Array.from({ length: 250 * checks }, (_, index) => ({
      on: 1 + Math.floor(index / checks),
      name: `job ${String(index % checks)}`,
      said: index % 3 === 0 ? "failure" : "success",
      at: after(index),
    }));
    const trunk = buildTrunk(runs, 250);
    const ground = { checks: [buildCheck()], openCases: [], at: after(300 * HOUR), hour: HOUR };
    return {
      name: `a trunk of 250 commits with ${String(checks)} deferred checks on each`,
      bounded: true,
      work: () => timed(() => readStreaks(trunk, ground)),
    };
  });
}

function texts(): readonly WorstCase[] {
  const policy = `deferred:\n  checks:\n${fill('    - { name: a, match: { status: "x *" }, grace: 3h }\n', 30_000)}`;
  const name = "ab".repeat(50_000);
  const glob = compileGlob("*ab".repeat(66));
  const comments = ["<!--", "`` ` ", "<pre></pre", "/holdpoint x\n", "> x\n", "- ```\n"];
  return [
    {
      name: "a policy of 30 KB over another",
      bounded: true,
      work: () => timed(() => parsePolicy({ organisation: policy, repository: policy })),
    },
    {
      name: "a pattern of 200 characters against a name of 100,000",
      bounded: true,
      work: () => timed(() => glob.matches(name)),
    },
    ...comments.map((piece) => ({
      name: `a comment of 64 KB of ${JSON.stringify(piece)}`,
      bounded: true,
      work: () => timed(() => parseCommand(fill(piece, 65_536))),
    })),
  ];
}

/** Those that are measured in a second. */
export function smallCases(): readonly WorstCase[] {
  return [...payloads(MEGABYTE, "1 MB", true), intake(MEGABYTE, "1 MB", true), ...texts()];
}

export function worstCases(): readonly WorstCase[] {
  return [
    ...smallCases(),
    ...owners(),
    ...trunks(),
    ...changeSets(),
    intake(LARGEST_BODY, "25 MB", false),
    ...payloads(LARGEST_BODY, "25 MB", false),
  ];
}

/** Milliseconds of processor time, the least of some tries: neither a compilation nor others' garbage is in it. */
export async function leastBlock({ work }: WorstCase, tries: number, enough = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let done = 0; done < tries && least > enough; done += 1) least = Math.min(least, await work());
  return least;
}

function timed(work: () => unknown): number {
  const since = processorTime();
  work();
  return processorTime() - since;
}

async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const since = processorTime();
  await work();
  return processorTime() - since;
}
