import { expect, test } from "vitest";
import { type ChecksPanelGiven, checksPanel } from "../../../src/cockpit/case/checks-panel.ts";
import { isCaseId } from "../../../src/domain/brands.ts";
import type { ComplianceCase } from "../../../src/domain/compliance/case.ts";
import type { ShownTrack } from "../../../src/domain/compliance/shown-track.ts";
import { buildRepository } from "../../domain/build-snapshot.ts";
import { buildCase } from "../../domain/compliance/build-case.ts";
import { expectCleanPage } from "../clean-page.ts";
import { textOf } from "../filled-form.ts";
import { HOSTILE } from "../hostile.ts";
import { commitsOf, HOUR } from "./case-world.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

function track(name: string, picture: string): ShownTrack {
  const source = { kind: "status" } as const;
  return { key: name, name, policyName: name, source, commits: commitsOf(picture, NOW) };
}

function caseOf(name: string, number: number, changes: Partial<ComplianceCase>): ComplianceCase {
  if (!isCaseId(number)) throw new Error("numbers above 0 are ids");
  return buildCase({
    id: number,
    checkKey: name,
    name,
    openedAt: hours(-36),
    end: null,
    expiredAt: null,
    ...changes,
  });
}

function hours(count: number): Date {
  return new Date(NOW.getTime() + count * HOUR);
}

async function panel(given: Partial<ChecksPanelGiven>): Promise<string> {
  const repository = { facts: buildRepository(), right: "read", openCases: 0 } as const;
  const nothing = { tracks: [], defers: false, cases: [], overrides: [], githubUrl: "https://github.com" };
  return String(await checksPanel({ repository, ...nothing, now: NOW, ...given }));
}

test("what halts comes first, then what runs, what is red, green and silent, each with its state in words", async () => {
  const shown = await panel({
    tracks: [
      track("a green", "rggg"),
      track("b always green", "gggg"),
      track("c silent", "...."),
      track("d red", "gr"),
      track("e runs", "ggr>"),
      track("f halts", "ggrr"),
    ],
    cases: [
      caseOf("e runs", 1, { deadline: hours(36) }),
      caseOf("f halts", 2, { deadline: hours(-2), expiredAt: hours(-2) }),
    ],
  });
  const text = textOf(shown);
  const order = [
    "f halts Halting deploys since 10:00 UTC",
    "e runs Halts deploys in 1 d 12 h",
    "d red red, and no case yet",
    "a green green for 3 h",
    "b always green green for at least 4 h",
    "c silent no result on the newest 4 commits",
  ];
  expect(order.map((one) => text.includes(one))).toEqual(order.map(() => true));
  const places = order.map((one) => text.indexOf(one));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(text).toContain("6 checks");
  expect(shown).toContain('href="/acme/storefront/cases/2"');
  expect(shown).toContain('aria-label="4 commits, oldest first: 2 green, 1 red, 1 running"');
  expect(shown).toContain('aria-label="50 % of the time is gone"');
});

test("what is lifted says until when", async () => {
  const one = caseOf("long", 7, { deadline: hours(-2), expiredAt: hours(-2) });
  const lifted = {
    id: 1,
    repositoryId: one.repositoryId,
    scope: { kind: "cases", caseIds: [one.id], environment: null } as const,
    by: "octocat",
    because: null,
    beganAt: hours(-1),
    endsAt: hours(3),
    endedAt: null,
  };
  expect(textOf(await panel({ cases: [one], overrides: [lifted] }))).toContain(
    "long The halt returns in 3 h",
  );
});

test("where nothing was heard of the deferred checks yet, that is said", async () => {
  expect(textOf(await panel({ defers: true }))).toContain("Nothing was heard of them yet");
});

test("where no check is deferred there is no panel", async () => {
  expect((await panel({})).trim()).toBe("");
});

test.each(HOSTILE)("REL-74: a check called %j is text", async (hostile) => {
  const shown = await panel({ tracks: [track(hostile, "gr")], cases: [caseOf(`x${hostile}`, 1, {})] });
  expectCleanPage(shown);
  expect(shown).toContain("hp-check-row");
});
