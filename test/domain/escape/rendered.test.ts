import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommand } from "../../../src/domain/commands.ts";
import { decisionOf } from "../../../src/domain/decision.ts";
import { markdownCode } from "../../../src/domain/escape/markdown-code.ts";
import { markdownProse } from "../../../src/domain/escape/markdown-prose.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import { type Report, writeReport } from "../../../src/domain/report/report.ts";
import type { Snapshot } from "../../../src/domain/snapshot.ts";
import type { Carriage } from "../../../src/domain/tickets/carriage.ts";
import { answerToCommand } from "../../../src/domain/wording/commands.ts";
import {
  answers,
  buildCarriage,
  buildChangeSet,
  buildCheck,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  buildPullRequest,
  buildPullRequestSnapshot,
  buildTicket,
  buildTicketPolicy,
  carrying,
  key,
  known,
  sha,
  unread,
} from "../build-snapshot.ts";
import { HOSTILE, hostileText } from "./hostile-text.ts";
import { holdsHtml, layoutOf, whatIsLive } from "./render-markdown.ts";

/** At the start of its place, behind a word, and between words: blocks begin only at the start. */
function variants(text: string): readonly string[] {
  return [text, `a ${text}`, `Done ${text} at last`];
}
const GITHUB = "https://github.com";

/** Where a text by strangers stands in what Holdpoint writes: within a line, a list, bold, a link. */
const PLACES: readonly (readonly [string, (safe: string) => string])[] = [
  ["alone", (safe) => safe],
  ["in a list", (safe) => `- by ${safe} today\n- next`],
  ["in bold", (safe) => `- **${safe}**\n  More.`],
];

