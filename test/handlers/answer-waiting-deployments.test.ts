import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Effect } from "../../src/domain/effect.ts";
import type { GateAnswer } from "../../src/domain/gate/gate.ts";
import { answerWaitingDeployments, type AsksGate } from "../../src/handlers/answer-waiting-deployments.ts";
import { findWaitingDeployments } from "../../src/handlers/find-waiting-deployments.ts";
import type { WaitingDeployment } from "../../src/ports/deployments.ts";
import { findDeadline } from "../../src/store/deadline.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { listWaitingJobs, noteAnswered, noteWaitingDeployment } from "../../src/store/waiting-deployment.ts";
import { buildRepository, HEAD, TAKEN_AT } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const MINUTE = 60_000;
const repository = buildRepository();
const JOB = { repositoryId: repository.id, runId: 10, environment: "production", sha: HEAD };
const CALLBACK = "https://api.github.com/repos/acme/storefront/actions/runs/10/deployment_protection_rule";

let handler: HandlerTest;
let now: Date;
beforeAll(async () => {
  handler = await openHandlerTest(repository);
  await upsertRepository(handler.db.database, repository, TAKEN_AT);
});
afterAll(() => handler.db.drop());
beforeEach(async () => {
  now = TAKEN_AT;
  handler.asked.splice(0);
  handler.world.calls.splice(0);
  handler.world.policyFile = policyText(
    "deploy: { environments: { production: { base: { branch: production } } } }\ngate: { max_wait: 20m }\n",
  );
  for (const table of ["waiting_deployment", "effect", "deadline", "policy"]) {
    await handler.db.database.query(`delete from holdpoint.${table}`);
  }
});

function held(message: string, changes: Partial<GateAnswer> = {}): GateAnswer {
  const reason = {
    kind: "halt",
    code: "halt",
    message,
    since: null,
    until: null,
    who: "",
    url: null,
  } as const;
  return {
    decision: "held",
    wouldBe: "held",
    mode: "enforce",
    reasons: [reason],
    changesAt: null,
    ...changes,
  };
}
const OPEN: GateAnswer = { decision: "open", wouldBe: "open", mode: "enforce", reasons: [], changesAt: null };

async function job(changes: Partial<typeof JOB> = {}): Promise<void> {
  const asked = { ...JOB, callbackUrl: CALLBACK, askedAt: TAKEN_AT, ...changes };
  await handler.db.database.transaction((transaction) => noteWaitingDeployment(transaction, asked));
}

async function answer(given: GateAnswer): Promise<readonly Parameters<AsksGate>[0][]> {
  const asked: Parameters<AsksGate>[0][] = [];
  const ask: AsksGate = (question) => {
    asked.push(question);
    return Promise.resolve(given);
  };
  const dependencies = { ...handler.dependencies, clock: { now: () => now } };
  await answerWaitingDeployments(dependencies, { repository, ask });
  return asked;
}

async function answers(): Promise<readonly Extract<Effect, { kind: "deployment-answer" }>[]> {
  return (await handler.effects()).flatMap((effect) => (effect.kind === "deployment-answer" ? [effect] : []));
}

function alarm(): Promise<Date | null> {
  return findDeadline(handler.db.database, `waiting:${repository.id}`);
}

