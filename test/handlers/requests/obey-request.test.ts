import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BasePermission } from "../../../src/domain/authority/authority.ts";
import { isRepositoryId } from "../../../src/domain/brands.ts";
import type { CaseId, ComplianceCase } from "../../../src/domain/compliance/case.ts";
import type { Effect } from "../../../src/domain/effect.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import type { CockpitCommand, StoredRequest, WishPlace } from "../../../src/domain/requests/request.ts";
import { answerRequest } from "../../../src/handlers/answer-request.ts";
import type { HandlerDependencies } from "../../../src/handlers/dependencies.ts";
import { lookAtGate } from "../../../src/handlers/look-at-gate.ts";
import type { AuditRecord } from "../../../src/store/audit.ts";
import { listOpenCases } from "../../../src/store/compliance-case.ts";
import { listHalts } from "../../../src/store/halt.ts";
import { listOverrides } from "../../../src/store/override.ts";
import { listRollbackPermits } from "../../../src/store/rollback-permit.ts";
import { addRequest, findRequest } from "../../../src/store/request.ts";
import { upsertRepository } from "../../../src/store/repository.ts";
import { type GivenCase, giveCase } from "../../cockpit/case/case-world.ts";
import { buildCommit, buildRepository, sha, TAKEN_AT } from "../../domain/build-snapshot.ts";
import { type HandlerTest, NO_FILE, openHandlerTest, policyText } from "../small-github.ts";

const HOUR = 3_600_000;
const POLICY = `
deploy: { environments: { production: { base: { branch: live } } } }
tickets: { projects: [PLAY] }
notify: { slack: { channel: "#deploys" } }
`;
const HEAD = sha("main");

let given: HandlerTest;
/** One of its own for each test: they share a database. */
let repository: RepositoryFacts;
let permission: BasePermission;
let now: Date;
let ids = 100;
beforeAll(async () => {
  given = await openHandlerTest();
});
afterAll(() => given.db.drop());
beforeEach(async () => {
  ids += 1;
  if (!isRepositoryId(ids)) throw new Error("numbers above 0 are ids");
  repository = buildRepository({ id: ids, name: `shop-${ids}` });
  permission = "admin";
  now = TAKEN_AT;
  given.asked.splice(0);
  given.world.policyFile = policyText(POLICY);
  given.world.branches["live"] = sha("live");
  given.world.commits.set(HEAD, [buildCommit("main", "Tune the cache")]);
  await upsertRepository(given.db.database, repository, TAKEN_AT);
});

function dependencies(more: Partial<HandlerDependencies["github"]> = {}): HandlerDependencies {
  const { github } = given.dependencies;
  return {
    ...given.dependencies,
    clock: { now: () => now },
    github: {
      ...github,
      readOutline: () =>
        Promise.resolve({
          repository,
          squashOnly: false,
          policyFile: given.world.policyFile,
          organisationPolicyFile: NO_FILE,
        }),
      readPermission: () => Promise.resolve(permission),
      isReachable: () => Promise.resolve({ state: "known", value: true }),
      ...more,
    },
  };
}

async function ask(command: CockpitCommand, on: WishPlace, by = "octocat"): Promise<number> {
  const wish = { kind: "command", command, on } as const;
  const asked = { repositoryId: repository.id, by: { id: by.length, login: by }, wish, at: now };
  return await given.db.database.transaction((transaction) => addRequest(transaction, asked));
}

/** Asked and looked at, as often as told; as it is then. */
async function done(
  command: CockpitCommand,
  on: WishPlace,
  by = "octocat",
  looks = 1,
): Promise<StoredRequest> {
  const requestId = await ask(command, on, by);
  for (let look = 0; look < looks; look += 1) {
    await answerRequest(dependencies(), { kind: "request", repositoryId: repository.id, requestId });
  }
  const request = await findRequest(given.db.database, requestId);
  if (request === null) throw new Error("the request is gone");
  return request;
}

async function effects(): Promise<readonly Effect[]> {
  return (await given.effects()).filter(({ repositoryId }) => repositoryId === repository.id);
}

