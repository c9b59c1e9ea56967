import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RequestState } from "../../src/domain/requests/request.ts";
import { scheduledWork } from "../../src/handlers/scheduled-work.ts";
import { addRequest, findRequest, settleRequest } from "../../src/store/request.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { buildRepository, TAKEN_AT } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest } from "./small-github.ts";

const { id: repositoryId } = buildRepository();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let given: HandlerTest;
beforeAll(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, buildRepository(), TAKEN_AT);
});
afterAll(() => given.db.drop());
beforeEach(async () => {
  given.asked.splice(0);
  await given.db.database.query("delete from holdpoint.request");
});

async function asked(ago: number, state: RequestState = "asked"): Promise<number> {
  const at = new Date(TAKEN_AT.getTime() - ago);
  const by = { id: 1, login: "octocat" };
  const id = await given.db.database.transaction((transaction) =>
    addRequest(transaction, { repositoryId, by, wish: { kind: "check" }, at }),
  );
  if (state !== "asked") await settleRequest(given.db.database, id, { state, answer: null, at });
  return id;
}

/** The requests that are looked at again. */
async function sweep(): Promise<readonly number[]> {
  const noAnchor = () => Promise.reject(new Error("no anchor was expected"));
  const { database, queue, clock, log } = given.dependencies;
  const anchors = { path: "", read: noAnchor, append: noAnchor };
  const settings = { keepBodies: 0, keepDeliveries: 0 };
  const ticks = scheduledWork({ database, queue, clock, log, anchors, settings });
  await ticks.find(({ name }) => name === "requests")?.run();
  return given.asked.flatMap(({ kind, data }) =>
    kind === "look" && data.subject.kind === "request" ? [data.subject.requestId] : [],
  );
}

test("a request whose look was lost is looked at again, and one that was just asked or decided is not", async () => {
  const lost = await asked(MINUTE);
  await asked(MINUTE - 1);
  for (const state of ["under-way", "done", "refused", "conflict", "failed"] as const) {
    await asked(MINUTE, state);
  }
  expect(await sweep()).toEqual([lost]);
});

test("what is on its way to Jira has failed when nobody gave it up by itself: the repository is archived by now", async () => {
  const old = await asked(DAY + 60 * MINUTE, "under-way");
  const younger = await asked(DAY + 60 * MINUTE - 1, "under-way");
  expect(await sweep()).toEqual([]);
  expect(await findRequest(given.db.database, old)).toMatchObject({
    state: "failed",
    finishedAt: TAKEN_AT,
    answer: {
      code: "gave-up",
      message:
        "It did not get through to Jira within a day, so it was given up: nothing more is written. Look at the ticket, and ask once more.",
    },
  });
  expect(await findRequest(given.db.database, younger)).toMatchObject({ state: "under-way" });
});

test("nobody does after a day what somebody wanted then, and it is said", async () => {
  const old = await asked(DAY);
  const younger = await asked(DAY - 1);
  expect(await sweep()).toEqual([younger]);
  expect(await findRequest(given.db.database, old)).toMatchObject({
    state: "failed",
    finishedAt: TAKEN_AT,
    answer: {
      code: "gave-up",
      message:
        "Holdpoint did not get to it within a day, so nothing was done and nothing will be. Ask once more.",
    },
  });
});
