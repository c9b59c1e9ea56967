import { afterEach, beforeEach, expect, test } from "vitest";
import { lookAtDeploy } from "../../src/handlers/look-at-deploy.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildRepository, sha } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const { id: repositoryId } = buildRepository();
const TEXT = "tickets: { require: commit }\n";
const EVERYTHING = (["repository", "gate"] as const).map((kind) => ({
  kind: "look",
  data: { subject: { kind, repositoryId }, because: "the policy changed" },
}));
const FIRST_JUDGED = {
  kind: "look",
  data: { subject: { kind: "gate", repositoryId }, because: "what was judged has changed" },
};

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, buildRepository(), TAKEN_AT);
  given.world.policyFile = policyText(TEXT);
  await lookAtDeploy(given.dependencies, { kind: "deploy", repositoryId });
});
afterEach(() => given.db.drop());

async function askedWith(file: HandlerTest["world"]["policyFile"]): Promise<readonly unknown[]> {
  given.asked.length = 0;
  given.world.policyFile = file;
  await lookAtDeploy(given.dependencies, { kind: "deploy", repositoryId });
  return given.asked;
}

test("a policy that is new to Holdpoint: everything of the repository is looked at", () => {
  expect(given.asked).toEqual([...EVERYTHING, FIRST_JUDGED]);
});

test("another policy: what was judged by the one before is judged again, open pull requests too", async () => {
  expect(await askedWith(policyText("tickets: { require: pull-request }\n"))).toEqual(EVERYTHING);
});

test("the same text at another commit asks for nothing", async () => {
  expect(await askedWith({ state: "known", value: { text: TEXT, sha: sha("later") } })).toEqual([]);
});

test("an invalid one, while the last good one stays in force, asks for nothing", async () => {
  expect(await askedWith(policyText("tickets: yes\n"))).toEqual([]);
});
