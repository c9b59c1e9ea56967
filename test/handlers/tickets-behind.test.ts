import { afterEach, beforeEach, expect, test } from "vitest";
import type { ReadsTickets } from "../../src/ports/jira.ts";
import { lookAtPullRequest } from "../../src/handlers/look-at-pull-request.ts";
import { lookAtTicket } from "../../src/handlers/look-at-ticket.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import {
  TAKEN_AT,
  buildCommit,
  buildPullRequest,
  buildRepository,
  buildTicket,
  key,
  known,
  sha,
} from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const PULL_REQUEST = { kind: "pull-request", repositoryId: REPOSITORY.id, number: 12 } as const;

/** PLAY-1 is a sub-task of PLAY-7; PLAY-2 was moved and is OPS-2 now. */
const JIRA: ReadsTickets = {
  readTickets: () =>
    Promise.resolve(
      new Map([
        [key("PLAY-1"), known(buildTicket("PLAY-1", { isSubtask: true, parent: key("PLAY-7") }))],
        [key("PLAY-7"), known(buildTicket("PLAY-7"))],
        [key("PLAY-2"), known(buildTicket("OPS-2"))],
      ]),
    ),
  readProjects: () => Promise.resolve(known(["PLAY", "OPS"])),
};

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  given.world.policyFile = policyText("tickets: { projects: [PLAY], fields: [{ name: Risk assessment }] }\n");
  given.world.pullRequests = [buildPullRequest({ headSha: sha("head") })];
  given.world.commits.set(sha("head"), [buildCommit("head", "PLAY-1, PLAY-2: Speak French")]);
  await lookAtPullRequest({ ...given.dependencies, jira: JIRA }, PULL_REQUEST);
});
afterEach(() => given.db.drop());

test.each([
  ["itself", "PLAY-1"],
  ["its parent, which it is judged by", "PLAY-7"],
  ["it under the key it was moved to", "OPS-2"],
])("who carries a ticket is looked at again when %s changes", async (_, changed) => {
  await lookAtTicket(given.dependencies, { kind: "ticket", key: changed });
  expect(given.asked).toContainEqual({
    kind: "look",
    data: { subject: PULL_REQUEST, because: `ticket ${changed} changed` },
  });
});

test("a ticket that nobody carries asks for nothing", async () => {
  given.asked.length = 0;
  await lookAtTicket(given.dependencies, { kind: "ticket", key: "PLAY-8" });
  expect(given.asked).toEqual([]);
});