async function records(): Promise<readonly AuditRecord[]> {
  const rows = await given.db.database.query<{ record: AuditRecord }>(
    "select record from holdpoint.audit where (record ->> 'repository')::bigint = $1 order by sequence",
    [repository.id],
  );
  return rows.map(({ record }) => record);
}

const HALT: CockpitCommand = { kind: "halt", environment: null, because: "the till is `down` @acme/all" };
const OVERRIDE: CockpitCommand = {
  kind: "override",
  check: null,
  duration: 4 * HOUR,
  environment: null,
  because: "hotfix",
};
const SEEN: WishPlace = { kind: "deploy", environment: "production", sha: HEAD, codes: ["no-ticket"] };

describe("a halt", () => {
  test("stops deploys at once, is on record under its request, and told to the channel; on GitHub it has no issue", async () => {
    permission = "write";
    const { id, state, answer, finishedAt } = await done(HALT, { kind: "repository" });
    expect({ state, finishedAt }).toEqual({ state: "done", finishedAt: TAKEN_AT });
    expect(answer).toEqual({
      code: "halt",
      message:
        "Deploys are halted by octocat, because: the till is `down` @acme/all\n\noctocat or admins can end that.",
    });
    expect(await listHalts(given.db.database, repository.id)).toMatchObject([
      { source: `request:${id}`, issueNumber: null, environment: null, by: "octocat" },
    ]);
    expect((await effects()).map(({ kind }) => kind)).toEqual(["slack"]);
    expect(await records()).toEqual([
      {
        what: "halt-began",
        repository: repository.id,
        issue: null,
        request: id,
        by: "octocat",
        by_id: 7,
        source: `request:${id}`,
        environment: null,
        because: "the till is `down` @acme/all",
      },
    ]);
    const subjects = given.asked.flatMap((job) => (job.kind === "look" ? [job.data.subject.kind] : []));
    expect(subjects).toContain("gate");
    expect(subjects).not.toContain("issue");
  });

  test("looked at twice is one halt", async () => {
    await done(HALT, { kind: "repository" }, "octocat", 3);
    expect(await listHalts(given.db.database, repository.id)).toHaveLength(1);
    expect(await records()).toHaveLength(1);
  });

  test("of two looks at once one acts", async () => {
    const requestId = await ask(HALT, { kind: "repository" });
    const subject = { kind: "request", repositoryId: repository.id, requestId } as const;
    await Promise.all([answerRequest(dependencies(), subject), answerRequest(dependencies(), subject)]);
    expect(await listHalts(given.db.database, repository.id)).toHaveLength(1);
    expect(await records()).toHaveLength(1);
  });

  test.each([["read"], ["none"]] as const)("needs write access: not with %s", async (right) => {
    permission = right;
    const { state, answer } = await done(HALT, { kind: "repository" });
    expect({ state, answer }).toEqual({
      state: "refused",
      answer: {
        code: "needs-write",
        message: "That needs write access to this repository: nothing was done. Ask somebody who has it.",
      },
    });
    expect(await listHalts(given.db.database, repository.id)).toEqual([]);
    expect(await records()).toMatchObject([{ what: "command-refused", because: "needs-write" }]);
  });

  test("of an environment that the policy does not have is refused in words, not in Markdown", async () => {
    const wanted = { ...HALT, environment: "`prod` <b>" };
    const { answer } = await done(wanted, { kind: "repository" });
    expect(answer).toEqual({
      code: "unknown-environment",
      message: "The policy names no environment `prod` <b>: nothing was done. It names production.",
    });
  });

  test("a limit of GitHub's is no refusal: it is looked at again later", async () => {
    const requestId = await ask(HALT, { kind: "repository" });
    const subject = { kind: "request", repositoryId: repository.id, requestId } as const;
    const limited = dependencies({ readPermission: () => Promise.reject(new Error("a limit")) });
    await expect(answerRequest(limited, subject)).rejects.toThrow("a limit");
    expect(await findRequest(given.db.database, requestId)).toMatchObject({ state: "asked" });
    await answerRequest(dependencies(), subject);
    expect(await findRequest(given.db.database, requestId)).toMatchObject({ state: "done" });
  });
});