describe("jobs that wait for the gate", () => {
  test("none: nothing is read and nothing asked", async () => {
    expect(await answer(OPEN)).toEqual([]);
    expect(handler.world.calls).toEqual([]);
  });

  test("are each asked for, and answered in one transaction with the audit", async () => {
    await job();
    await job({ environment: "staging" });
    expect(await answer(OPEN)).toEqual([
      { environment: "production", sha: HEAD },
      { environment: "staging", sha: HEAD },
    ]);
    expect((await answers()).map((one) => [one.environment, one.answer, one.asks])).toEqual([
      ["production", "approved", 1],
      ["staging", "approved", 1],
    ]);
    expect(await listWaitingJobs(handler.db.database, repository.id)).toEqual([]);
    expect(await alarm()).toBeNull();
    expect(handler.asked.filter(({ kind }) => kind === "effect")).toHaveLength(2);
  });

  test("wait max_wait from when they asked, whatever the policy says later", async () => {
    await job();
    await answer(held("a halt"));
    handler.world.policyFile = policyText(
      "deploy: { environments: { production: { base: { branch: production } } } }\ngate: { max_wait: 2m }\n",
    );
    now = new Date(TAKEN_AT.getTime() + 20 * MINUTE - 1);
    await answer(held("a halt"));
    expect((await answers())[0]?.answer).toBe("report");
    now = new Date(TAKEN_AT.getTime() + 20 * MINUTE);
    await answer(held("a halt"));
    expect((await answers())[0]?.answer).toBe("rejected");
  });

  test("are looked at again within a minute, at the latest when the answer changes or the wait ends", async () => {
    await job();
    await answer(held("a halt"));
    expect(await alarm()).toEqual(new Date(TAKEN_AT.getTime() + MINUTE));
    const changesAt = new Date(TAKEN_AT.getTime() + 7_000);
    await answer(held("a halt", { changesAt }));
    expect(await alarm()).toEqual(changesAt);
    now = new Date(TAKEN_AT.getTime() + 19.5 * MINUTE);
    await answer(held("a halt"));
    expect(await alarm()).toEqual(new Date(TAKEN_AT.getTime() + 20 * MINUTE));
  });

  test("are told why once for each text, ten times at most, and still answered then", async () => {
    await job();
    for (let count = 0; count < 14; count += 1) {
      await answer(held(`halt number ${Math.floor(count / 2)}`));
    }
    expect(await listWaitingJobs(handler.db.database, repository.id)).toMatchObject([{ reports: 7 }]);
    for (let count = 0; count < 10; count += 1) await answer(held(`another halt ${count}`));
    expect(await listWaitingJobs(handler.db.database, repository.id)).toMatchObject([{ reports: 10 }]);
    expect((await answers())[0]?.comment).toContain("another halt 2");
    await answer(OPEN);
    expect((await answers())[0]?.answer).toBe("approved");
  });

  test("without a policy that can be used wait half an hour, as by default", async () => {
    handler.world.policyFile = policyText("mode: [\n");
    await job();
    await answer(held("the policy cannot be used"));
    expect(await listWaitingJobs(handler.db.database, repository.id)).toMatchObject([
      { endsAt: new Date(TAKEN_AT.getTime() + 30 * MINUTE) },
    ]);
  });
});

describe("jobs that GitHub says wait", () => {
  async function find(...listed: readonly Partial<WaitingDeployment>[]): Promise<void> {
    const jobs = listed.map((one) => ({ ...JOB, callbackUrl: CALLBACK, startedAt: TAKEN_AT, ...one }));
    await findWaitingDeployments(
      {
        ...handler.dependencies,
        clock: { now: () => now },
        github: {
          ...handler.dependencies.github,
          listWaitingDeployments: () =>
            Promise.resolve(
              jobs.map(({ runId, environment, sha, callbackUrl, startedAt }) => ({
                runId,
                environment,
                sha,
                callbackUrl,
                startedAt,
              })),
            ),
        },
      },
      repository,
    );
  }

  async function answered(at: Date): Promise<void> {
    await job();
    await handler.db.database.transaction((transaction) =>
      noteAnswered(transaction, { ...JOB, asks: 1 }, "approved", at),
    );
  }

  test("and that are not known are kept, with a look at the gate", async () => {
    await find({});
    expect(await listWaitingJobs(handler.db.database, repository.id)).toMatchObject([JOB_WITHOUT_REPOSITORY]);
    expect(handler.asked).toMatchObject([
      { kind: "look", data: { subject: { kind: "gate", repositoryId: repository.id } } },
    ]);
  });

  test("and that are known, in whatever case, are left alone", async () => {
    await job();
    await find({ environment: "Production" });
    expect(await listWaitingJobs(handler.db.database, repository.id)).toHaveLength(1);
    expect(handler.asked).toEqual([]);
  });

  test("for somebody else, after our answer, are left alone; those of a newer attempt are not", async () => {
    await answered(new Date(TAKEN_AT.getTime() + 1));
    await find({});
    expect(await listWaitingJobs(handler.db.database, repository.id)).toEqual([]);
    await find({ startedAt: new Date(TAKEN_AT.getTime() + 2) });
    expect(await listWaitingJobs(handler.db.database, repository.id)).toMatchObject([{ asks: 2 }]);
  });

  test("no more are forgotten, unless they asked just now: lists lag", async () => {
    await job();
    await find();
    expect(await listWaitingJobs(handler.db.database, repository.id)).toHaveLength(1);
    now = new Date(TAKEN_AT.getTime() + 2 * MINUTE);
    await find();
    expect(await listWaitingJobs(handler.db.database, repository.id)).toEqual([]);
    expect(await answers()).toEqual([]);
  });
});

const JOB_WITHOUT_REPOSITORY = { runId: JOB.runId, environment: JOB.environment, sha: JOB.sha, asks: 1 };
