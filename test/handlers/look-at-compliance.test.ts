import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { caseState } from "../../src/domain/compliance/case.ts";
import type { Reading } from "../../src/domain/model.ts";
import type { TrunkEvidence } from "../../src/domain/compliance/evidence.ts";
import { Fault } from "../../src/errors.ts";
import type { HandlerDependencies } from "../../src/handlers/dependencies.ts";
import { lookAtCompliance } from "../../src/handlers/look-at-compliance.ts";
import type { GitHub } from "../../src/ports/github.ts";
import type { AuditRecord } from "../../src/store/audit.ts";
import {
  endCase,
  extendCase,
  listCasesOfIssue,
  listOpenCases,
  markWarned,
} from "../../src/store/compliance-case.ts";
import { findDeadline } from "../../src/store/deadline.ts";
import { hearRed } from "../../src/store/heard-red.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { beginLook, takeDueLooks } from "../../src/store/subject.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";
import { HOUR, MINUTE, after, buildTrunk, type GivenRun } from "../domain/compliance/case-history.ts";
import { type HandlerTest, NO_FILE, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const SUBJECT = { kind: "compliance", repositoryId: REPOSITORY.id } as const;
const KEY = "compliance:7";
const POLICY = policyText("deferred: { checks: [{ name: Long, match: { status: '*' } }] }\n");
const GREEN: GivenRun = { on: 1, said: "success", at: after(MINUTE) };
const RED: GivenRun = { on: 2, said: "failure", at: after(10 * MINUTE) };
const RED_2 = sha("commit 2");
const DUE = after(72 * HOUR, RED.at);
const UNREACHABLE = new Fault({ kind: "retry-later", code: "github-unreachable", doing: "reading" });

let given: HandlerTest;
let trunk: () => Promise<Reading<TrunkEvidence>>;
let origins: GitHub["readOrigins"];
let now: Date;

beforeEach(async () => {
  given = await openHandlerTest();
  now = after(HOUR);
  given.world.policyFile = POLICY;
  trunk = known([GREEN, RED]);
  origins = () => Promise.resolve(new Map());
  await upsertRepository(given.db.database, REPOSITORY, now);
});
afterEach(() => given.db.drop());

/** The long checks are statuses: nothing more has to be read about them. */
function known(runs: readonly GivenRun[]): () => Promise<Reading<TrunkEvidence>> {
  const evidence = buildTrunk(runs);
  const source = { kind: "status" } as const;
  const results = evidence.results.map((result) => ({ ...result, source, runId: 0, event: null }));
  return () => Promise.resolve({ state: "known", value: { ...evidence, results } });
}

function dependencies(changes: Partial<HandlerDependencies["github"]> = {}): HandlerDependencies {
  const github: GitHub = {
    ...given.dependencies.github,
    readTrunk: () => trunk(),
    readOrigins: (repository, commits) => origins(repository, commits),
    ...changes,
  };
  return { ...given.dependencies, github, clock: { now: () => now } };
}

/** Begins to watch while all is green, so that nothing is adopted. */
async function watch(): Promise<void> {
  const red = trunk;
  trunk = known([GREEN]);
  now = after(2 * MINUTE);
  await lookAtCompliance(dependencies(), SUBJECT);
  trunk = red;
  now = after(HOUR);
  given.asked.splice(0);
}

async function openAndWarn(): Promise<void> {
  await watch();
  await lookAtCompliance(dependencies(), SUBJECT);
  await given.db.database.transaction((transaction) => markWarned(transaction, REPOSITORY.id, RED_2, now));
  await lookAtCompliance(dependencies(), SUBJECT);
  given.asked.splice(0);
}

async function cases() {
  const found = await listCasesOfIssue(given.db.database, REPOSITORY.id, RED_2);
  return found.map((one) => ({ ...one, state: caseState(one) }));
}

async function audited(): Promise<readonly AuditRecord[]> {
  const rows = await given.db.database.query<{ record: AuditRecord }>(
    "select record from holdpoint.audit order by sequence",
  );
  return rows.map(({ record }) => record);
}

async function lookAgainAt(): Promise<Date | null> {
  const rows = await given.db.database.query<{ at: Date | null }>(
    "select look_again_at as at from holdpoint.subject where key = $1",
    [KEY],
  );
  return rows[0]?.at ?? null;
}

function gateLooks(): number {
  return given.asked.filter((job) => job.kind === "look" && job.data.subject.kind === "gate").length;
}

describe("a look at the deferred checks", () => {
  test("opens a case with its issue, its audit record and a look at the gate, all at once", async () => {
    await watch();
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ name: "long", state: "open", warnedAt: null, deadline: null }]);
    expect(await given.effects()).toMatchObject([{ kind: "issue", firstRed: RED_2, state: "open" }]);
    expect(gateLooks()).toBe(1);
    expect(await audited()).toEqual([
      {
        what: "case-opened",
        repository: 7,
        case: 1,
        check: "long",
        check_key: '["status","long"]',
        first_red: RED_2,
        happened_at: RED.at.toISOString(),
        url: "https://github.com/runs/201",
        grace_ms: 72 * HOUR,
        adopted: false,
      },
    ]);
    // Nobody was warned, so that nothing is due.
    expect(await findDeadline(given.db.database, KEY)).toBeNull();
  });

  test("sets the next deadline: first the reminders, then the halt, then none", async () => {
    await openAndWarn();
    expect(await findDeadline(given.db.database, KEY)).toEqual(after(-24 * HOUR, DUE));
    now = after(-24 * HOUR, DUE);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await findDeadline(given.db.database, KEY)).toEqual(after(-4 * HOUR, DUE));
    now = after(-4 * HOUR, DUE);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await findDeadline(given.db.database, KEY)).toEqual(DUE);
    now = DUE;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await findDeadline(given.db.database, KEY)).toBeNull();
    expect(await cases()).toMatchObject([{ state: "expired" }]);
  });

  test("that finds nothing new writes nothing", async () => {
    await openAndWarn();
    const before = [await cases(), await audited(), await given.effects()];
    await lookAtCompliance(dependencies(), SUBJECT);
    expect([await cases(), await audited(), await given.effects()]).toEqual(before);
    expect(given.asked).toEqual([]);
  });

  test("where no check is deferred reads no trunk", async () => {
    given.world.policyFile = policyText("mode: enforce\n");
    await lookAtCompliance(dependencies({ readTrunk: () => Promise.reject(new Error("read")) }), SUBJECT);
    expect(given.world.calls).toEqual(["readOutline"]);
  });

  test("without a policy does nothing", async () => {
    given.world.policyFile = NO_FILE;
    await lookAtCompliance(dependencies({ readTrunk: () => Promise.reject(new Error("read")) }), SUBJECT);
    expect(await cases()).toEqual([]);
  });
});