describe("the end of a halt", () => {
  async function haltedBy(login: string): Promise<number> {
    await done(HALT, { kind: "repository" }, login);
    const halts = await listHalts(given.db.database, repository.id);
    return halts.at(-1)?.id ?? 0;
  }

  test("is of the one that was shown", async () => {
    const first = await haltedBy("octocat");
    await haltedBy("hubot");
    now = new Date(now.getTime() + 1_000);
    const { answer } = await done({ kind: "resume", because: "fixed" }, { kind: "halt", id: first });
    expect(answer).toEqual({ code: "resume", message: "The halt is over, ended by octocat, because: fixed" });
    expect(await listHalts(given.db.database, repository.id)).toMatchObject([{ by: "hubot" }]);
  });

  test("is for whoever halted, or admins", async () => {
    const id = await haltedBy("hubot");
    permission = "write";
    now = new Date(now.getTime() + 1_000);
    const { answer } = await done({ kind: "resume", because: "I say so" }, { kind: "halt", id });
    expect(answer).toEqual({
      code: "not-authorised",
      message: "Only hubot or admins can end that: nothing was done. Ask one of them.",
    });
    const own = await done({ kind: "resume", because: "I halted" }, { kind: "halt", id }, "hubot");
    expect(own.state).toBe("done");
  });

  test("of one that is over already is said to be so", async () => {
    const id = await haltedBy("octocat");
    now = new Date(now.getTime() + 1_000);
    await done({ kind: "resume", because: "fixed" }, { kind: "halt", id });
    const { state, answer } = await done({ kind: "resume", because: "fixed" }, { kind: "halt", id });
    expect({ state, answer }).toEqual({
      state: "refused",
      answer: { code: "no-halt", message: "That halt is over already: there is nothing to end." },
    });
  });
});

describe("an override of what holds the deploy", () => {
  test("J11: lifts what was seen, for that commit in that environment, and ends by itself", async () => {
    const { id, state, answer } = await done(OVERRIDE, SEEN);
    expect({ state, answer }).toEqual({
      state: "done",
      answer: {
        code: "override",
        message: `Lifted for ${HEAD.slice(0, 7)} in production until 2026-03-02 14:00 UTC: “a commit carries no ticket”. Another commit is judged anew.`,
      },
    });
    expect(await listOverrides(given.db.database, repository.id, now)).toMatchObject([
      {
        source: `request:${id}`,
        issueNumber: null,
        scope: { kind: "reasons", environment: "production", sha: HEAD, codes: ["no-ticket"] },
      },
    ]);
    now = new Date(now.getTime() + 4 * HOUR);
    await lookAtGate(dependencies(), { kind: "gate", repositoryId: repository.id });
    expect(await records()).toMatchObject([
      { what: "override-began", by: "octocat" },
      { what: "override-ended", by: null, source: `request:${id}` },
    ]);
    const told = (await effects()).flatMap((one) => (one.kind === "slack" ? [one.text] : []));
    expect(told).toContainEqual(
      `${repository.owner}/${repository.name}: The override for production is over, and what it lifted counts again: “a commit carries no ticket”.`,
    );
  });

  test("J11: lifts nothing that was not shown, and says what still holds", async () => {
    await done(HALT, { kind: "repository" });
    now = new Date(now.getTime() + 1_000);
    const { answer } = await done(OVERRIDE, SEEN);
    expect(answer?.message).toContain(
      ": “a commit carries no ticket”. Another commit is judged anew.\n\nIt is still held:\n\n- ",
    );
    expect(answer?.message).toContain("halted by octocat");
    expect(await listOverrides(given.db.database, repository.id, now)).toMatchObject([
      { scope: { codes: ["no-ticket"] } },
    ]);
  });

  test("of a head that moved meanwhile lifts nothing", async () => {
    const { state, answer } = await done(OVERRIDE, { ...SEEN, sha: sha("older") });
    expect(state).toBe("refused");
    expect(answer).toEqual({
      code: "head-moved",
      message: `The deploy head is ${HEAD.slice(0, 7)} now, and what you saw was ${sha("older").slice(0, 7)}: nothing was lifted. Look at what holds it now, and say it once more.`,
    });
    expect(await listOverrides(given.db.database, repository.id, now)).toEqual([]);
  });

  test("is for admins alone, where the policy does not say otherwise", async () => {
    permission = "write";
    const { answer } = await done(OVERRIDE, SEEN);
    expect(answer).toEqual({
      code: "not-authorised",
      message: "Only admins can do that: nothing was done. Ask one of them.",
    });
  });

  test("lasts at most as long as the policy allows, and says so", async () => {
    const { answer } = await done({ ...OVERRIDE, duration: 500 * HOUR }, SEEN);
    expect(answer?.message).toContain("until 2026-03-05 10:00 UTC");
    expect(answer?.message).toContain("That is the most that the policy allows.");
  });

  test("with four eyes is not for whoever wrote part of it", async () => {
    given.world.policyFile = policyText(`${POLICY}override: { four_eyes: true }\n`);
    expect((await done(OVERRIDE, SEEN)).answer?.code).toBe("four-eyes");
    expect((await done(OVERRIDE, SEEN, "monalisa")).state).toBe("done");
  });
});

