import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PullRequest } from "../../src/domain/model.ts";
import { lookAtPullRequest } from "../../src/handlers/look-at-pull-request.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildCommit, buildPullRequest, buildRepository, sha } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const FIRST = buildPullRequest({ number: 12, title: "PLAY-1: Speak French", headSha: sha("shared") });
const SECOND = buildPullRequest({
  number: 13,
  title: "Take French live",
  headSha: sha("shared"),
  baseBranch: "live",
});

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  given.world.policyFile = policyText("tickets: { projects: [PLAY], require: pull-request }\n");
  // The title becomes the commit: two titles on one head are two answers.
  given.world.squashOnly = true;
  given.world.branches = { main: sha("main"), live: sha("live") };
  given.world.pullRequests = [FIRST, SECOND];
  given.world.commits.set(sha("shared"), [buildCommit("shared", "Speak French")]);
  given.world.commits.set(sha("newer"), [buildCommit("newer", "Speak French")]);
});
afterEach(() => given.db.drop());

async function lookAt(number: number): Promise<void> {
  await lookAtPullRequest(given.dependencies, {
    kind: "pull-request",
    repositoryId: REPOSITORY.id,
    number,
  });
}

function change(number: number, changes: Partial<PullRequest>): void {
  given.world.pullRequests = given.world.pullRequests.map((one) =>
    one.number === number ? { ...one, ...changes } : one,
  );
}

/** What the commit shows: the status, and whose report. */
async function shown(name = "shared"): Promise<readonly unknown[]> {
  const effects = await given.effects();
  return effects.flatMap((one) => {
    if (one.kind === "status" && one.sha === sha(name)) return [one.state];
    return one.kind === "check-run" && one.sha === sha(name) ? [`${one.externalId} ${one.conclusion}`] : [];
  });
}

const HELD = ["pull-request:13 failure", "failure"];
const OPEN = ["pull-request:12 success", "success"];

describe("two open pull requests with the same head", () => {
  test("show what holds most, whichever was looked at last", async () => {
    await lookAt(12);
    expect(await shown()).toEqual(OPEN);
    await lookAt(13);
    expect(await shown()).toEqual(HELD);
    await lookAt(12);
    expect(await shown()).toEqual(HELD);
    await lookAt(13);
    expect(await shown()).toEqual(HELD);
  });

  test("both wish for the same, word for word: nothing is posted again", async () => {
    await lookAt(12);
    await lookAt(13);
    const before = await given.effects();
    await lookAt(12);
    expect(await given.effects()).toEqual(before);
    expect(JSON.stringify(before)).toContain(
      "This commit is the head of `#12` too. Each is judged by itself; what holds most is shown.",
    );
  });

  test("an edit of either counts for both", async () => {
    await lookAt(12);
    await lookAt(13);
    change(13, { title: "PLAY-1: Take French live" });
    await lookAt(12);
    expect(await shown()).toEqual(OPEN);
  });

  test("a push moves both at once, and either look finds the other", async () => {
    await lookAt(12);
    await lookAt(13);
    change(12, { headSha: sha("newer") });
    change(13, { headSha: sha("newer") });
    await lookAt(12);
    expect(await shown("newer")).toEqual(HELD);
  });

  test("when one is closed the other is looked at again, and is judged alone", async () => {
    await lookAt(12);
    await lookAt(13);
    given.asked.length = 0;
    change(13, { state: "closed" });
    await lookAt(13);
    expect(given.asked.filter(({ kind }) => kind === "look")).toEqual([
      {
        kind: "look",
        data: {
          subject: { kind: "pull-request", repositoryId: REPOSITORY.id, number: 12 },
          because: "its head was shared",
        },
      },
    ]);
    await lookAt(12);
    expect(await shown()).toEqual(OPEN);
  });

  test("when one moves on, the one that stays is looked at again", async () => {
    await lookAt(12);
    await lookAt(13);
    change(13, { headSha: sha("newer") });
    await lookAt(13);
    expect(
      given.asked.some((one) => one.kind === "look" && JSON.stringify(one).includes('"number":12')),
    ).toBe(true);
    expect(await shown("newer")).toEqual(HELD);
    await lookAt(12);
    expect(await shown()).toEqual(OPEN);
  });

  test("a change of either's tickets leads to both", async () => {
    change(13, { title: "PLAY-2: Take French live" });
    await lookAt(12);
    await lookAt(13);
    const rows = await given.db.database.query(
      "select subject_key, ticket_key from holdpoint.subject_ticket where subject_key like '%:13' order by 2",
    );
    expect(rows).toEqual([
      { subject_key: "pull-request:7:13", ticket_key: "PLAY-1" },
      { subject_key: "pull-request:7:13", ticket_key: "PLAY-2" },
    ]);
  });
});

test("a pull request that shares its head with none costs no call", async () => {
  change(13, { headSha: sha("newer") });
  await lookAt(12);
  await lookAt(13);
  given.world.calls.length = 0;
  await lookAt(12);
  expect(given.world.calls).toEqual(["readOutline", "readPullRequest 12", "readBranches", "readChangeSet"]);
});
