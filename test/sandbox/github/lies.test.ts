import { describe, expect, test } from "vitest";
import type { Lie } from "../../../src/sandbox/github/lies.ts";
import { callAsInstallation, field, list, onlyRepository, openShop, openStage } from "./open-sandbox.ts";

const OF = "/repos/acme/shop";
const repository = "acme/shop";

describe("the sandbox lies on demand", () => {
  test.each<readonly [Lie["kind"], number, unknown]>([
    ["not-found", 404, "Not Found"],
    ["unauthorized", 401, "Bad credentials"],
    ["forbidden", 403, "Resource not accessible by integration"],
    ["primary-limit", 403, "API rate limit exceeded for installation ID 1."],
    ["server-error", 500, "Server Error"],
    ["accepted-and-nothing", 202, undefined],
  ])("%s is answered with %i, once, and does nothing", async (kind, status, message) => {
    const stage = openStage();
    await openShop(stage);
    const call = await callAsInstallation(stage);
    stage.sandbox.lie({ kind, times: 1, path: "/issues" });
    const answer = await call("POST", `${OF}/issues`, { title: "lost" });
    expect([answer.status, field(answer.body, "message")]).toEqual([status, message]);
    expect((await call("GET", `${OF}/issues`)).body).toEqual([]);
  });

  test("a secondary limit says how long, or does not", async () => {
    const stage = openStage();
    await openShop(stage);
    const call = await callAsInstallation(stage);
    stage.sandbox.lie({ kind: "secondary-limit", times: 1, retryAfterSeconds: 30 });
    expect((await call("GET", OF)).headers.get("retry-after")).toBe("30");
    stage.sandbox.lie({ kind: "secondary-limit", times: 1, status: 429 });
    const untold = await call("GET", OF);
    expect([untold.status, untold.headers.get("retry-after")]).toEqual([429, null]);
    expect((await call("GET", OF)).status).toBe(200);
  });

  test("an answer may be HTML, half of one, or broken off after its work was done", async () => {
    const stage = openStage();
    await openShop(stage);
    const { lie } = stage.sandbox;
    const call = await callAsInstallation(stage);
    lie({ kind: "html", times: 1 });
    await expect(call("GET", OF)).rejects.toThrow("not valid JSON");
    lie({ kind: "truncated", times: 1 });
    await expect(call("GET", OF)).rejects.toThrow("JSON");
    lie({ kind: "broken-off", times: 1 });
    await expect(call("POST", `${OF}/issues`, { title: "kept" })).rejects.toThrow("breaks off");
    lie({ kind: "reset", times: 1, method: "POST" });
    await expect(call("POST", `${OF}/issues`, { title: "lost" })).rejects.toThrow("breaks off");
    const { body } = await call("GET", `${OF}/issues`);
    expect(list(body).map((issue) => field(issue, "title"))).toEqual(["kept"]);
  });

  test("reads lag behind the last change: heads, statuses, check runs, lists", async () => {
    const stage = openStage();
    const { sha: before } = await openShop(stage);
    const { control, lie } = stage.sandbox;
    const { sha } = await control.commit({ repository, branch: "main", message: "new", files: { a: "1" } });
    await control.setStatus({ repository, sha, context: "ci", state: "success" });
    await control.openIssue({ repository, title: "Red" });
    const shop = await onlyRepository(stage);
    const head = async (): Promise<unknown> =>
      field((await stage.github.readBranches(shop, ["main"])).get("main"), "value", "sha");
    lie({ kind: "lagging", times: 1, path: "Branches" });
    expect([await head(), await head()]).toEqual([before, sha]);

    const call = await callAsInstallation(stage);
    lie({ kind: "lagging" });
    expect(field((await call("GET", `${OF}/git/ref/heads/main`)).body, "object", "sha")).toBe(before);
    expect(field((await call("GET", `${OF}/commits/${sha}/status`)).body, "total_count")).toBe(0);
    expect((await call("GET", `${OF}/issues`)).body).toEqual([]);
    stage.sandbox.tellTheTruth();
    expect(field((await call("GET", `${OF}/commits/${sha}/status`)).body, "total_count")).toBe(1);
  });

  test("a limit that is enforced is spent by calls, not by 304s", async () => {
    const stage = openStage({ rateLimit: 3 });
    await openShop(stage);
    const call = await callAsInstallation(stage);
    const read = (etag = ""): ReturnType<typeof call> =>
      call("GET", OF, undefined, { "if-none-match": etag });
    const left = ({ status, headers }: Awaited<ReturnType<typeof read>>): unknown => [
      status,
      headers.get("x-ratelimit-remaining"),
    ];
    const first = await read();
    expect(left(first)).toEqual([200, "2"]);
    expect(left(await read(first.headers.get("etag") ?? ""))).toEqual([304, "2"]);
    expect(left(await read())).toEqual([200, "1"]);
    expect(left(await read())).toEqual([200, "0"]);
    const refused = await call("GET", OF);
    expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    stage.clock.forward(3_600_000);
    const fresh = await callAsInstallation(stage);
    expect((await fresh("GET", OF)).headers.get("x-ratelimit-remaining")).toBe("2");
  });
});

test("Holdpoint's adapter gets through a 404 on the token, a 500 and a lost answer", async () => {
  const stage = openStage();
  await openShop(stage);
  const { lie } = stage.sandbox;
  lie({ kind: "not-found", times: 1, path: "/access_tokens" });
  const shop = await onlyRepository(stage);
  lie({ kind: "server-error", times: 1, path: "Outline" });
  expect((await stage.github.readOutline(shop)).policyFile.state).toBe("missing");
  lie({ kind: "html", times: 1, path: "Outline" });
  expect((await stage.github.readOutline(shop)).repository.name).toBe("shop");
});
