import { afterEach, beforeEach, expect, test } from "vitest";
import { answerComment } from "../../src/handlers/answer-comment.ts";
import { lookAtDeploy } from "../../src/handlers/look-at-deploy.ts";
import { lookAtPullRequest } from "../../src/handlers/look-at-pull-request.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildCommit, buildPullRequest, buildRepository, sha } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const { id: repositoryId } = REPOSITORY;

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  given.world.policyFile = policyText(
    "deploy: { environments: { production: { base: { branch: live } } } }\ntickets: { projects: [PLAY] }\n",
  );
  given.world.branches = { main: sha("main"), live: sha("live") };
  given.world.commits.set(sha("main"), [buildCommit("main", "Tidy up")]);
  given.world.commits.set(sha("head"), [buildCommit("head", "PLAY-1: Speak French")]);
  given.world.comment = "/holdpoint status";
});
afterEach(() => given.db.drop());

async function ask(issueNumber: number): Promise<string> {
  await answerComment(given.dependencies, { kind: "comment", repositoryId, issueNumber, commentId: 5 });
  const effects = await given.effects();
  return effects.flatMap((one) => (one.kind === "comment" ? [one.body] : [])).join();
}

test("on an issue: the deploy's newest verdict, without asking anybody again", async () => {
  await lookAtDeploy(given.dependencies, { kind: "deploy", repositoryId });
  given.world.calls.length = 0;
  expect(await ask(3)).toMatch(
    /^\*\*Held: 1 problem\.\*\* `[0-9a-f]{7}` to `production`, looked at `2026-03-02 10:00 UTC`\.\n\n- 1 commit without ticket: `[0-9a-f]{7}`\n\n/,
  );
  expect(given.world.calls).toEqual(["readOutline"]);
});

test("on a pull request: its own", async () => {
  given.world.pullRequests = [buildPullRequest({ number: 12, headSha: sha("head") })];
  await lookAtDeploy(given.dependencies, { kind: "deploy", repositoryId });
  await lookAtPullRequest(given.dependencies, { kind: "pull-request", repositoryId, number: 12 });
  expect(await ask(12)).toMatch(/^\*\*The tickets are in order\.\*\* `[0-9a-f]{7}`, looked at/);
});

test("on a pull request that is closed, and before any look: that there is none", async () => {
  given.world.pullRequests = [buildPullRequest({ number: 12, headSha: sha("head") })];
  await lookAtPullRequest(given.dependencies, { kind: "pull-request", repositoryId, number: 12 });
  given.world.pullRequests = [buildPullRequest({ number: 12, headSha: sha("head"), state: "closed" })];
  await lookAtPullRequest(given.dependencies, { kind: "pull-request", repositoryId, number: 12 });
  expect(await ask(12)).toBe("Nothing was judged here yet; `/holdpoint check` asks for it.");
});
