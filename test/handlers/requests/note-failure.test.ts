import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RequestAnswer, StoredRequest } from "../../../src/domain/requests/request.ts";
import { Fault, type FaultKind } from "../../../src/errors.ts";
import { answerRequest } from "../../../src/handlers/answer-request.ts";
import { TRIES } from "../../../src/queue/queues.ts";
import { addRequest, findRequest, settleRequest } from "../../../src/store/request.ts";
import { upsertRepository } from "../../../src/store/repository.ts";
import { silentLog } from "../../database/loud-log.ts";
import { buildRepository, TAKEN_AT } from "../../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "../small-github.ts";

const REPOSITORY = buildRepository();
const HALT = { kind: "halt", environment: null, because: "the till is down" } as const;
const LAST = TRIES - 1;

let given: HandlerTest;
let requestId: number;
beforeAll(async () => {
  given = await openHandlerTest();
  given.world.policyFile = policyText("tickets: { projects: [PLAY] }\n");
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
});
afterAll(() => given.db.drop());
beforeEach(async () => {
  const wish = { kind: "command", command: HALT, on: { kind: "repository" } } as const;
  const asked = { repositoryId: REPOSITORY.id, by: { id: 1, login: "octocat" }, wish, at: TAKEN_AT };
  requestId = await given.db.database.transaction((transaction) => addRequest(transaction, asked));
});

/** One try while GitHub fails; `meanwhile` happens before it does. */
async function tryOnce(
  retries: number,
  kind: FaultKind = "retry-later",
  meanwhile?: () => Promise<unknown>,
): Promise<void> {
  const github = {
    ...given.dependencies.github,
    readPermission: async () => {
      await meanwhile?.();
      throw new Fault({ kind, code: "github-unreachable", doing: "reading a permission" });
    },
  };
  const subject = { kind: "request", repositoryId: REPOSITORY.id, requestId } as const;
  await answerRequest({ ...given.dependencies, github, log: silentLog }, subject, { retries });
}

async function found(): Promise<StoredRequest> {
  const request = await findRequest(given.db.database, requestId);
  if (request === null) throw new Error("the request is gone");
  return request;
}

test("what does not come through is tried again, and whoever asked reads that", async () => {
  await expect(tryOnce(0)).rejects.toMatchObject({ code: "github-unreachable" });
  expect(await found()).toMatchObject({
    state: "asked",
    finishedAt: null,
    answer: {
      code: "not-yet",
      message:
        "Something that Holdpoint needs is not answering, so nothing was done yet. Holdpoint tries again by itself for some minutes, and says here what came of it.",
    },
  });
});

test.each([
  ["the last try", LAST, "retry-later"],
  ["a try that no other would mend", 0, "misconfigured"],
] as const)("after %s it has failed, and no parked job does it later", async (_, retries, kind) => {
  await tryOnce(retries, kind);
  expect(await found()).toMatchObject({
    state: "failed",
    finishedAt: TAKEN_AT,
    answer: {
      code: "gave-up",
      message: `Holdpoint tried and did not get through, so nothing was done. Ask once more; if that fails, too, whoever runs Holdpoint finds request ${requestId} in its log.`,
    },
  });
});

test("what somebody else decided meanwhile stays decided", async () => {
  const answer: RequestAnswer = { code: "halt", message: "Deploys are halted." };
  await tryOnce(LAST, "retry-later", () =>
    settleRequest(given.db.database, requestId, { state: "done", answer, at: TAKEN_AT }),
  );
  expect(await found()).toMatchObject({ state: "done", answer });
});
