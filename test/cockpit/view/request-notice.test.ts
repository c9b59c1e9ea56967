import { expect, test } from "vitest";
import { isRepositoryId } from "../../../src/domain/brands.ts";
import type { RequestState, StoredRequest } from "../../../src/domain/requests/request.ts";
import { requestNotice } from "../../../src/cockpit/view/request-notice.ts";

function requestOf(state: RequestState, message: string | null): StoredRequest {
  const repositoryId = 1;
  if (!isRepositoryId(repositoryId)) throw new Error("no id");
  return {
    id: 1,
    repositoryId,
    by: { id: 5, login: "octocat" },
    wish: { kind: "check" },
    state,
    answer: message === null ? null : { code: "x", message },
    askedAt: new Date(0),
    finishedAt: null,
  };
}

async function said(request: StoredRequest | null, id = 5): Promise<string> {
  return String(await requestNotice(request, { id }))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

test.each([
  ["asked", null, "On its way Holdpoint is at it. What became of it appears here by itself."],
  ["under-way", "Being written to Jira.", "On its way Being written to Jira."],
  ["done", "It is written.", "Done It is written."],
  ["refused", "Only admins may.", "Not done Only admins may."],
  ["conflict", "It was changed.", "Somebody else was there first It was changed."],
  ["failed", "Jira is away.", "It did not work Jira is away."],
] as const)("a request that is %s", async (state, message, words) => {
  expect(await said(requestOf(state, message))).toBe(words);
});

test("each line of an answer is a line of the page", async () => {
  const request = requestOf(
    "done",
    "Deploys are halted, because: payments are failing\n\noctocat can end that.",
  );
  expect(String(await requestNotice(request, { id: 5 }))).toContain(
    "<p>Deploys are halted, because: payments are failing</p><p>octocat can end that.</p>",
  );
});

test("nobody else is told what became of it", async () => {
  expect(await said(requestOf("done", "It is written."), 6)).toBe("");
  expect(await said(null)).toBe("");
});
