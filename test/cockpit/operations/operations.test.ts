import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isInstallationId } from "../../../src/domain/brands.ts";
import type { InstallationId, RepositoryFacts } from "../../../src/domain/model.ts";
import type { LimitLeft } from "../../../src/ports/installations.ts";
import type { JobRequest } from "../../../src/queue/jobs.ts";
import { countJobs } from "../../../src/queue/counts.ts";
import { wishEffects } from "../../../src/store/effect.ts";
import { keepGranted, upsertInstallation } from "../../../src/store/installation.ts";
import { notePolicyProblems, storePolicy } from "../../../src/store/policy.ts";
import { markReconciled } from "../../../src/store/repository.ts";
import { settleRequest } from "../../../src/store/request.ts";
import { ASKED_EVENTS, ASKED_PERMISSIONS } from "../../../src/domain/permissions/asked.ts";
import { sha } from "../../domain/build-snapshot.ts";
import { HOSTILE } from "../../domain/escape/hostile-text.ts";
import { gitHubWith } from "../github-with.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { addDelivery, fillWithTrouble, uuid } from "./operations-world.ts";

let cockpit: OpenCockpit;
let limits: LimitLeft[] = [];
let enqueued: JobRequest[] = [];
let people = 0;

beforeAll(async () => {
  cockpit = await openCockpit({
    github: gitHubWith({ limitsLeft: () => limits }),
    queue: {
      counts: () => countJobs(cockpit.db.database),
      async enqueue(transaction, jobs) {
        enqueued.push(...jobs);
        // The look that a request asks for, which is done at once here.
        for (const { data } of jobs) {
          if (!("subject" in data) || data.subject.kind !== "request") continue;
          const answer = { code: "retry-effect", message: "It is tried again." };
          await settleRequest(transaction, data.subject.requestId, {
            state: "done",
            answer,
            at: cockpit.now(),
          });
        }
      },
    },
  });
});
afterAll(() => cockpit.close());
beforeEach(async () => {
  limits = [];
  enqueued = [];
  people += 1;
  await cockpit.db.database.query("delete from holdpoint.delivery");
});

function installation(id: number): InstallationId {
  if (!isInstallationId(id)) throw new Error(`${id} is no id`);
  return id;
}

async function textOf(cookie: string, path = "/operations"): Promise<string> {
  const answer = await cockpit.get(path, cookie);
  expect(answer.status).toBe(200);
  return await answer.text();
}

/** Somebody of whom nobody has heard yet, so that no test sees what another did. */
function login(): string {
  return `somebody-${people}`;
}

async function wellRepository(name: string, id: number): Promise<RepositoryFacts> {
  const repository = await cockpit.repository(name, { installationId: installation(id) });
  const { database } = cockpit.db;
  const account = { id, login: repository.owner };
  await upsertInstallation(
    database,
    { id: repository.installationId, account, state: "active" },
    cockpit.now(),
  );
  await keepGranted(database, repository.installationId, {
    permissions: ASKED_PERMISSIONS,
    events: ASKED_EVENTS,
    page: null,
  });
  await markReconciled(database, repository.id, cockpit.now());
  const policy = { text: "mode: observe", sha: "p", organisationText: null, organisationSha: null };
  await storePolicy(database, repository.id, policy, cockpit.now());
  return repository;
}

test("where nothing waits and nothing failed, that is what the page says", async () => {
  const shop = await wellRepository("acme/calm", 20);
  const text = await textOf(await cockpit.signIn(login(), [[shop, "read"]]));
  expect(text).toContain("Nothing waits, nothing failed");
  expect(text).toContain("Everything came through");
  expect(text).toContain("No job was given up");
  expect(text).not.toContain("Missing permissions");
});

