import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ComplianceCase } from "../../../src/domain/compliance/case.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { appendAudit, type AuditRecord } from "../../../src/store/audit.ts";
import { markEffectDone } from "../../../src/store/effect.ts";
import { addOverride } from "../../../src/store/override.ts";
import { sha } from "../../domain/build-snapshot.ts";
import { type AnsweringQueue, answeringQueue } from "../answering-queue.ts";
import { expectCleanPage } from "../clean-page.ts";
import { formIn, textOf } from "../filled-form.ts";
import { HOSTILE } from "../hostile.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { giveCase, giveEffect, givePolicy, HOUR, RED } from "./case-world.ts";

let cockpit: OpenCockpit;
let worker: AnsweringQueue;
let names = 0;

beforeAll(async () => {
  worker = answeringQueue(() => cockpit.now());
  cockpit = await openCockpit({ queue: worker.queue });
});
afterAll(() => cockpit.close());
beforeEach(() => {
  worker.wishes.splice(0);
  worker.outcome = { state: "done", answer: { code: "done", message: "It was done." } };
});

interface Place {
  readonly repository: RepositoryFacts;
  readonly path: string;
  readonly admin: string;
  readonly writer: string;
  readonly reader: string;
}

/** A repository of its own for each test: they share a database. */
async function open(policy?: string): Promise<Place> {
  names += 1;
  const name = `acme/shop-${names}`;
  const repository = await cockpit.repository(name);
  await givePolicy(cockpit, repository, policy);
  return {
    repository,
    path: `/${name}/cases`,
    admin: await cockpit.signIn(`admin-${names}`, [[repository, "admin"]]),
    writer: await cockpit.signIn(`writer-${names}`, [[repository, "write"]]),
    reader: await cockpit.signIn(`reader-${names}`, [[repository, "read"]]),
  };
}

async function page(path: string, cookie: string, status = 200): Promise<string> {
  const answer = await cockpit.get(path, cookie);
  expect(answer.status).toBe(status);
  const text = await answer.text();
  expectCleanPage(text);
  return text;
}

async function record(repository: RepositoryFacts, about: AuditRecord): Promise<void> {
  const { installationId, id } = repository;
  await cockpit.db.database.transaction((transaction) =>
    appendAudit(transaction, { installationId, at: cockpit.now(), record: { ...about, repository: id } }),
  );
}

function expiredHours(ago: number): Partial<ComplianceCase> {
  const at = new Date(cockpit.now().getTime() - ago * HOUR);
  return { deadline: at, expiredAt: at };
}

