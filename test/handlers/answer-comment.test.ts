import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerComment } from "../../src/handlers/answer-comment.ts";
import type { IssueComment } from "../../src/ports/issues.ts";
import { listHalts } from "../../src/store/halt.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildRepository } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const COMMENT = { kind: "comment", repositoryId: REPOSITORY.id, issueNumber: 4, commentId: 5 } as const;
const SAID: IssueComment = {
  id: 5,
  body: "/holdpoint halt because the till is down",
  author: { id: 1, login: "octocat", isBot: false },
  edited: false,
  at: TAKEN_AT,
  onPullRequest: false,
};

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  given.world.policyFile = policyText(
    "deploy:\n  environments: { production: { base: { branch: live } } }\n",
  );
});
afterEach(() => given.db.drop());

/** The comment as GitHub has it when it is read; answers who halts by then. */
async function halters(comment: Partial<IssueComment>): Promise<readonly string[]> {
  const github = {
    ...given.dependencies.github,
    readComment: () => Promise.resolve({ state: "known", value: { ...SAID, ...comment } } as const),
  };
  await answerComment({ ...given.dependencies, github }, COMMENT);
  return (await listHalts(given.db.database, REPOSITORY.id)).map(({ by }) => by);
}

describe("a command counts", () => {
  test("as its author wrote it, once", async () => {
    expect(await halters({})).toEqual(["octocat"]);
    expect(await halters({})).toEqual(["octocat"]);
    const effects = await given.effects();
    expect(effects.filter(({ kind }) => kind === "comment")).toHaveLength(1);
  });

  test("not again, where it was answered before and says something else now", async () => {
    expect(await halters({ body: "/holdpoint help" })).toEqual([]);
    expect(await halters({})).toEqual([]);
  });

  test.each<readonly [claim: string, Partial<IssueComment>]>([
    ["REL-62: not one that was edited before anybody read it", { edited: true }],
    ["REL-60: not a bot's", { author: { id: 2, login: "other[bot]", isBot: true } }],
    ["not one of a deleted account", { author: null }],
    ["REL-62: not what is quoted", { body: `> ${SAID.body}` }],
  ])("%s", async (_, comment) => {
    expect(await halters(comment)).toEqual([]);
    expect(await given.effects()).toEqual([]);
  });
});

test("a limit of GitHub's is no refusal: the command is read again later, and nobody is told no", async () => {
  const github = {
    ...given.dependencies.github,
    readComment: () => Promise.resolve({ state: "known", value: SAID } as const),
    readPermission: () => Promise.reject(new Error("a limit")),
  };
  await expect(answerComment({ ...given.dependencies, github }, COMMENT)).rejects.toThrow("a limit");
  expect(await given.effects()).toEqual([]);
  expect(await halters({})).toEqual(["octocat"]);
});