test("what failed is shown with its answer, since when, and who can do what about it", async () => {
  const shop = await cockpit.repository("troubled/shop", { installationId: installation(21) });
  await fillWithTrouble(cockpit.db, shop, { word: "sprocket", at: cockpit.now() });
  const text = await textOf(await cockpit.signIn(login(), [[shop, "write"]]));
  expect(text).toContain("holdpoint/sprocket");
  expect(text).toContain("422 for sprocket");
  expect(text).toContain("10 min ago");
  expect(text).toContain("broke at sprocket");
  expect(text).toContain("Look at pull request #5");
  expect(text).toContain("nobody knows sprocket");
  expect(text).toContain("Line 3, column 5, deploy");
  expect(text).toContain("there is no sprocket");
  expect(text).toContain('href="https://github.com/troubled/shop/edit/main/.github/holdpoint.yml#L3"');
  expect(text).toContain("9 permissions and 12 events are missing for troubled");
  expect(text).toContain("No commit status is posted");
  expect(text).toContain('href="https://github.com/organizations/troubled/settings/installations/21"');
  expect(text).toContain("Never compared with GitHub");
});

describe("REL-76: of a repository that somebody may not see", () => {
  test("nothing stands on the page, whatever is wrong there", async () => {
    const theirs = await wellRepository("acme/theirs", 22);
    const other = await cockpit.repository("canary-owner/canary-name", { installationId: installation(23) });
    const beside = await cockpit.repository("acme/canary-beside", { installationId: installation(22) });
    await fillWithTrouble(cockpit.db, other, { word: "canary-other", at: cockpit.now() });
    await fillWithTrouble(cockpit.db, beside, { word: "canary-beside", at: cockpit.now() });
    await keepGranted(cockpit.db.database, theirs.installationId, {
      permissions: ASKED_PERMISSIONS,
      events: ASKED_EVENTS,
      page: null,
    });
    const limit = { resource: "canary-limit", remaining: 1, limit: 2, seenAt: cockpit.now() };
    limits = [
      { ...limit, installationId: other.installationId, resetAt: new Date(cockpit.now().getTime() + 60_000) },
    ];
    const text = await textOf(await cockpit.signIn(login(), [[theirs, "admin"]]));
    expect(text).not.toContain("canary");
    expect(text).toContain("Nothing waits, nothing failed");
  });

  test("neither a delivery of no repository nor one of Jira's is told in detail", async () => {
    const theirs = await wellRepository("acme/no-details", 24);
    const at = cockpit.now();
    const { database } = cockpit.db;
    await addDelivery(database, "canary-1", { at, body: { action: "canary" }, reason: "canary" });
    await addDelivery(database, "canary-2", {
      at,
      source: "jira",
      body: { repository: { id: theirs.id } },
      reason: "canary",
    });
    const text = await textOf(await cockpit.signIn(login(), [[theirs, "admin"]]));
    expect(text).not.toContain("canary");
  });

  test("nobody puts its jobs back, though they may in another repository", async () => {
    const theirs = await wellRepository("acme/mine", 25);
    const other = await cockpit.repository("canary-two/shop", { installationId: installation(26) });
    const { look, delivery } = await fillWithTrouble(cockpit.db, other, {
      word: "foreign",
      at: cockpit.now(),
    });
    const cookie = await cockpit.signIn(login(), [[theirs, "admin"]]);
    const token = await tokenFor(cookie);
    for (const id of [look, delivery, uuid("none"), "'; drop table holdpoint.parked_job; --"]) {
      const path = `/acme/mine/operations/parked/${encodeURIComponent(id)}/retry`;
      const answer = await cockpit.post(path, cookie, { token });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/operations?retried=no"]);
    }
    const away = await cockpit.post(`/canary-two/shop/operations/parked/${look}/retry`, cookie, { token });
    expect(away.status).toBe(404);
    expect(enqueued).toEqual([]);
    expect(
      await cockpit.db.database.query(
        "select count(*)::int as kept from holdpoint.parked_job where id = any ($1)",
        [[look, delivery]],
      ),
    ).toEqual([{ kept: 2 }]);
  });
});

/** Every page with a menu has it. */
async function tokenFor(cookie: string): Promise<string> {
  return /name="token" value="([^"]+)"/.exec(await textOf(cookie))?.[1] ?? "no token";
}