test("the owners of a check that goes red later on the same commit are told on its issue, too", async () => {
  given.world.policyFile = policyText(`deferred:
  checks:
    - { name: Long, match: { status: long }, owners: ["@acme/server"] }
    - { name: Other, match: { status: other }, owners: ["@acme/web", "@acme/server"] }
`);
  await watch();
  await lookAtCompliance(dependencies(), SUBJECT);
  trunk = known([GREEN, RED, { ...RED, at: after(HOUR), name: "other", runId: 20 }]);
  now = after(2 * HOUR);
  await lookAtCompliance(dependencies(), SUBJECT);
  const bodies = (await given.effects()).flatMap((effect) => ("body" in effect ? [effect.body] : []));
  expect(bodies).toEqual([
    expect.stringContaining("- @acme/server: owns the check\n- @acme/web: owns the check\n\n"),
    "**`other` is red, too**, since the same commit. Due at 2026-03-05 11:00 UTC. For @acme/web.",
  ]);
});

describe("a red run that an event told of", () => {
  const told = (at: Date) =>
    given.db.database.transaction((transaction) => hearRed(transaction, REPOSITORY.id, RED_2, at));

  test("and that the read does not show yet is looked for again, soon, and then is a case", async () => {
    await watch();
    const red = trunk;
    trunk = known([GREEN]);
    await told(now);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toEqual([]);
    expect(await findDeadline(given.db.database, KEY)).toEqual(after(10_000, now));
    now = after(10_000, now);
    trunk = red;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toHaveLength(1);
    expect(await findDeadline(given.db.database, KEY)).toBeNull();
  });

  test("and never comes is not looked for for ever", async () => {
    await watch();
    trunk = known([GREEN]);
    await told(now);
    now = after(3 * MINUTE, now);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await findDeadline(given.db.database, KEY)).toBeNull();
  });
});