describe("a rollback", () => {
  const ROLLBACK: CockpitCommand = {
    kind: "rollback",
    sha: HEAD,
    environment: "production",
    because: "worse",
  };

  test("J4: lets what was live there before out again for one hour", async () => {
    permission = "write";
    const was = dependencies({ wasDeployed: () => Promise.resolve(true) });
    const requestId = await ask(ROLLBACK, { kind: "repository" });
    await answerRequest(was, { kind: "request", repositoryId: repository.id, requestId });
    expect(await findRequest(given.db.database, requestId)).toMatchObject({ state: "done" });
  });

  test("of what never ran there is refused", async () => {
    expect((await done(ROLLBACK, { kind: "repository" })).answer?.code).toBe("never-live");
    expect(await listRollbackPermits(given.db.database, repository.id, now)).toEqual([]);
  });
});

describe("a looser policy", () => {
  const LOOSER = POLICY.replace(
    "production: { base: { branch: live } }",
    "staging: { base: { branch: live } }",
  );

  test("J9: is accepted as it was shown, not as it became since", async () => {
    await done(HALT, { kind: "repository" });
    given.world.policyFile = policyText(LOOSER);
    now = new Date(now.getTime() + HOUR);
    const early = new Date(now.getTime() - 1).toISOString();
    const before = await done({ kind: "accept-policy" }, { kind: "policy", waitingSince: early });
    expect(before.answer?.code).toBe("changed-since");
    expect(before.answer?.message).toContain("The policy changed again after you saw it: nothing was done.");
    const seen = now.toISOString();
    now = new Date(now.getTime() + HOUR);
    const after = await done({ kind: "accept-policy" }, { kind: "policy", waitingSince: seen });
    expect(after).toMatchObject({ state: "done" });
    expect(after.answer?.message).toContain("the environment production is gone");
  });
});

