import { describe, expect, test } from "vitest";
import { deployContentsOf } from "../../../src/domain/contents/deploy-contents-of.ts";
import type { DeployContents } from "../../../src/domain/contents/deploy-contents.ts";
import { keepEarlierFacts, outdate } from "../../../src/domain/contents/keep-earlier-facts.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import type { UnknownCode } from "../../../src/domain/model.ts";
import type { DeploySnapshot } from "../../../src/domain/snapshot.ts";
import { answers, buildDeploySnapshot, buildTicket, carrying, sha, unread } from "../build-snapshot.ts";

const EARLIER = "2026-03-02T10:04:00.000Z";
const EARLIEST = "2026-03-02T09:00:00.000Z";
const CARRIAGE = carrying("PLAY-1", "PLAY-2");

function contentsAt(takenAt: string, changes: Partial<DeploySnapshot> = {}): DeployContents {
  const snapshot = buildDeploySnapshot({
    tickets: answers({ "PLAY-1": buildTicket("PLAY-1"), "PLAY-2": buildTicket("PLAY-2") }),
    ...changes,
    takenAt: new Date(takenAt),
  });
  const carriage = snapshot.changeSet.state === "known" ? CARRIAGE : null;
  return deployContentsOf({ snapshot, carriage, verdict: evaluate(snapshot, carriage) });
}

const NOW = "2026-03-02T10:10:00.000Z";
const SILENT = { tickets: answers({ "PLAY-1": unread("jira-timeout"), "PLAY-2": unread("jira-timeout") }) };

describe("where Jira did not answer", () => {
  test("tickets stay as they were seen, from then, and none of them is fine", () => {
    const kept = keepEarlierFacts(contentsAt(NOW, SILENT), contentsAt(EARLIER));
    expect(kept.jira).toEqual({ state: "unknown", because: "jira-timeout", since: EARLIER });
    expect(
      kept.tickets.map(({ outcome, facts }) => [outcome, facts.state === "known" && facts.keptFrom]),
    ).toEqual([
      ["unknown", EARLIER],
      ["unknown", EARLIER],
    ]);
    expect(kept.verdict.outcome).toBe("unknown");
  });

  test("twice in a row, they are from the first time still", () => {
    const once = keepEarlierFacts(contentsAt(EARLIER, SILENT), contentsAt(EARLIEST));
    const twice = keepEarlierFacts(contentsAt(NOW, SILENT), once);
    expect(twice.jira).toEqual({ state: "unknown", because: "jira-timeout", since: EARLIEST });
  });

  test("for one ticket alone, the other is what it is now", () => {
    const half = {
      tickets: answers({
        "PLAY-1": buildTicket("PLAY-1", { summary: "New words" }),
        "PLAY-2": unread("jira-server-error"),
      }),
    };
    const kept = keepEarlierFacts(contentsAt(NOW, half), contentsAt(EARLIER));
    expect(
      kept.tickets.map(({ key, facts }) => [key, facts.state === "known" && [facts.summary, facts.keptFrom]]),
    ).toEqual([
      ["PLAY-2", ["Summary of PLAY-2", EARLIER]],
      ["PLAY-1", ["New words", null]],
    ]);
  });

  test("a ticket that nobody saw before stays unknown", () => {
    const fresh = contentsAt(NOW, SILENT);
    expect(keepEarlierFacts(fresh, null)).toEqual(fresh);
    const before = { ...contentsAt(EARLIER), tickets: [] };
    expect(keepEarlierFacts(fresh, before).jira).toEqual({
      state: "unknown",
      because: "jira-timeout",
      since: null,
    });
  });

  test("and answers again, nothing is from before", () => {
    const kept = keepEarlierFacts(contentsAt(EARLIER, SILENT), contentsAt(EARLIEST));
    expect(keepEarlierFacts(contentsAt(NOW), kept)).toEqual(contentsAt(NOW));
  });
});

describe("where GitHub did not answer", () => {
  const unreadChanges = (because: UnknownCode) => ({ changeSet: unread(because) });

  test("what was seen stays, from then; what passed is not known any more", () => {
    const fresh = contentsAt(NOW, { ...unreadChanges("github-unreachable"), head: sha("newer") });
    const kept = keepEarlierFacts(fresh, contentsAt(EARLIER));
    expect(kept.outdated).toEqual({ because: "github-unreachable", since: EARLIER });
    expect(kept.tickets.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
    expect([kept.head, kept.takenAt, kept.verdict.outcome]).toEqual([sha("newer"), NOW, "unknown"]);
    expect(kept.commits).toEqual(contentsAt(EARLIER).commits);
  });

  test("for a long time, it is from the first time still", () => {
    const once = outdate(contentsAt(EARLIEST), "github-unreachable");
    expect(outdate({ ...once, takenAt: EARLIER }, "github-rate-limited").outdated).toEqual({
      because: "github-rate-limited",
      since: EARLIEST,
    });
  });

  test.each(["branch-not-found", "unrelated-histories"] as const)(
    "but said %s, that is what there is to see now",
    (because) => {
      const fresh = contentsAt(NOW, unreadChanges(because));
      expect(keepEarlierFacts(fresh, contentsAt(EARLIER))).toEqual(fresh);
    },
  );
});

test("texts of a ticket that nobody asked for are not kept, and Jira that answers is not said to be away", () => {
  const fresh = contentsAt(NOW);
  expect(keepEarlierFacts(fresh, contentsAt(EARLIER))).toBe(fresh);
});
