import { describe, expect, test } from "vitest";
import {
  commitsBySha,
  type ContentRow,
  contentRows,
  countContents,
  searchRows,
} from "../../../src/domain/contents/content-rows.ts";
import { deployContentsOf } from "../../../src/domain/contents/deploy-contents-of.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import {
  answers,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildTicket,
  carrying,
  key,
  known,
  missing,
  sha,
} from "../build-snapshot.ts";

const CARRIAGE = {
  ...carrying("PLAY-1", "PLAY-2"),
  unticketed: [sha("cache")],
};
const REVERTED = { key: key("PLAY-3"), commits: [sha("PLAY-3")], reverted: true };
const snapshot = buildDeploySnapshot({
  changeSet: known(
    buildChangeSet({
      commits: [
        buildCommit("PLAY-1", "PLAY-1: Speak French", "hubot"),
        buildCommit("PLAY-2", "PLAY-2: Speak Greek", "monalisa"),
        buildCommit("PLAY-3", "PLAY-3: Speak Latin", "Hubot"),
        buildCommit("cache", "Tune cache headers", "octocat"),
      ],
      lost: [buildCommit("live", "PLAY-8: Live", "somebody")],
    }),
  ),
  tickets: answers({
    "PLAY-1": buildTicket("PLAY-1", { summary: "Languages of Europe" }),
    "PLAY-2": missing(),
  }),
});
const carriage = { ...CARRIAGE, tickets: [...CARRIAGE.tickets, REVERTED] };
const contents = deployContentsOf({ snapshot, carriage, verdict: evaluate(snapshot, carriage) });
const rows = contentRows(contents, commitsBySha(contents));

test("nothing holds: commits without a ticket come first; what names a commit that is not there is left out", () => {
  const fine = { ...contents, tickets: contents.tickets.filter(({ outcome }) => outcome === "pass") };
  const kinds = (given: typeof contents, commits = commitsBySha(given)) =>
    contentRows(given, commits).map((row) => (row.kind === "ticket" ? row.ticket.key : row.kind));
  expect(kinds(fine)[0]).toBe("commit");
  const failing = { ...contents, tickets: contents.tickets.filter(({ outcome }) => outcome === "fail") };
  expect(kinds(failing)).toEqual([...failing.tickets.map(({ key: name }) => name), "commit"]);
  const [row] = contentRows(failing, new Map());
  expect(kinds(failing, new Map())).toEqual(failing.tickets.map(({ key: name }) => name));
  expect(row).toMatchObject({ kind: "ticket", commits: [] });
});

function namesOf(some: readonly ContentRow[]): readonly string[] {
  return some.map((row) => (row.kind === "ticket" ? row.ticket.key : row.commit.subject));
}

describe("the rows of a deploy", () => {
  test("are in the order in which people mend them", () => {
    expect(namesOf(rows)).toEqual(["PLAY-2", "Tune cache headers", "PLAY-1", "PLAY-3"]);
  });

  test("have their commits", () => {
    expect(rows.map((row) => row.kind === "ticket" && row.commits.map(({ author }) => author))).toEqual([
      ["monalisa"],
      false,
      ["hubot"],
      ["Hubot"],
    ]);
  });

  test.each([
    ["", ["PLAY-2", "Tune cache headers", "PLAY-1", "PLAY-3"]],
    ["play-2", ["PLAY-2"]],
    ["  EUROPE ", ["PLAY-1"]],
    ["hubot", ["PLAY-1", "PLAY-3"]],
    ["cache", ["Tune cache headers"]],
    [sha("cache").slice(0, 7), ["Tune cache headers"]],
    ["live", []],
  ])("are found by %j", (query, found) => {
    expect(namesOf(searchRows(rows, query, { showsTexts: true }))).toEqual(found);
  });

  test("are not found by a text that is not shown", () => {
    expect(searchRows(rows, "europe", { showsTexts: false })).toEqual([]);
  });

  test("are counted without what goes out as nothing, and without what would be taken away", () => {
    expect(countContents(contents)).toEqual({ tickets: 2, commits: 4, authors: 3, discrepancies: 2 });
  });
});
