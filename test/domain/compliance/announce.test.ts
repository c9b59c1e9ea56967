import { describe, expect, test } from "vitest";
import { announce } from "../../../src/domain/compliance/announce.ts";
import type { Announcement } from "../../../src/domain/compliance/announcement.ts";
import type { IssueView } from "../../../src/domain/compliance/issue-view.ts";
import { sha } from "../build-snapshot.ts";
import { HOSTILE } from "../escape/hostile-text.ts";
import { whatIsLive } from "../escape/render-markdown.ts";
import {
  buildCase,
  buildView,
  expired,
  green,
  hoursAfter,
  HOUR,
  issuePolicy,
  RED,
  redRun,
  SLACK,
} from "./build-issue-view.ts";

const RUN = "https://github.com/acme/storefront/actions/runs/11/job/101";
const ONE = [buildCase()];
const TWO = [buildCase(), buildCase({ id: 2, name: "lint", environments: ["production", "staging"] })];

function onSlack(changes: Partial<IssueView> = {}): IssueView {
  return buildView({ policy: issuePolicy({ notify: { slack: SLACK } }), ...changes });
}

/** What is said where; a message's key and thread with it. */
function said(view: IssueView, announcement: Announcement): Readonly<Record<string, string>> {
  const texts = announce(view, announcement).map((effect): [string, string] => {
    if (effect.kind === "note") return [`note ${effect.key}`, effect.body];
    if (effect.kind !== "slack") throw new Error(`no ${effect.kind} was expected`);
    const to =
      effect.to.kind === "channel" ? effect.to.channel : `${effect.to.login} ${effect.to.slackId ?? "?"}`;
    return [`${to} ${effect.key}${effect.thread === null ? "" : ` in ${effect.thread}`}`, effect.text];
  });
  return Object.fromEntries(texts);
}