test("what is wrong with the organisation's defaults is not quoted to those who see a public repository", async () => {
  const at = { file: "organisation", line: 3, column: 5 } as const;
  const problems = [{ ...at, path: "canary-path", message: "canary-text" }];
  const shown = await Promise.all(
    [false, true].map(async (isPrivate) => {
      const shop = await cockpit.repository(`defaults/${isPrivate ? "private" : "public"}`, {
        private: isPrivate,
      });
      await notePolicyProblems(cockpit.db.database, shop.id, "invalid", problems, cockpit.now());
      return await textOf(await cockpit.signIn(`${login()}-${isPrivate}`, [[shop, "read"]]));
    }),
  );
  expect(shown.map((text) => text.match(/canary-\w+/g))).toEqual([null, ["canary-path", "canary-text"]]);
  expect(shown[0]).toContain("What stands there is not shown in a public repository.");
});

describe("trying again", () => {
  test.each([["look"], ["delivery"]] as const)(
    "puts a parked %s back to work, and says in the audit who did it",
    async (kind) => {
      const shop = await cockpit.repository(`acme/retry-${kind}`, { installationId: installation(27) });
      const parked = await fillWithTrouble(cockpit.db, shop, { word: `again-${kind}`, at: cockpit.now() });
      const cookie = await cockpit.signIn(login(), [[shop, "write"]]);
      const token = await tokenFor(cookie);
      const path = `/acme/retry-${kind}/operations/parked/${parked[kind]}/retry`;
      const answer = await cockpit.post(path, cookie, { token });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/operations?retried=yes"]);
      expect(enqueued.map((job) => job.kind)).toEqual([kind]);
      expect(await textOf(cookie, "/operations?retried=yes")).toContain("The job is back in the queue.");
      expect(
        await cockpit.db.database.query(
          "select record from holdpoint.audit where record ->> 'what' = 'job-retried' and record ->> 'job' = $1",
          [parked[kind]],
        ),
      ).toMatchObject([{ record: { by: login(), repository: shop.id, kind } }]);
      const again = await cockpit.post(path, cookie, { token });
      expect(again.headers.get("location")).toBe("/operations?retried=no");
    },
  );

  test("asks for an effect to be made true in the person's name, and shows what became of that to them alone", async () => {
    const shop = await cockpit.repository("acme/effects", { installationId: installation(28) });
    const { target } = await fillWithTrouble(cockpit.db, shop, { word: "effects", at: cockpit.now() });
    const cookie = await cockpit.signIn(login(), [[shop, "write"]]);
    const token = await tokenFor(cookie);
    const answer = await cockpit.post("/acme/effects/operations/retry", cookie, { token, target });
    expect(answer.status).toBe(303);
    const location = answer.headers.get("location") ?? "";
    expect(location).toMatch(/^\/operations\?request=\d+$/);
    expect(
      await cockpit.db.database.query(
        "select by_login, wish from holdpoint.request where repository_id = $1",
        [shop.id],
      ),
    ).toEqual([{ by_login: login(), wish: { kind: "retry-effect", target } }]);
    expect(await textOf(cookie, location)).toContain("It is tried again.");
    const other = await cockpit.signIn(`${login()}-other`, [[shop, "write"]]);
    expect(await textOf(other, location)).not.toContain("It is tried again.");
  });

  test("is offered to nobody who may only read, and refused to them", async () => {
    const shop = await cockpit.repository("acme/readers", { installationId: installation(29) });
    const { target, look } = await fillWithTrouble(cockpit.db, shop, { word: "readers", at: cockpit.now() });
    const cookie = await cockpit.signIn(login(), [[shop, "read"]]);
    const text = await textOf(cookie);
    expect(text).toContain("Somebody with write access can try it again.");
    expect(text).not.toContain("Try again");
    const token = await tokenFor(cookie);
    for (const path of [`parked/${look}/retry`, "retry"]) {
      const answer = await cockpit.post(`/acme/readers/operations/${path}`, cookie, { token, target });
      expect(answer.status).toBe(403);
    }
    expect(enqueued).toEqual([]);
  });

  test("is done for no other site, and for no form without its token", async () => {
    const shop = await cockpit.repository("acme/forged", { installationId: installation(30) });
    const { look, target } = await fillWithTrouble(cockpit.db, shop, { word: "forged", at: cockpit.now() });
    const cookie = await cockpit.signIn(login(), [[shop, "admin"]]);
    const token = await tokenFor(cookie);
    for (const path of [`parked/${look}/retry`, "retry"]) {
      const there = `/acme/forged/operations/${path}`;
      // The form is shown again, to be sent once more by whoever meant it.
      expect((await cockpit.post(there, cookie, { target })).status).toBe(409);
      const elsewhere = { origin: "https://evil.example" };
      expect((await cockpit.post(there, cookie, { target, token }, elsewhere)).status).toBe(403);
    }
    expect(enqueued).toEqual([]);
  });
});

