import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

describe("REL-29: stopped while it works", () => {
  test("what was taken before is done after the next start, once", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    shop.box.github.lie({ kind: "slow", milliseconds: 100, path: "Outline" });
    const shas: string[] = [];
    for (const file of ["a", "b", "c"]) {
      const { sha } = await control.commit({
        repository: repo.name,
        branch: "main",
        message: `Tune ${file}`,
        files: { [file]: "1" },
      });
      shas.push(sha);
    }
    await shop.box.settled();
    await shop.stop();
    const inHand = await shop.db.database.query("select 1 from holdpoint.delivery where state = 'received'");
    await shop.start();
    shop.box.github.tellTheTruth();
    await shop.quiet();
    const head = shas.at(-1) ?? "";
    expect((await repo.preDeploy(head))?.state).toBe("failure");
    // The verdict and the gate.
    expect(repo.posts().filter((post) => post.endsWith(`/statuses/${head}`)).length).toBe(2);
    expect((await repo.report(head))?.conclusion).toBe("failure");
    expect(inHand.length).toBeLessThanOrEqual(3);
  });

  test("while it is away deliveries fail, and are asked for again", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    await shop.stop();
    const { sha } = await control.commit({
      repository: repo.name,
      branch: "main",
      message: "Tune cache headers",
      files: { "a.txt": "1" },
    });
    await shop.box.settled();
    await shop.start();
    await shop.tick("failed deliveries");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("the last good policy is still known after a start", async () => {
    const repo = await shop.repository();
    await repo.commit("Break the policy", { files: { ".github/holdpoint.yml": "mode: [\n" } });
    await shop.stop();
    await shop.start();
    const sha = await repo.commit("Tune cache headers");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});

describe("two on one database", () => {
  test("share the work; the same delivery to both is one status", async () => {
    const repo = await shop.repository();
    const second = await shop.startAnother();
    shop.box.github.lie({ kind: "delivery-refused" });
    const shas: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { sha } = await shop.box.github.control.commit({
        repository: repo.name,
        branch: `branch-${count}`,
        message: "Tune cache headers",
        files: { [`${count}.txt`]: "1" },
      });
      await shop.box.github.control.openPullRequest({
        repository: repo.name,
        head: `branch-${count}`,
        title: "Tune",
      });
      shas.push(sha);
    }
    shop.box.github.tellTheTruth();
    const told = shop.box.github.deliveries
      .list()
      .filter(({ outcome, repositoryId }) => outcome?.statusCode === 503 && repositoryId === repo.id);
    const urls = [shop.holdpoint().url, second.url];
    const answers = await Promise.all(
      told.flatMap(({ body, requestHeaders }) =>
        urls.map(async (url) => {
          const answer = await fetch(`${url}/api/github/webhooks`, {
            method: "POST",
            headers: requestHeaders,
            body,
          });
          return answer.status;
        }),
      ),
    );
    await shop.quiet();
    expect(new Set(answers)).toEqual(new Set([202]));
    const posts = repo.posts();
    for (const sha of shas) {
      expect((await repo.tickets(sha))?.state).toBe("failure");
      expect(posts.filter((post) => post.endsWith(`/statuses/${sha}`)).length).toBe(1);
      expect((await repo.report(sha))?.conclusion).toBe("failure");
    }
    await second.stop();
  });

  test("one of them stops: the other goes on with all of it", async () => {
    const repo = await shop.repository();
    const second = await shop.startAnother();
    await repo.commit("Tune cache headers");
    const push = shop.box.github.deliveries.list().find(({ event }) => event === "push");
    if (push === undefined) throw new Error("the push was told");
    const { sha } = await shop.box.github.control.commit({
      repository: repo.name,
      branch: "main",
      message: "Tune them more",
      files: { "more.txt": "1" },
    });
    await shop.send(push, randomUUID());
    await second.stop();
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});