describe("the page of a case", () => {
  test("says how it stands, where it broke, who is told and how it ends", async () => {
    const { repository, path, reader } = await open();
    const { id } = await giveCase(cockpit, repository, { issueNumber: 4811 });
    const shown = await page(`${path}/${id}`, reader);
    const text = textOf(shown);
    expect(text).toContain("search / nightly is red");
    expect(text).toContain("Halts deploys in 1 d 12 h , unless it is green on the trunk by then.");
    expect(shown).toContain(`href="https://github.com/acme/shop-${names}/issues/4811"`);
    expect(text).toContain("#4812 Index in batches of 500 by hubot");
    expect(text).toContain("Tune the cache without a pull request");
    expect(text).toContain("@acme/search owns the check");
    expect(text).toContain("Grace: 72 hours");
    expect(text).toContain("As soon as it is green on a newer commit of main, the case ends");
    expect(text).toContain("Once deploys are halted, admins can lift that for a time.");
  });

  test("shows the streak as a picture, each commit with its result in words, and as a table", async () => {
    const { repository, path, reader } = await open();
    const { id } = await giveCase(cockpit, repository, { picture: "ggggr.r>" });
    const shown = await page(`${path}/${id}`, reader);
    expect(shown).toContain(
      'aria-label="8 commits, oldest first: 4 green, 1 red, 1 without a result, 1 red, 1 running"',
    );
    expect(shown).toContain(`aria-label="${RED.slice(0, 7)} Red: Change 5"`);
    expect(shown).toContain('href="https://github.com/acme/storefront/actions/runs/5"');
    expect(shown.match(/hp-streak-cell/g)).toHaveLength(8);
    expect(shown.match(/hp-streak-below/g)).toHaveLength(1);
    expect(shown.match(/<tr>/g)).toHaveLength(9);
  });

  test.each<readonly [claim: string, changes: () => Partial<ComplianceCase>, said: readonly string[]]>([
    [
      "halting",
      () => ({ ...expiredHours(2), environments: ["production"] }),
      ["halts deploys to production", "Halting deploys since 10:00 UTC"],
    ],
    [
      "past its deadline",
      () => ({ deadline: new Date(cockpit.now().getTime() - HOUR) }),
      ["is past its deadline", "GitHub could not be read"],
    ],
    [
      "not told of yet",
      () => ({ warnedAt: null, deadline: null }),
      ["Nobody was told yet.", "Clock not begun"],
    ],
    [
      "red before anybody watched",
      () => ({ adopted: true }),
      ["It was red already when Holdpoint began to watch it."],
    ],
    [
      "over by green",
      () => ({ end: { as: "green", at: cockpit.now(), by: null, because: null, url: null, sha: null } }),
      ["this case is over", "It turned green on the trunk."],
    ],
    [
      "closed by hand",
      () => ({
        end: {
          as: "by-hand",
          at: cockpit.now(),
          by: "octocat",
          because: "nobody runs it",
          url: null,
          sha: null,
        },
      }),
      ["octocat closed it by hand: nobody runs it"],
    ],
  ])("%s: says so", async (_, changes, said) => {
    const { repository, path, reader } = await open();
    const { id } = await giveCase(cockpit, repository, { changes: changes() });
    const text = textOf(await page(`${path}/${id}`, reader));
    for (const one of said) expect(text).toContain(one);
  });

  test("lifted: says until when, by whom and why", async () => {
    const { repository, path, reader } = await open();
    const { id } = await giveCase(cockpit, repository, { changes: expiredHours(2) });
    const beganAt = cockpit.now();
    await cockpit.db.database.transaction((transaction) =>
      addOverride(transaction, {
        repositoryId: repository.id,
        source: "request:1",
        scope: { kind: "cases", caseIds: [id], environment: null },
        because: "a hotfix",
        issueNumber: null,
        by: { id: 1, login: "octocat" },
        awaitsReason: false,
        beganAt,
        endsAt: new Date(beganAt.getTime() + 5 * HOUR),
      }),
    );
    const text = textOf(await page(`${path}/${id}`, reader));
    expect(text).toContain("search / nightly is red, and lifted for a time");
    expect(text).toContain("The halt returns in 5 h . Lifted by octocat: a hotfix");
  });

  test("tells everything that was said and done, newest first, and what became of it", async () => {
    const { repository, path, reader } = await open();
    const { id, firstRed } = await giveCase(cockpit, repository, { issueNumber: 12 });
    const other = await giveCase(cockpit, repository, { name: "other", firstRed: sha("other") });
    await record(repository, { what: "case-opened", case: id, check: "search / nightly" });
    await record(repository, { what: "case-opened", case: other.id, check: "other" });
    await record(repository, {
      what: "extended",
      by: "octocat",
      because: "in review",
      issue: 12,
      deadlines: [{ case: id, due: "2026-11-23T00:00:00.000Z" }],
    });
    const on = { kind: "compliance-issue", firstRed: firstRed.sha } as const;
    const { id: repositoryId } = repository;
    await giveEffect(cockpit, { kind: "note", repositoryId, on, key: "n1", body: "**Bold** words by `a_b`" });
    await giveEffect(cockpit, {
      kind: "slack",
      repositoryId,
      key: `opened:${firstRed.sha}`,
      thread: null,
      to: { kind: "channel", channel: "#deploys" },
      text: "<https://x|it> is red &amp; halts",
    });
    const target = `slack:${repositoryId}:opened:${firstRed.sha}`;
    const at = cockpit.now();
    await markEffectDone(cockpit.db.database, {
      target,
      revision: 1,
      remoteId: null,
      refusal: "channel_not_found",
      at,
    });
    const text = textOf(await page(`${path}/${id}`, reader));
    const log = text.slice(text.indexOf("Everything said and done"));
    expect(log).toContain("On the issue On its way Bold words by a_b");
    expect(log).toContain("In Slack, #deploys Not said it is red & halts channel_not_found");
    expect(log).toContain("octocat gave search / nightly more time until 2026-11-23 00:00 UTC");
    expect(log).toContain("in review");
    expect(log).toContain("search / nightly turned red on the trunk");
    expect(log).not.toContain("other turned red");
  });

  test("REL-76: a case of another repository answers like one that does not exist, to look at and to write to", async () => {
    const mine = await open();
    const theirs = await open();
    const { id } = await giveCase(cockpit, theirs.repository, { changes: expiredHours(2) });
    const own = await giveCase(cockpit, mine.repository, { changes: expiredHours(2) });
    const foreign = await cockpit.get(`${mine.path}/${id}`, mine.admin);
    const absent = await cockpit.get(`${mine.path}/999999`, mine.admin);
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    const strip = (text: string): string => text.replaceAll(/cases\/[0-9]+/g, "cases/N");
    expect(strip(await foreign.text())).toBe(strip(await absent.text()));
    const form = formIn(await page(`${mine.path}/${own.id}`, mine.admin), "form-override");
    const fields = { ...form?.fields, because: "mine now" };
    for (const path of [`${mine.path}/${id}/override`, `${theirs.path}/${id}/override`]) {
      expect((await cockpit.post(path, mine.admin, fields)).status).toBe(404);
    }
    expect(worker.wishes).toEqual([]);
  });

  test.each(["x", "0", "-1", "1e3", "99999999999999999999", "1;drop"])("no case is called %s", async (id) => {
    const { path, admin } = await open();
    expect(textOf(await page(`${path}/${encodeURIComponent(id)}`, admin, 404))).toContain(
      "There is nothing here",
    );
  });
});