describe("the policy is loosened", () => {
  test("by deleting the file: the case and its clock stay", async () => {
    await openAndWarn();
    given.world.policyFile = NO_FILE;
    now = DUE;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "expired" }]);
  });

  test("by dropping the check: the case stays, and a new red opens no other", async () => {
    await openAndWarn();
    given.world.policyFile = policyText("mode: enforce\n");
    trunk = known([GREEN, RED, { ...RED, on: 3, name: "other", runId: 30 }]);
    now = after(2 * HOUR);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await listOpenCases(given.db.database, REPOSITORY.id)).toHaveLength(1);
    expect(await cases()).toMatchObject([{ state: "open" }]);
  });

  test("by dropping the check, and the case was ended by hand since: the issue closes", async () => {
    await openAndWarn();
    const [one] = await cases();
    if (one === undefined) throw new Error("no case");
    const end = { as: "by-hand", at: now, by: "octocat", because: "retired", url: null, sha: null } as const;
    await given.db.database.transaction((transaction) => endCase(transaction, one.id, end));
    given.world.policyFile = policyText("mode: enforce\n");
    await lookAtCompliance(dependencies(), SUBJECT);
    const issues = (await given.effects()).filter(({ kind }) => kind === "issue");
    expect(issues).toMatchObject([{ state: "closed" }]);
  });

  test("and that was accepted: the case is void, the issue closes", async () => {
    await openAndWarn();
    given.world.policyFile = NO_FILE;
    await given.db.database.query("delete from holdpoint.accepted_policy");
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "void", end: { as: "void" } }]);
    expect((await given.effects()).filter(({ kind }) => kind === "issue")).toMatchObject([
      { state: "closed" },
    ]);
  });
});

test("a check that is watched anew after the file was gone is adopted", async () => {
  await watch();
  given.world.policyFile = NO_FILE;
  trunk = known([GREEN]);
  await lookAtCompliance(dependencies(), SUBJECT);
  given.world.policyFile = POLICY;
  trunk = known([GREEN, RED]);
  now = after(100 * HOUR);
  await lookAtCompliance(dependencies(), SUBJECT);
  expect(await cases()).toMatchObject([{ adopted: true, openedAt: now }]);
});

describe("what happens during a look", () => {
  test("a first warning is not lost: the clock starts with the next look, which is due at once", async () => {
    await watch();
    await lookAtCompliance(dependencies(), SUBJECT);
    const before = trunk;
    trunk = async () => {
      await given.db.database.transaction((transaction) =>
        markWarned(transaction, REPOSITORY.id, RED_2, now),
      );
      return await before();
    };
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await findDeadline(given.db.database, KEY)).toEqual(now);
    trunk = before;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ deadline: DUE }]);
  });

  test("REL-31: an extension at the very deadline is not overwritten: the look is made anew", async () => {
    await openAndWarn();
    const [one] = await cases();
    if (one === undefined) throw new Error("no case");
    const before = trunk;
    now = DUE;
    trunk = async () => {
      await given.db.database.transaction((transaction) =>
        extendCase(transaction, one.id, after(12 * HOUR, DUE)),
      );
      return await before();
    };
    const look = lookAtCompliance(dependencies(), SUBJECT);
    await expect(look).rejects.toMatchObject({ kind: "retry-later", code: "case-changed" });
    trunk = before;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "open", deadline: after(12 * HOUR, DUE) }]);
  });

  test("REL-31: resolved by hand at the very deadline: it does not expire, and the issue closes", async () => {
    await openAndWarn();
    const [one] = await cases();
    if (one === undefined) throw new Error("no case");
    const end = { as: "by-hand", at: DUE, by: "octocat", because: "flaky", url: null, sha: null } as const;
    await given.db.database.transaction((transaction) => endCase(transaction, one.id, end));
    now = DUE;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "resolved", end }]);
    expect((await given.effects()).filter(({ kind }) => kind === "issue")).toMatchObject([
      { state: "closed" },
    ]);
  });

  test("REL-24: a look that was overtaken by a later one writes nothing", async () => {
    await openAndWarn();
    const before = trunk;
    now = DUE;
    trunk = async () => {
      await beginLook(given.db.database, SUBJECT);
      return await before();
    };
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "open" }]);
    expect(given.asked).toEqual([]);
  });
});