describe("a case, lifted or given more time on its page", () => {
  const EXTEND: CockpitCommand = { kind: "extend", duration: 12 * HOUR, because: "in review" };

  async function red(more: GivenCase = {}): Promise<{ readonly on: WishPlace; readonly id: CaseId }> {
    const one = await giveCase({ db: given.db, now: () => now }, repository, more);
    return { on: { kind: "case", firstRed: one.firstRed.sha }, id: one.id };
  }
  const past = (): Partial<ComplianceCase> => {
    const at = new Date(now.getTime() - HOUR);
    return { deadline: at, expiredAt: at };
  };

  test("the issue is told what was said and done, and shown with its label", async () => {
    const { on, id } = await red({ issueNumber: 12, changes: past() });
    const { answer } = await done({ ...OVERRIDE, check: "search / nightly" }, on);
    expect(answer?.message).toBe(
      "Lifted until 2026-03-02 14:00 UTC: search / nightly. It ends by itself, and the halt returns unless it is green by then.",
    );
    const overrides = await listOverrides(given.db.database, repository.id, now);
    expect(overrides).toMatchObject([{ issueNumber: 12, scope: { kind: "cases", caseIds: [id] } }]);
    const notes = (await effects()).flatMap((one) => (one.kind === "note" ? [one] : []));
    expect(notes).toMatchObject([{ on: { kind: "compliance-issue" } }]);
    expect(notes[0]?.key).toMatch(/^request-[0-9]+$/);
    expect(notes[0]?.body).toBe(
      "`octocat` in the cockpit: override, because: hotfix\n\nLifted until 2026-03-02 14:00 UTC: `search / nightly`. It ends by itself, and the halt returns unless it is green by then.",
    );
    const looked = given.asked.flatMap((job) => (job.kind === "look" ? [job.data.subject] : []));
    expect(looked).toContainEqual({ kind: "issue", repositoryId: repository.id, number: 12 });
  });

  test("before its issue has a number it is lifted as well, once, and ends by itself", async () => {
    const { on } = await red({ changes: past() });
    const command = { ...OVERRIDE, check: "search / nightly" };
    expect((await done(command, on)).state).toBe("done");
    expect((await done(command, on)).answer?.code).toBe("lifted-already");
    now = new Date(now.getTime() + 4 * HOUR);
    await lookAtGate(dependencies(), { kind: "gate", repositoryId: repository.id });
    expect((await records()).map(({ what }) => what)).toEqual([
      "override-began",
      "command-refused",
      "override-ended",
    ]);
  });

  test("a refusal is the person's alone: the issue is not told", async () => {
    const { on } = await red({ issueNumber: 12 });
    expect((await done(OVERRIDE, on)).answer).toEqual({
      code: "not-expired",
      message:
        "None of these checks is past its deadline, so there is nothing to lift. A later deadline gives more time.",
    });
    expect((await effects()).filter(({ kind }) => kind === "note")).toEqual([]);
  });

  test("more time moves the deadline, once however often it is looked at", async () => {
    const { on, id } = await red({ issueNumber: 12 });
    const due = new Date(now.getTime() + 48 * HOUR);
    const { state } = await done(EXTEND, on, "octocat", 2);
    expect(state).toBe("done");
    const open = await listOpenCases(given.db.database, repository.id);
    expect(open).toMatchObject([{ id, deadline: due }]);
  });

  test("of two looks at once one moves it, and one record says so", async () => {
    const { on } = await red({ issueNumber: 12 });
    const requestId = await ask(EXTEND, on);
    const subject = { kind: "request", repositoryId: repository.id, requestId } as const;
    await Promise.all([answerRequest(dependencies(), subject), answerRequest(dependencies(), subject)]);
    expect((await records()).map(({ what }) => what)).toEqual(["extended"]);
  });

  test("a check that said nothing for 7 days is closed by hand", async () => {
    const { on } = await red();
    const resolve: CockpitCommand = { kind: "resolve", because: "nobody runs it" };
    expect((await done(resolve, on)).answer?.code).toBe("not-silent");
    now = new Date(now.getTime() + 8 * 24 * HOUR);
    expect((await done(resolve, on)).state).toBe("done");
    expect(await listOpenCases(given.db.database, repository.id)).toEqual([]);
  });

  test("a case of another repository is not this one's", async () => {
    const { on } = await red({ changes: past() });
    const foreign: WishPlace = { kind: "case", firstRed: sha("somebody else's") };
    expect((await done(OVERRIDE, foreign)).answer?.code).toBe("nothing-open");
    expect((await done(OVERRIDE, on)).state).toBe("done");
  });

  test.each([[EXTEND], [OVERRIDE]])("is for admins: $kind is not for writers", async (command) => {
    const { on } = await red({ issueNumber: 12, changes: past() });
    permission = "write";
    expect((await done(command, on)).answer?.code).toBe("not-authorised");
  });
});
