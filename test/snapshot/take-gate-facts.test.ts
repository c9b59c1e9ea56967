import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CommitSha } from "../../src/domain/model.ts";
import { Fault } from "../../src/errors.ts";
import type { GitHub } from "../../src/ports/github.ts";
import { createGate, type Gate, type GateQuestion } from "../../src/snapshot/take-gate-facts.ts";
import { addHalt } from "../../src/store/halt.ts";
import { storeJudgement } from "../../src/store/judgement.ts";
import { storePolicy } from "../../src/store/policy.ts";
import { markRepositoryGone, upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildRepository, sha } from "../domain/build-snapshot.ts";
import { buildJudgement } from "../domain/gate/build-gate-facts.ts";
import { type HandlerTest, openHandlerTest, policyText } from "../handlers/small-github.ts";

const REPOSITORY = buildRepository();
const TEXT = "deploy: { environments: { production: { base: { branch: live } } } }\n";
const HEAD = sha("main");

let given: HandlerTest;
let now: Date;
beforeEach(async () => {
  given = await openHandlerTest();
  now = TAKEN_AT;
  given.world.policyFile = policyText(TEXT);
  given.world.branches = { main: HEAD, live: sha("live") };
  const { database } = given.db;
  await upsertRepository(database, REPOSITORY, TAKEN_AT);
  const texts = { text: TEXT, sha: sha("policy"), organisationText: null, organisationSha: null };
  await storePolicy(database, REPOSITORY.id, texts, TAKEN_AT);
});
afterEach(() => given.db.drop());

function gateWith(changes: Partial<GitHub> = {}): Gate {
  const { database } = given.db;
  return createGate({
    ...given.dependencies,
    github: { ...given.dependencies.github, ...changes },
    clock: { now: () => now },
    keep: (repositoryId, judgement) => storeJudgement(database, repositoryId, judgement),
  });
}
function question(changes: Partial<GateQuestion> = {}): GateQuestion {
  return {
    repository: { id: REPOSITORY.id },
    environment: "production",
    sha: HEAD,
    intent: "deploy",
    ...changes,
  };
}
async function codes(gate: Gate, changes: Partial<GateQuestion> = {}): Promise<readonly string[]> {
  const asked = await gate.ask(question(changes));
  if (asked.state !== "answered") return [asked.state];
  return [asked.answer.decision, ...asked.answer.reasons.map(({ code }) => code)];
}
function away(): Promise<never> {
  return Promise.reject(
    new Fault({ kind: "retry-later", code: "github-unreachable", doing: "reading", detail: "502" }),
  );
}
const readings = (): number => given.world.calls.filter((name) => name === "readOutline").length;