test("permissions are accepted at GitHub and nowhere else, whatever page was told", async () => {
  const shop = await cockpit.repository("strange/page", { installationId: installation(34) });
  const { database } = cockpit.db;
  const account = { id: 34, login: "strange" };
  await upsertInstallation(database, { id: shop.installationId, account, state: "active" }, cockpit.now());
  for (const page of ["https://evil.example/organizations/x", "javascript:canary()", null]) {
    await database.query("update holdpoint.installation set page = null where id = 34");
    await keepGranted(database, shop.installationId, { permissions: {}, events: [], page });
    const text = await textOf(await cockpit.signIn(login(), [[shop, "read"]]));
    expect(text).toContain('href="https://github.com/settings/installations/34"');
    expect(text).not.toMatch(/evil\.example|canary/);
  }
});

test("a repository that was not compared for more than a quarter of an hour stands out, an archived one does not", async () => {
  const late = await wellRepository("acme/late", 31);
  const archived = await cockpit.repository("acme/archived", {
    installationId: installation(31),
    archived: true,
  });
  const ago = (minutes: number): Date => new Date(cockpit.now().getTime() - minutes * 60_000);
  const cookie = await cockpit.signIn(login(), [
    [late, "read"],
    [archived, "read"],
  ]);
  await markReconciled(cockpit.db.database, late.id, ago(15));
  expect(await textOf(cookie)).toContain("Nothing waits, nothing failed");
  await markReconciled(cockpit.db.database, late.id, ago(16));
  const text = await textOf(cookie);
  expect(text).toContain("1 repository not compared lately");
  expect(text).toContain("16 min ago");
});

test("the limits of GitHub are said in words, with when there are new ones; what is over is not shown", async () => {
  const shop = await wellRepository("acme/limits", 32);
  const limit = { installationId: shop.installationId, remaining: 321, limit: 5_000, seenAt: cockpit.now() };
  const inMinutes = (minutes: number): Date => new Date(cockpit.now().getTime() + minutes * 60_000);
  limits = [
    { ...limit, resource: "core", resetAt: inMinutes(12) },
    { ...limit, resource: "graphql", remaining: 4_999, resetAt: inMinutes(-1) },
  ];
  const text = await textOf(await cockpit.signIn(login(), [[shop, "read"]]));
  expect(text).toContain("321 of 5,000 calls left");
  expect(text).toContain("in 12 min");
  expect(text).not.toContain("4,999");
});

test("REL-74: whatever stands in an answer, an error or a name, it stays text", async () => {
  const shop = await cockpit.repository("acme/hostile", { installationId: installation(33) });
  const { database } = cockpit.db;
  const cookie = await cockpit.signIn(login(), [[shop, "write"]]);
  const canary = `<script>canary()</script>"'><img src=x onerror=canary()>`;
  const at = cockpit.now();
  for (const [index, [, text]] of [...HOSTILE, ["a script", canary] as const].entries()) {
    const word = text.replaceAll("\0", "").toWellFormed();
    const context = `${index} ${word}`.slice(0, 200);
    const [target = ""] = await database.transaction((transaction) =>
      wishEffects(
        transaction,
        [
          {
            kind: "status",
            repositoryId: shop.id,
            sha: sha("head"),
            context,
            state: "success",
            description: "",
            targetUrl: null,
          },
        ],
        at,
      ),
    );
    await database.query("update holdpoint.effect set last_answer = $2 where target = $1", [target, word]);
    await addDelivery(database, `hostile-${index}`, {
      at,
      body: { repository: { id: shop.id } },
      reason: word,
    });
  }
  const text = await textOf(cookie);
  // What names an effect comes back as it is, in a field that nobody sees.
  const shown = text.replaceAll(/<input type="hidden"[^>]*>/g, "");
  expect(/<script>canary|<img|<b onclick|\u202E|[^\P{Cc}\n]/u.exec(shown)).toBeNull();
  expect(text).toContain("&lt;script&gt;canary()");
});