describe.each(PLACES)("REL-74, rendered: %s, nothing lives outside of code", (_, place) => {
  function whatIsWrong(text: string): readonly string[] {
    const code = place(markdownCode(text));
    const prose = place(markdownProse(text));
    const quoted = place(markdownProse(`“${text}” x`));
    return [
      ...[code, prose, quoted].flatMap((one) => whatIsLive(one)),
      ...(layoutOf(code) === layoutOf(place("x")) ? [] : ["another layout around code"]),
      ...(layoutOf(quoted) === layoutOf(place("x")) ? [] : ["another layout around a sentence"]),
    ];
  }

  test.each(HOSTILE)("%s", (_name, text) => {
    expect(variants(text).flatMap(whatIsWrong)).toEqual([]);
  });

  test("mixtures", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(whatIsWrong(text)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

function ticketWith(text: string) {
  return buildTicket("PLAY-1", {
    summary: text,
    type: text,
    status: { name: text, category: "new" },
    values: { [text]: { state: "filled", text }, [`${text} 2`]: { state: "empty" } },
  });
}

const SOURCE = { sha: sha("policy"), organisationSha: sha("organisation") };

function reportOf(snapshot: Snapshot, carriage: Carriage, text: string): Report {
  const verdict = evaluate(snapshot, carriage);
  const problems = [{ line: 3, column: 5, path: text, message: text }];
  const judged = {
    snapshot,
    carriage,
    verdict,
    publicUrl: "https://holdpoint.example.com",
    githubUrl: GITHUB,
    policyState: { state: "in-force", policy: snapshot.policy, source: SOURCE, problems, stale: "invalid" },
  } as const;
  return writeReport(judged, decisionOf(verdict, snapshot.policy));
}

/** One text by strangers in every place of a report that can hold one, at both doors. */
function reportsWith(text: string): readonly Report[] {
  const fields = [
    { name: text, types: [] },
    { name: `${text} 2`, types: [] },
  ];
  const policy = buildPolicy({
    tickets: buildTicketPolicy({ fields }),
    deploy: {
      branch: text,
      allowDiverged: false,
      environments: [{ name: text, base: { kind: "branch", branch: text } }],
    },
    requiredChecks: [{ kind: "status", status: { pattern: text, matches: () => true } }],
  });
  const nobody = { login: null, name: text, proven: false };
  const commits = [
    { ...buildCommit("PLAY-1", text), author: nobody },
    buildCommit("x", text, text),
    buildCommit("z", `\n${text}\n\n${text}`, text),
  ];
  const pullRequest = buildPullRequest({ title: text, body: text, headBranch: text, author: text });
  const shared = {
    policy,
    changeSet: known(
      buildChangeSet({
        commits,
        relation: "diverged",
        lost: [buildCommit("y", text, text)],
        pullRequests: new Map([[sha("x"), [pullRequest]]]),
      }),
    ),
    tickets: answers({ "PLAY-1": ticketWith(text), "PLAY-2": unread("jira-unexpected", text) }),
  };
  const carriage = buildCarriage({
    tickets: carrying("PLAY-1", "PLAY-2").tickets,
    mentioned: [key("OPS-1")],
    reverts: [{ sha: sha("z"), reverts: sha("x") }],
    unticketed: [sha("x")],
    exempt: [{ sha: sha("z"), because: "author" }],
  });
  const check = buildCheck({ name: text, said: text, state: "failure", source: { kind: "status" } });
  const deploy = buildDeploySnapshot({
    ...shared,
    environment: text,
    base: known({ sha: sha("base"), label: text, sameTreeAs: sha("squash") }),
    checks: known([check]),
    openPullRequests: unread("github-unreachable", text),
  });
  const atPullRequest = buildPullRequestSnapshot({ ...shared, pullRequests: [pullRequest] });
  return [reportOf(deploy, carriage, text), reportOf(atPullRequest, carriage, text)];
}

const OUR_LINKS = new Set([
  ...["PLAY-1", "PLAY-2", "x", "y", "z"].map((name) => `${GITHUB}/acme/storefront/commit/${sha(name)}`),
  buildPullRequest().url,
  "https://acme.atlassian.net/browse/PLAY-1",
]);

const harmless = reportsWith("harmless");

function whatLivesIn(text: string): readonly string[] {
  return reportsWith(text).flatMap(({ summary, text: body }, index) => [
    ...whatIsLive(summary, OUR_LINKS),
    ...whatIsLive(body, OUR_LINKS),
    ...(layoutOf(summary) === layoutOf(harmless[index]?.summary ?? "")
      ? []
      : ["another layout of the summary"]),
    ...(layoutOf(body) === layoutOf(harmless[index]?.text ?? "") ? [] : ["another layout of the text"]),
  ]);
}

describe("REL-74, rendered: a report links to what is ours alone, and keeps its layout", () => {
  test("a harmless one has all of our links, and nothing else lives in it", () => {
    const links = reportsWith("harmless").flatMap(({ text }) =>
      [...text.matchAll(/\]\(<([^>]*)>\)/g)].map(([, address]) => address),
    );
    expect(new Set(links)).toEqual(OUR_LINKS);
    expect(whatLivesIn("harmless")).toEqual([]);
  });

  test.each(HOSTILE)("%s", (_, text) => {
    expect(whatLivesIn(text)).toEqual([]);
  });

  test("mixtures", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(whatLivesIn(text)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

test.each(HOSTILE)("REL-74, rendered: an answer to a comment with %s", (_, text) => {
  const answered = variants(text).flatMap((one) =>
    ["", "extend ", "override 1h in "].flatMap((start) => {
      const command = parseCommand(`/holdpoint ${start}${one}`);
      return command?.kind === "refused" ? whatIsLive(answerToCommand(command)) : [];
    }),
  );
  expect(answered).toEqual([]);
});

/** Without a protection the renderer's answer must differ, or the tests above could not fail. */
describe("the judge of these tests sees what lives", () => {
  const HARMLESS_ALONE = new Set([
    "Unicode's line ends",
    "direction overrides",
    "no width",
    "controls",
    "NUL",
    "half a character",
    "tags",
    "a pipe behind a backslash",
    "mathematics",
  ]);

  test.each(HOSTILE.filter(([name]) => !HARMLESS_ALONE.has(name)))("%s, unprotected", (_, text) => {
    const seen = [...whatIsLive(text), ...(layoutOf(text) === layoutOf("x") ? [] : ["layout"])];
    expect(seen).not.toEqual([]);
  });

  test("a link to elsewhere is no link of ours, and a comment is HTML", () => {
    expect(whatIsLive("[x](<https://evil.example>)", OUR_LINKS)).toEqual(['<a href="https://evil.example">']);
    expect(holdsHtml("a <!-- holdpoint answers 1 --> b")).toBe(true);
    expect(holdsHtml("a `<!-- holdpoint answers 1 -->` b")).toBe(false);
  });
});