describe("an opening", () => {
  test("is said to the channel and to each person, and not on the issue: that is the issue", () => {
    const lead = `*“integration tests” is red on main* (acme/storefront) since 2026-03-02 10:00 UTC. Deploys to all environments stop at 2026-03-05 10:00 UTC, 72 hours after it began, unless green by then.
Broke in <https://github.com/acme/storefront/pull/12|#12> Charge in euros.`;
    const links = `<${RUN}|first red run> · <https://github.com/acme/storefront/issues?q=label%3A%22deferred-compliance%22|compliance issues>`;
    expect(said(onSlack(), { what: "opened", key: "k", cases: ONE })).toEqual({
      [`#deploys opened:${RED}`]: `${lead}\nFor <@U012AB3CD>, acme/payments, acme/server.\n${links}`,
      [`octocat U012AB3CD opened:${RED}:octocat`]: `${lead}\nYou are told because you wrote a pull request of the range in which it broke.\n${links}`,
    });
  });

  test("reaches everybody who is told once, whether Slack knows them or not, and no team", () => {
    const people = {
      tagged: [
        { kind: "person", name: "hubot", because: "code-owner" },
        { kind: "person", name: "Hubot", because: "owner" },
        { kind: "person", name: "mona", because: "owner" },
        { kind: "team", name: "acme/server", because: "owner" },
      ],
      listed: ["a"],
      ownersMayBeIncomplete: false,
    } as const;
    const texts = said(onSlack({ people }), { what: "opened", key: "k", cases: ONE });
    expect(Object.keys(texts)).toEqual([
      `#deploys opened:${RED}`,
      `hubot ? opened:${RED}:hubot`,
      `mona ? opened:${RED}:mona`,
    ]);
    expect(texts[`hubot ? opened:${RED}:hubot`]).toContain(
      "You are told because you own code that changed when it broke.",
    );
    expect(texts[`mona ? opened:${RED}:mona`]).toContain(
      "You are told because the policy names you as an owner of the check.",
    );
  });

  test("of a check that was red already says so", () => {
    const cases = [buildCase({ adopted: true, openedAt: hoursAfter(100), deadline: null })];
    const [text] = Object.values(said(onSlack({ cases }), { what: "opened", key: "k", cases }));
    expect(text?.split("\n")[0]).toBe(
      "*“integration tests” is already red on main* (acme/storefront), since 2026-03-02 10:00 UTC, when Holdpoint began to watch. Deploys to all environments stop at 2026-03-09 14:00 UTC, 72 hours after that, unless green by then.",
    );
  });

  test("of one more check on the same commit is said on the issue and in its thread", () => {
    const [, lint] = TWO;
    if (lint === undefined) throw new Error("there are two");
    expect(said(onSlack({ cases: TWO }), { what: "opened", key: "case-2-opened", cases: [lint] })).toEqual({
      "note case-2-opened": "**`lint` is red, too**, since the same commit. Due at 2026-03-05 10:00 UTC.",
      [`#deploys case-2-opened in opened:${RED}`]:
        "*“lint” is red, too*, since the same commit. Due at 2026-03-05 10:00 UTC.",
    });
  });

  test("of one more check tells its owners, whom nobody has told yet", () => {
    const lint = buildCase({
      id: 2,
      name: "lint",
      owners: ["@acme/lint", "@acme/Server", "@mona", "@octocat"],
    });
    const view = onSlack({ cases: [buildCase(), lint] });
    const texts = said(view, { what: "opened", key: "k", cases: [lint] });
    expect(texts["note k"]).toBe(
      "**`lint` is red, too**, since the same commit. Due at 2026-03-05 10:00 UTC. For @acme/lint, @mona.",
    );
    expect(texts[`#deploys k in opened:${RED}`]).toBe(
      "*“lint” is red, too*, since the same commit. Due at 2026-03-05 10:00 UTC. For acme/lint, mona.",
    );
    expect(Object.keys(texts)).toHaveLength(3);
    expect(texts[`mona ? opened:${RED}:mona`]).toContain(
      "You are told because the policy names you as an owner of the check.",
    );
  });

  test("of a commit without a pull request and without a page of its run leads to the commit", () => {
    const cases = [buildCase({ firstRed: redRun({ url: null }) })];
    const range = { ...buildView().range, pullRequests: [] };
    const people = { tagged: [], listed: [], ownersMayBeIncomplete: false };
    expect(said(onSlack({ cases, range, people }), { what: "opened", key: "k", cases })).toEqual({
      [`#deploys opened:${RED}`]: `*“integration tests” is red on main* (acme/storefront) since 2026-03-02 10:00 UTC. Deploys to all environments stop at 2026-03-05 10:00 UTC, 72 hours after it began, unless green by then.
<https://github.com/acme/storefront/commit/${RED}|first red run> · <https://github.com/acme/storefront/issues?q=label%3A%22deferred-compliance%22|compliance issues>`,
    });
  });

  test("of several checks says since when the first is red, and when the first is due", () => {
    const lint = buildCase({
      id: 2,
      name: "lint",
      openedAt: hoursAfter(2),
      firstRed: redRun({ at: hoursAfter(1) }),
      deadline: hoursAfter(48),
    });
    const cases = [buildCase(), lint];
    const [text] = Object.values(said(onSlack({ cases }), { what: "opened", key: "k", cases }));
    expect(text?.split("\n")[0]).toBe(
      "*“integration tests”, “lint” are red on main* (acme/storefront) since 2026-03-02 10:00 UTC. Deploys to all environments stop at 2026-03-04 10:00 UTC, 48 hours after it began, unless green by then.",
    );
  });

  test("of a check that the issue does not show any more says what was known of it", () => {
    const gone = buildCase({ id: 9, name: "lint" });
    const texts = said(buildView(), { what: "relapsed", key: "k", cases: [gone] });
    expect(texts["note k"]).toMatch(/^\*\*`lint` is red again\*\*/);
  });

  test("without Slack in the policy says nothing", () => {
    expect(announce(buildView(), { what: "opened", key: "k", cases: ONE })).toEqual([]);
  });
});

