import { afterEach, beforeEach, expect, test } from "vitest";
import { lookAtPullRequest } from "../../src/handlers/look-at-pull-request.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildCommit, buildPullRequest, buildRepository, sha } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  given.world.policyFile = policyText("tickets: { projects: [PLAY] }\n");
});
afterEach(() => given.db.drop());

test("without Jira settings a pull request from a fork waits for nobody: Jira would not be asked then either", async () => {
  given.world.pullRequests = [buildPullRequest({ headSha: sha("head"), headRepositoryId: 99 })];
  given.world.commits.set(sha("head"), [buildCommit("head", "PLAY-1: Speak French")]);
  await lookAtPullRequest(given.dependencies, {
    kind: "pull-request",
    repositoryId: REPOSITORY.id,
    number: 12,
  });
  const effects = await given.effects();
  expect(effects.flatMap((one) => (one.kind === "status" ? [[one.state, one.description]] : []))).toEqual([
    ["success", "1 ticket: PLAY-1; Jira not asked"],
  ]);
});