describe("REL-48: what cannot be read", () => {
  test("the ground, before the deadline: nothing but another look later", async () => {
    await openAndWarn();
    now = after(2 * HOUR);
    await lookAtCompliance(dependencies({ readOutline: () => Promise.reject(UNREACHABLE) }), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "open", unverifiedSince: null }]);
    expect(await lookAgainAt()).toEqual(after(MINUTE, now));
    expect(await findDeadline(given.db.database, KEY)).toEqual(after(-24 * HOUR, DUE));
  });

  test.each([
    ["the ground", { readOutline: () => Promise.reject(UNREACHABLE) }],
    ["the trunk", { readTrunk: () => Promise.reject(UNREACHABLE) }],
  ])(
    "%s, at the deadline: unverified since then, recorded and told once, read again",
    async (_name, github) => {
      await openAndWarn();
      now = after(MINUTE, DUE);
      await lookAtCompliance(dependencies(github), SUBJECT);
      await lookAtCompliance(dependencies(github), SUBJECT);
      expect(await cases()).toMatchObject([{ state: "open", unverifiedSince: DUE, expiredAt: null }]);
      expect((await audited()).filter(({ what }) => what === "case-unverified")).toHaveLength(1);
      expect(await lookAgainAt()).toEqual(after(MINUTE, now));
      expect(gateLooks()).toBe(1);
      await lookAtCompliance(dependencies(), SUBJECT);
      expect(await cases()).toMatchObject([{ state: "expired", unverifiedSince: null }]);
    },
  );

  test("for hours before the deadline: from then on every minute, so that the confirming read is not late", async () => {
    await openAndWarn();
    const github = { readTrunk: () => Promise.reject(UNREACHABLE) };
    const pauses: number[] = [];
    for (now = after(-20 * MINUTE, DUE); now < after(3 * MINUTE, DUE);) {
      await lookAtCompliance(dependencies(github), SUBJECT);
      const next = (await lookAgainAt()) ?? DUE;
      pauses.push((next.getTime() - now.getTime()) / MINUTE);
      // The deadline itself asks for a look, too.
      now = now < DUE && next > DUE ? DUE : next;
      const until = now;
      await given.db.database.transaction((transaction) => takeDueLooks(transaction, until, 10));
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 1, 1, 1]);
  });

  test("where a new red came from: that case waits, and the one that is due expires nonetheless", async () => {
    await openAndWarn();
    now = DUE;
    trunk = known([GREEN, RED, { on: 4, said: "failure", at: after(3 * HOUR), name: "other", runId: 40 }]);
    origins = () => Promise.reject(UNREACHABLE);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "expired" }]);
    expect(await listOpenCases(given.db.database, REPOSITORY.id)).toHaveLength(1);
    expect(await lookAgainAt()).toEqual(after(MINUTE, now));
    origins = () => Promise.resolve(new Map());
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await listOpenCases(given.db.database, REPOSITORY.id)).toHaveLength(2);
  });

  test("REL-54: a trunk that was deleted releases nothing", async () => {
    await openAndWarn();
    trunk = () => Promise.resolve({ state: "missing", detail: "main" });
    now = DUE;
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await cases()).toMatchObject([{ state: "expired" }]);
  });
});

describe("what is shown of the trunk", () => {
  const pictures = async () => {
    const rows = await given.db.database.query<{
      at: Date;
      track: { commits: readonly { result: string }[] };
    }>(`select read_at as at, track from holdpoint.check_track`);
    return rows.map(({ at, track }) => ({ at, results: track.commits.map(({ result }) => result) }));
  };
  const caseResults = async () => {
    const rows = await given.db.database.query<{ track: { commits: readonly { result: string }[] } | null }>(
      "select track from holdpoint.compliance_case",
    );
    return rows.map(({ track }) =>
      track?.commits.map(({ result }) => result).filter((one) => one !== "none"),
    );
  };

  test("is kept with every look, and not written where nothing changed", async () => {
    await openAndWarn();
    const before = await pictures();
    expect(before).toHaveLength(1);
    expect(before[0]?.results.filter((one) => one !== "none")).toEqual(["red", "green"]);
    const versions = await given.db.database.query("select ctid, xmin from holdpoint.check_track");
    now = after(HOUR, now);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await pictures()).toEqual(before);
    expect(await given.db.database.query("select ctid, xmin from holdpoint.check_track")).toEqual(versions);
  });

  test("a case keeps its own when it has ended, with the green that ended it", async () => {
    await openAndWarn();
    expect(await caseResults()).toEqual([["red", "green"]]);
    trunk = known([GREEN, RED, { on: 3, said: "success", at: after(HOUR) }]);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await caseResults()).toEqual([["green", "red", "green"]]);
    trunk = known([{ on: 9, said: "success", at: after(2 * HOUR) }]);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await caseResults()).toEqual([["green", "red", "green"]]);
  });

  test("stays as it was while GitHub cannot be read, and goes with the checks of the policy", async () => {
    await openAndWarn();
    const before = await pictures();
    trunk = () => Promise.reject(UNREACHABLE);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await pictures()).toEqual(before);
    await given.db.database.query(
      "update holdpoint.compliance_case set end_as = 'void', end_record = '{}', ended_at = now()",
    );
    await given.db.database.query("delete from holdpoint.accepted_policy");
    await given.db.database.query("delete from holdpoint.compliance_issue");
    given.world.policyFile = policyText("mode: enforce\n");
    trunk = known([GREEN]);
    await lookAtCompliance(dependencies(), SUBJECT);
    expect(await pictures()).toEqual([]);
  });
});