describe("what is said later", () => {
  test.each<[string, Announcement, string | null, string | null]>([
    [
      "the first reminder",
      { what: "reminder", key: "k", cases: ONE, before: 24 * HOUR, first: true },
      "**24 hours left**: `integration tests` is still red on `main`, and deploys to all environments stop at 2026-03-05 10:00 UTC.",
      "*24 hours left*: “integration tests” is still red on main, and deploys to all environments stop at 2026-03-05 10:00 UTC.",
    ],
    [
      "a later reminder, on Slack alone",
      { what: "reminder", key: "k", cases: TWO, before: 4.5 * HOUR, first: false },
      null,
      "*4 hours 30 minutes left*: “integration tests”, “lint” are still red on main, and deploys to all environments stop at 2026-03-05 10:00 UTC.",
    ],
    [
      "a reminder that comes too late",
      { what: "reminder", key: "k", cases: ONE, before: 0, first: false },
      null,
      "*No time left*: “integration tests” is still red on main, and deploys to all environments stop at 2026-03-05 10:00 UTC.",
    ],
    [
      "a newer run is waited for",
      { what: "verifying", key: "k", cases: [buildCase({ verifyUntil: hoursAfter(74) })] },
      "**Time is up, and a newer run is under way.** Deploys to all environments stop at 2026-03-05 12:00 UTC unless it turns `integration tests` green.",
      "*Time is up, and a newer run is under way.* Deploys to all environments stop at 2026-03-05 12:00 UTC unless it turns “integration tests” green.",
    ],
    [
      "GitHub cannot be read, so nothing is written there",
      { what: "unverified", key: "k", cases: ONE },
      null,
      "*Time is up, and GitHub cannot be read.* Deploys to all environments are held until it can be confirmed whether “integration tests” is still red.",
    ],
    [
      "the halt",
      { what: "expired", key: "k", cases: [expired({ environments: ["production"] })] },
      "**Deploys to `production` are halted**: `integration tests` is still red on `main` past the deadline. They go on with a green run; until then admins can lift the halt with the label `halt-override` on the issue.",
      "*Deploys to production are halted*: “integration tests” is still red on main past the deadline. They go on with a green run; until then admins can lift the halt with the label halt-override on the issue.",
    ],
    [
      "a relapse",
      { what: "relapsed", key: "k", cases: ONE },
      "**`integration tests` is red again**, less than a day after the green run and without a new pull request since: the same clock goes on, due at 2026-03-05 10:00 UTC.",
      "*“integration tests” is red again*, less than a day after the green run and without a new pull request since: the same clock goes on, due at 2026-03-05 10:00 UTC.",
    ],
    [
      "more time, which its command is answered with on the issue",
      { what: "extended", key: "k", cases: ONE, by: "hubot", because: "the vendor is down" },
      null,
      "*More time from hubot*: due at 2026-03-05 10:00 UTC now. Because: the vendor is down",
    ],
    [
      "opened again after somebody closed it",
      { what: "reopened", key: "k", cases: ONE, waitingFor: null },
      "Opened again: `integration tests` is still red on `main`. It closes by itself with a green run; closing it does not stop the clock.",
      null,
    ],
    [
      "opened again after a commit closed it",
      { what: "reopened", key: "k", cases: ONE, waitingFor: sha("fix") },
      `Opened again: waiting for a green run on \`${sha("fix").slice(0, 7)}\`.`,
      null,
    ],
    [
      "an override without a reason",
      { what: "override-began", key: "k", by: "hubot", because: null, until: hoursAfter(96) },
      "**Halt lifted by `hubot`** until 2026-03-06 10:00 UTC. No reason was given: please reply with one, it goes on record.",
      "*Halt lifted by hubot* until 2026-03-06 10:00 UTC. No reason was given: please reply with one, it goes on record.",
    ],
    [
      "an override with a reason",
      { what: "override-began", key: "k", by: "hubot", because: "a hotfix for @acme", until: hoursAfter(96) },
      "**Halt lifted by `hubot`** until 2026-03-06 10:00 UTC. Because: a hotfix for `@acme`",
      "*Halt lifted by hubot* until 2026-03-06 10:00 UTC. Because: a hotfix for @acme",
    ],
    [
      "an override that ran out",
      { what: "override-ended", key: "k", by: null },
      "**The override is over.** What is still red past its deadline halts deploys again.",
      "*The override is over.* What is still red past its deadline halts deploys again.",
    ],
    [
      "an override that was ended",
      { what: "override-ended", key: "k", by: "hubot" },
      "**The override was ended by `hubot`.** What is still red past its deadline halts deploys again.",
      "*The override was ended by hubot.* What is still red past its deadline halts deploys again.",
    ],
  ])("%s", (_, announcement, note, message) => {
    const view = onSlack({ cases: "cases" in announcement ? announcement.cases : ONE });
    expect(said(view, announcement)).toEqual({
      ...(note === null ? {} : { "note k": note }),
      ...(message === null ? {} : { [`#deploys k in opened:${RED}`]: message }),
    });
  });
});