describe("the facts behind an answer", () => {
  test("are read once and kept for 60 seconds, by whatever name the repository is asked for", async () => {
    const gate = gateWith();
    expect(await codes(gate)).toEqual(["open"]);
    now = new Date(TAKEN_AT.getTime() + 60_000);
    expect(await codes(gate)).toEqual(["open"]);
    expect(
      await codes(gate, { repository: { owner: "ACME", name: "Storefront" }, environment: null }),
    ).toEqual(["open"]);
    expect(readings()).toBe(1);
    now = new Date(TAKEN_AT.getTime() + 60_001);
    expect(await codes(gate)).toEqual(["open"]);
    expect(readings()).toBe(2);
  });

  test("are read once for all who ask at once", async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
    const gate = gateWith({
      readOutline: async (repository) => {
        await answered;
        return await given.dependencies.github.readOutline(repository);
      },
    });
    const asked = Array.from({ length: 20 }, () => codes(gate));
    // Until all of them have seen that nothing is stored, and wait for GitHub: it answers nobody sooner.
    for (const environment of ["qa", "qa", "qa"]) await gate.ask(question({ environment }));
    answer(undefined);
    expect(new Set((await Promise.all(asked)).map((one) => one.join()))).toEqual(new Set(["open"]));
    expect(readings()).toBe(1);
  });

  test("are shared by who comes while they are being read", async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const gate = gateWith({
      readOutline: async (repository) => {
        begin(undefined);
        await answered;
        return await given.dependencies.github.readOutline(repository);
      },
    });
    const first = codes(gate);
    await begun;
    const second = codes(gate);
    // Time for it to reach GitHub, if it went there by itself.
    await gate.ask(question({ environment: "qa" }));
    answer(undefined);
    expect(await Promise.all([first, second])).toEqual([["open"], ["open"]]);
    expect(readings()).toBe(1);
  });

  test("are no older than a halt that came while they were being read", async () => {
    const { database } = given.db;
    const gate = gateWith({
      readOutline: async (repository) => {
        const by = { id: 1, login: "hubot" };
        const shared = { repositoryId: REPOSITORY.id, environment: null, because: "the till is down" };
        await database.transaction((transaction) =>
          addHalt(transaction, { ...shared, by, source: "comment:1", issueNumber: 4, beganAt: TAKEN_AT }),
        );
        return await given.dependencies.github.readOutline(repository);
      },
    });
    expect(await codes(gate)).toEqual(["held", "halt"]);
  });

  test("are read for whoever asks where a look could not judge the commit", async () => {
    await storeJudgement(
      given.db.database,
      REPOSITORY.id,
      buildJudgement({ sha: HEAD, verdict: null, readAt: TAKEN_AT }),
    );
    expect(await codes(gateWith())).toEqual(["open"]);
  });

  test.each([
    ["the policy", { readOutline: away }],
    ["the branches", { readBranches: away }],
    ["where it stands", { isReachable: away }],
  ] satisfies readonly (readonly [string, Partial<GitHub>])[])(
    "I8: unknown where %s cannot be read; the failure is not kept",
    async (_, broken) => {
      expect(await codes(gateWith(broken), { sha: sha("other") })).toEqual(["unknown", "github-unreachable"]);
      expect(await codes(gateWith(), { sha: sha("other") })).toEqual(["held", "not-on-deploy-branch"]);
    },
  );

  test("I8: a defect of ours is no fact: it rises", async () => {
    const gate = gateWith({ readBranches: () => Promise.reject(new TypeError("a defect")) });
    await expect(codes(gate)).rejects.toThrow("a defect");
  });

  test("a policy that is newer than the stored one decides already", async () => {
    given.world.policyFile = policyText(`mode: observe\n${TEXT}`);
    const asked = await gateWith().ask(question());
    expect(asked.state === "answered" ? asked.answer.mode : null).toBe("observe");
  });

  test("a deploy branch that is not there is unknown, not open", async () => {
    given.world.branches = { live: sha("live") };
    expect(await codes(gateWith())).toEqual(["unknown", "branch-not-found"]);
  });
});

describe("J4: whether it was live there", () => {
  test("is only looked up for those who want to go back, in spite of a fresh judgement that did not", async () => {
    let lookedUp = 0;
    const gate = gateWith({
      wasDeployed: () => {
        lookedUp += 1;
        return Promise.resolve(true);
      },
    });
    expect(await codes(gate)).toEqual(["open"]);
    expect(lookedUp).toBe(0);
    expect(await codes(gate, { intent: "rollback" })).toEqual(["open"]);
    expect(await codes(gate, { intent: "rollback" })).toEqual(["open"]);
    expect(lookedUp).toBe(1);
  });

  test("that cannot be read is unknown", async () => {
    expect(await codes(gateWith({ wasDeployed: away }), { intent: "rollback" })).toEqual([
      "unknown",
      "github-unreachable",
    ]);
  });
});

describe("what is asked of GitHub", () => {
  test("nothing about an environment that the policy does not name", async () => {
    expect(await codes(gateWith(), { environment: "qa" })).toEqual(["unknown", "environment-not-in-policy"]);
    expect(readings()).toBe(0);
  });

  test("nothing about a repository that is not known, or gone: both look alike", async () => {
    const gate = gateWith();
    expect(await codes(gate, { repository: { owner: "acme", name: "nowhere" } })).toEqual([
      "no-such-repository",
    ]);
    await markRepositoryGone(given.db.database, REPOSITORY.id, "removed", TAKEN_AT);
    expect(await codes(gate)).toEqual(["no-such-repository"]);
    expect(readings()).toBe(0);
  });
});

test("an older reading never takes the place of a newer one", async () => {
  const { database } = given.db;
  const keep = (readAt: Date, place: "elsewhere" | "deploy-branch"): Promise<void> =>
    storeJudgement(database, REPOSITORY.id, buildJudgement({ sha: HEAD, place, readAt }));
  await keep(TAKEN_AT, "elsewhere");
  await keep(new Date(TAKEN_AT.getTime() - 1), "deploy-branch");
  const places = await database.query<{ place: string; sha: CommitSha }>(
    "select place, sha from holdpoint.judgement",
  );
  expect(places).toEqual([{ place: "elsewhere", sha: HEAD }]);
});
