import { describe, expect, test } from "vitest";
import type { Person } from "../../../src/domain/authority/issue-event.ts";
import { noteOf } from "../../../src/domain/authority/issue-notes.ts";
import type { RefusalReason, Step } from "../../../src/domain/authority/issue-question.ts";
import { AT, buildGatePolicy, caseId } from "../gate/build-gate-facts.ts";

const PERSON: Person = { id: 5, login: "octo`cat", isBot: false };
const BOT: Person = { id: 6, login: "dependabot[bot]", isBot: true };
const EVENT = {
  id: 77,
  what: "labelled",
  label: "x",
  by: PERSON,
  byUs: false,
  at: AT,
  byCommit: null,
} as const;
const { deferred } = buildGatePolicy();
const POLICY = buildGatePolicy({ deferred: { ...deferred, haltLabel: "deploy-halt" } });

function said(step: Step, halters: readonly string[] = []) {
  return noteOf(step, 4, { policy: POLICY, halters });
}
function refused(why: RefusalReason, by: Person | null = PERSON, team: string | null = null): Step {
  return { what: "refused", event: EVENT, by, why, team };
}
const whole = { event: EVENT, by: PERSON, source: "label-event:77" } as const;

describe("what is said on an issue when something follows from a label", () => {
  test.each<readonly [claim: string, step: Step, key: string, body: string]>([
    [
      "a halt",
      { what: "halt-began", ...whole },
      "halt-began-label-event:77",
      "Deploys are halted by `` octo`cat ``. `` octo`cat `` or admins can end that: `/holdpoint resume because …`, or take the label off.",
    ],
    [
      "the end of a halt",
      { what: "halt-ended", ...whole },
      "halt-ended-label-event:77",
      "The halt is over, ended by `` octo`cat ``.",
    ],
    [
      "an override that waits for its reason",
      { what: "override-began", caseIds: [caseId(1)], endsAt: AT, awaitsReason: true, ...whole },
      "reason-wanted-label-event:77",
      "`` octo`cat ``, the policy wants a reason first: please reply with one. Until then nothing is lifted.",
    ],
  ])("%s", (_, step, key, body) => {
    expect(said(step)).toEqual({ key, body });
  });

  test.each<readonly [claim: string, step: Step]>([
    [
      "an override that waits for nothing",
      { what: "override-began", caseIds: [], endsAt: AT, awaitsReason: false, ...whole },
    ],
    ["the end of an override", { what: "override-ended", ...whole }],
    ["opened again", { what: "reopened", event: EVENT }],
  ])("%s: the issue's own announcements say it", (_, step) => {
    expect(said(step)).toBeNull();
  });
});

describe("a refusal says why, and what helps", () => {
  test.each<readonly [why: RefusalReason, key: string, body: string]>([
    [
      "not-authorised",
      "not-authorised-4-5",
      "`` octo`cat `` put `halt-override` on. Only admins can lift a hold, so the label was taken off and nothing was lifted.",
    ],
    [
      "four-eyes",
      "four-eyes-4-5",
      "`` octo`cat `` wrote part of what broke, and the policy wants somebody else to lift the halt. `halt-override` was taken off and nothing was lifted.",
    ],
    [
      "authors-unread",
      "authors-unread-4-5-77",
      "The policy wants somebody else than the authors of what broke to lift the halt, and who they are could not be read. `halt-override` was taken off and nothing was lifted; put it on again in a minute.",
    ],
    [
      "not-expired",
      "not-expired-4-5-77",
      "No check of this issue was past its deadline then, so there was nothing to lift, and `halt-override` was taken off. Before the deadline `/holdpoint extend 24h because …` gives more time; after it, put the label on again.",
    ],
    [
      "nothing-here",
      "nothing-here-4-5",
      "`halt-override` lifts the halts of a compliance issue, and this is none, so it was taken off. On a pull request, or on the issue of a halt, `/holdpoint override 4h because …` lifts what holds.",
    ],
    [
      "override-stays",
      "override-stays-4-5",
      "`halt-override` was put back: only admins can end an override early.",
    ],
    [
      "halt-needs-write",
      "halt-needs-write-4-5",
      "`` octo`cat `` put `deploy-halt` on. Halting deploys needs write access to this repository, so the label was taken off and nothing is halted.",
    ],
    [
      "halt-stays",
      "halt-stays-4-5",
      "`deploy-halt` was put back: a check is past its deadline. The label goes with a green run; until then admins can lift the halt with the label `halt-override`.",
    ],
    [
      "left-closed",
      "left-closed-4",
      "Closed too often within a day to be opened again. What it holds stays held: by a check until it is green, by a halt until somebody says `/holdpoint resume because …`.",
    ],
  ])("%s", (why, key, body) => {
    expect(said(refused(why))).toEqual({ key, body });
  });

  test("of a team that cannot be read, its name", () => {
    expect(said(refused("team-unread", PERSON, "acme/`ops`"))).toEqual({
      key: "team-unread-4-5",
      body: "`` octo`cat `` put `halt-override` on, but Holdpoint cannot read the team `` acme/`ops` `` that the policy names: there is no such team, or the App may not read the organisation's members. The label was taken off and nothing was lifted.",
    });
  });

  test("of a team that nobody knows any more, no name", () => {
    expect(said(refused("team-unread"))?.body).toMatch(/ cannot read the team \S+ that the policy names: /);
  });

  test.each<readonly [why: RefusalReason, body: string]>([
    [
      "halt-stays",
      "`deploy-halt` was put back: deploys are still halted. `hubot`, `mona` or admins can end that: `/holdpoint resume because …`.",
    ],
    [
      "halt-stays-closed",
      "Opened again: deploys are still halted. `hubot`, `mona` or admins can end that: `/holdpoint resume because …`.",
    ],
  ])("%s names those who halted, each once", (why, body) => {
    expect(said(refused(why), ["hubot", "mona", "hubot"])).toEqual({ key: `${why}-4-5`, body });
  });

  test.each([null, BOT])("to a deleted account, or to a bot, nothing is said", (by) => {
    for (const why of ["bot", "not-authorised", "left-closed", "halt-stays"] as const) {
      expect(said(refused(why, by))).toBeNull();
    }
  });

  test("nor of a bot's label, whoever asks", () => {
    expect(said(refused("bot"))).toBeNull();
  });

  test.each<readonly [why: RefusalReason, body: string]>([
    [
      "override-label-left-off",
      "`halt-override` was taken off too often within a day to be put back. What was lifted stays lifted without it, until its time is over.",
    ],
    [
      "halt-label-left-off",
      "`deploy-halt` was taken off too often within a day to be put back. Deploys stay held without it: by a check until it is green, by a halt until somebody says `/holdpoint resume because …`.",
    ],
  ])("%s is said to whoever reads the issue, once, though a bot did it", (why, body) => {
    for (const by of [PERSON, BOT, null]) {
      expect(said(refused(why, by))).toEqual({ key: `${why}-4`, body });
    }
  });
});
