import { expect, test } from "vitest";
import type { IssueEvent } from "../../../src/domain/authority/issue-event.ts";
import {
  closingsByOthers,
  strippingsByOthers,
  undecidedEvents,
} from "../../../src/domain/authority/undecided-events.ts";
import { AT, hours } from "../gate/build-gate-facts.ts";
import { sha } from "../build-snapshot.ts";

const HOUR = 3_600_000;
const MEANT = ["halt-override", "deploy-halt"];

function event(id: number, hoursAgo: number, changes: Partial<IssueEvent> = {}): IssueEvent {
  const by = { id: 1, login: "octocat", isBot: false };
  const at = hours(-hoursAgo);
  return { id, what: "labelled", label: "deploy-halt", by, byUs: false, at, byCommit: null, ...changes };
}

function undecided(
  events: readonly IssueEvent[],
  changes: { readonly cursor?: number | null; readonly labels?: readonly string[] } = {},
): readonly number[] {
  const history = { events, cursor: null, labels: [], meant: MEANT, at: AT, hour: HOUR, ...changes };
  return undecidedEvents(history).map(({ id }) => id);
}

test("what was decided upon is not decided anew", () => {
  expect(undecided([event(1, 3), event(2, 2), event(3, 1)], { cursor: 2 })).toEqual([3]);
});

test("labels that mean nothing are passed over", () => {
  expect(undecided([event(1, 1, { label: "bug" }), event(2, 1, { label: null, what: "closed" })])).toEqual([
    2,
  ]);
});

test("of an issue that is seen for the first time old history is history", () => {
  expect(undecided([event(1, 73), event(2, 71)])).toEqual([2]);
});

test("what still stands there counts, however old: the newest that put it on", () => {
  const events = [event(1, 900), event(2, 800, { what: "unlabelled" }), event(3, 700)];
  expect(undecided(events, { labels: ["Deploy-Halt"] })).toEqual([3]);
});

test("closings by others within a day are counted, not those by a commit, nor by bots on an issue of ours", () => {
  const closed = { what: "closed", label: null } as const;
  const events = [
    event(1, 25, closed),
    event(2, 23, closed),
    event(3, 2, { ...closed, by: { id: 2, login: "stale[bot]", isBot: true } }),
    event(4, 1, { ...closed, byCommit: sha("fix") }),
    event(5, 0, closed),
  ];
  expect(closingsByOthers({ events, at: AT, hour: HOUR, isOurs: true })).toBe(2);
  expect(closingsByOthers({ events, at: AT, hour: HOUR, isOurs: false })).toBe(3);
});

test("a label that others took off within a day is counted, not what Holdpoint took off, nor another label", () => {
  const taken = { what: "unlabelled" } as const;
  const events = [
    event(1, 25, taken),
    event(2, 3, taken),
    event(3, 2, { ...taken, byUs: true }),
    event(4, 1, { ...taken, label: "till" }),
    event(5, 0, { ...taken, label: "Deploy-Halt" }),
    event(6, 0),
  ];
  expect(strippingsByOthers({ events, at: AT, hour: HOUR, label: "deploy-halt" })).toBe(2);
});