describe("the forms of a case", () => {
  const because = "the fix is in review";

  test("an override of the check, once it halts", async () => {
    const { repository, path, admin } = await open();
    const { id, firstRed } = await giveCase(cockpit, repository, { changes: expiredHours(2) });
    const form = formIn(await page(`${path}/${id}`, admin), "form-override");
    const answer = await cockpit.post(form?.action ?? "", admin, {
      ...form?.fields,
      duration: "12h",
      because,
    });
    expect(answer.status).toBe(303);
    expect(worker.wishes).toEqual([
      {
        kind: "command",
        command: {
          kind: "override",
          check: "search / nightly",
          duration: 12 * HOUR,
          environment: null,
          because,
        },
        on: { kind: "case", firstRed: firstRed.sha },
      },
    ]);
    const shown = await page(answer.headers.get("location") ?? "", admin);
    expect(textOf(shown)).toContain("It was done.");
  });

  test("more time, before that", async () => {
    const { repository, path, admin } = await open();
    const { id } = await giveCase(cockpit, repository);
    const shown = await page(`${path}/${id}`, admin);
    expect(formIn(shown, "form-override")).toBeNull();
    expect(formIn(shown, "form-resolve")).toBeNull();
    const form = formIn(shown, "form-extend");
    expect(form?.fields).toMatchObject({ duration: "12h" });
    await cockpit.post(form?.action ?? "", admin, { ...form?.fields, because });
    expect(worker.wishes).toMatchObject([{ command: { kind: "extend", duration: 12 * HOUR, because } }]);
  });

  test("an end by hand, after 7 days of silence", async () => {
    const { repository, path, admin } = await open();
    const silent = new Date(cockpit.now().getTime() - 8 * 24 * HOUR);
    const run = { sha: RED, runId: 5, sequence: 500, said: "failure", at: silent, url: null };
    const { id } = await giveCase(cockpit, repository, { changes: { firstRed: run, newestRed: run } });
    const form = formIn(await page(`${path}/${id}`, admin), "form-resolve");
    await cockpit.post(form?.action ?? "", admin, { ...form?.fields, because });
    expect(worker.wishes).toMatchObject([{ command: { kind: "resolve", because } }]);
  });

  test("are there for those who may; others read who may", async () => {
    const { repository, path, writer, reader } = await open();
    const { id } = await giveCase(cockpit, repository, { changes: expiredHours(2) });
    for (const cookie of [writer, reader]) {
      const shown = await page(`${path}/${id}`, cookie);
      expect(shown).not.toMatch(/id="form-(?:override|extend|resolve)"/);
      expect(textOf(shown)).toContain("Only admins can override what holds.");
    }
  });

  test("are there for everybody where a team may: GitHub is asked when it counts", async () => {
    const { repository, path, reader } = await open("override: { allow: { teams: [acme/release] } }\n");
    const { id } = await giveCase(cockpit, repository, { changes: expiredHours(2) });
    const shown = await page(`${path}/${id}`, reader);
    expect(formIn(shown, "form-override")).not.toBeNull();
    expect(textOf(shown)).toContain("For members of acme/release: GitHub is asked when you send it.");
  });

  test("there are none when the case is over", async () => {
    const { repository, path, admin } = await open();
    const end = { as: "green", at: cockpit.now(), by: null, because: null, url: null, sha: null } as const;
    const { id } = await giveCase(cockpit, repository, { changes: { end } });
    expect(await page(`${path}/${id}`, admin)).not.toMatch(/id="form-(?:override|extend|resolve)"/);
  });

  test.each(["override", "extend", "resolve"])(
    "%s without a reason: the page says so, and keeps what was typed",
    async (kind) => {
      const { repository, path, admin } = await open();
      const silent = new Date(cockpit.now().getTime() - 8 * 24 * HOUR);
      const run = { sha: RED, runId: 5, sequence: 500, said: "failure", at: silent, url: null };
      const { id } = await giveCase(cockpit, repository, {
        changes: { firstRed: run, newestRed: run, ...(kind === "override" ? expiredHours(2) : {}) },
      });
      const form = formIn(await page(`${path}/${id}`, admin), `form-${kind}`);
      const answer = await cockpit.post(form?.action ?? "", admin, {
        ...form?.fields,
        other: "90m",
        because: "",
      });
      expect(answer.status).toBe(422);
      const shown = await answer.text();
      expectCleanPage(shown);
      expect(textOf(shown)).toContain("Please say why");
      expect(shown).toMatch(new RegExp(`id="act-${kind}"\\s+open`));
      expect(worker.wishes).toEqual([]);
    },
  );
});