describe("an end", () => {
  test.each([
    [[green()], [], "**Over**: `integration tests` is green again. Nothing is held by this any more."],
    [
      [green()],
      [buildCase({ id: 2, name: "lint" })],
      "**`integration tests`** is green again. Still red: `lint`.",
    ],
    [
      [green(), green({ id: 2, name: "lint" })],
      [],
      "**All over**: `integration tests`, `lint` are green again. Nothing is held by this any more.",
    ],
    [
      [
        green(),
        green({
          id: 2,
          name: "lint",
          end: { as: "gone", at: hoursAfter(5), by: null, because: null, url: null, sha: null },
        }),
      ],
      [],
      "**All over**: `integration tests`, `lint` have ended. Nothing is held by this any more.",
    ],
    [
      [
        buildCase({
          end: { as: "by-hand", at: hoursAfter(5), by: "hubot", because: "x", url: null, sha: null },
        }),
      ],
      [],
      "**Over**: `integration tests` was closed by `hubot`. Nothing is held by this any more.",
    ],
    [
      [buildCase({ end: { as: "void", at: hoursAfter(5), by: null, because: null, url: null, sha: null } })],
      [],
      "**Over**: `integration tests` is not watched any more. Nothing is held by this any more.",
    ],
  ])("says how and what is left: %#", (ended, left, expected) => {
    const view = buildView({ cases: [...ended, ...left] });
    expect(said(view, { what: "resolved", key: "k", cases: ended })).toEqual({ "note k": expected });
  });
});

/** Slack's own signs are the links that Holdpoint makes, and entities. */
function withoutOurSigns(message: string): string {
  return message
    .replaceAll(/<https:\/\/github\.com\/[^<>|]*\|(?:#1|first red run|compliance issues)>/g, "")
    .replaceAll(/&(?:amp|lt|gt);/g, "");
}

describe("REL-74: what strangers wrote does nothing in a note and in a message", () => {
  test.each(HOSTILE)("%s", (_, text) => {
    const cases = [buildCase({ name: text, environments: [text] })];
    const people = {
      tagged: [{ kind: "person", name: text, because: "owner" }],
      listed: [],
      ownersMayBeIncomplete: false,
    } as const;
    const range = {
      ...buildView().range,
      pullRequests: [{ number: 1, title: text, url: text, author: text }],
    };
    const { override } = issuePolicy();
    const policy = issuePolicy({
      trunk: text,
      notify: { slack: SLACK },
      override: { ...override, label: text },
    });
    const view = buildView({ cases, people, range, policy });
    const texts = (
      [
        { what: "opened", key: "k", cases },
        { what: "expired", key: "k", cases },
        { what: "extended", key: "k", cases, by: text, because: text },
        { what: "override-began", key: "k", by: text, because: text, until: hoursAfter(96) },
      ] as const
    ).flatMap((announcement) => announce(view, announcement));
    const notes = texts.flatMap((effect) => (effect.kind === "note" ? [effect.body] : []));
    const messages = texts.flatMap((effect) => (effect.kind === "slack" ? [effect.text] : []));
    expect([notes.length, messages.length]).toEqual([2, 5]);
    expect(notes.flatMap((note) => whatIsLive(note))).toEqual([]);
    expect(messages.filter((message) => message.length > 3_000)).toEqual([]);
    expect(messages.map(withoutOurSigns).join("")).not.toMatch(/[<>&]/);
  });
});