describe("the list of cases", () => {
  test("has the open ones first, what halts before what runs, then those that ended", async () => {
    const { repository, path, reader } = await open();
    await giveCase(cockpit, repository, { name: "runs" });
    await giveCase(cockpit, repository, { name: "halts", changes: expiredHours(2) });
    const end = { as: "gone", at: cockpit.now(), by: null, because: null, url: null, sha: null } as const;
    await giveCase(cockpit, repository, { name: "ended", changes: { ...expiredHours(3), end } });
    const text = textOf(await page(path, reader));
    const places = ["halts Halting deploys since", "runs Halts deploys in", "ended", "Job gone"].map((one) =>
      text.indexOf(one),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(text).toContain("halted deploys");
    expect(text).toContain("red for 1 d 12 h");
  });

  test("is designed for having none", async () => {
    const { path, reader } = await open();
    const text = textOf(await page(path, reader));
    expect(text).toContain("No deferred check is red");
    expect(text).toContain("No case has ended yet.");
  });

  test("goes on with older ones, each once", async () => {
    const { repository, path, reader } = await open();
    for (let number = 1; number <= 27; number += 1) {
      const at = new Date(cockpit.now().getTime() - number * HOUR);
      const end = { as: "green", at, by: null, because: null, url: null, sha: null } as const;
      await giveCase(cockpit, repository, { name: `check ${number}`, changes: { end } });
    }
    const first = await page(path, reader);
    expect(textOf(first)).toContain("27 in all");
    const older = /href="([^"]*\?before=[0-9]+)"/.exec(first)?.[1] ?? "";
    const second = textOf(await page(older, reader));
    expect(second).toContain("check 26");
    expect(second).toContain("check 27");
    expect(second).not.toContain("check 25 ");
    expect(second).not.toContain("Older cases");
  });

  test("REL-76: of a repository that they may not see is not found", async () => {
    const mine = await open();
    const theirs = await open();
    expect(textOf(await page(theirs.path, mine.admin, 404))).toContain("There is nothing here");
  });
});

test.each(HOSTILE)("REL-74: %j is text in every field of a case", async (hostile) => {
  const { repository, path, admin } = await open();
  const run = {
    sha: RED,
    runId: 5,
    sequence: 500,
    said: hostile,
    at: new Date(cockpit.now().getTime() - 36 * HOUR),
    url: hostile.startsWith("javascript:") ? hostile : `https://evil.example/${hostile}`,
  };
  const clean = hostile.replaceAll("\0", "");
  const { id } = await giveCase(cockpit, repository, {
    name: `n ${clean}`,
    subject: `s ${clean}`,
    run: "javascript:canary()//",
    changes: {
      source: { kind: "workflow", workflow: clean },
      environments: [clean],
      owners: [clean],
      firstRed: { ...run, said: clean, url: run.url.replaceAll("\0", "") },
      end: {
        as: "by-hand",
        at: cockpit.now(),
        by: clean,
        because: clean,
        url: run.url.replaceAll("\0", ""),
        sha: null,
      },
    },
    range: {
      commits: [{ sha: sha("direct"), subject: clean, isMerge: true, pullRequest: null }],
      pullRequests: [{ number: 1, title: clean, url: "javascript:canary()", author: clean }],
    },
    people: { tagged: [{ kind: "team", name: clean, because: "owner" }], listed: [clean] },
  });
  await record(repository, {
    what: "extended",
    by: clean,
    because: clean,
    deadlines: [{ case: id, due: "x" }],
  });
  const on = { kind: "compliance-issue", firstRed: RED } as const;
  await giveEffect(cockpit, { kind: "note", repositoryId: repository.id, on, key: "n", body: clean });
  for (const address of [`${path}/${id}`, path]) {
    const shown = await page(address, admin);
    expect(shown).not.toContain('javascript:canary()"');
    const raw = /.{0,20}[\u202A-\u202E\u200B].{0,150}/.exec(textOf(shown))?.[0] ?? null;
    expect(raw).toBeNull();
  }
});
