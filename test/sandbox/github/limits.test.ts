import { expect, test } from "vitest";
import { callAsInstallation, type Calls, field, list, openShop, openStage } from "./open-sandbox.ts";

const OF = "/repos/acme/shop";

async function openCall(): Promise<{ readonly call: Calls; readonly sha: string }> {
  const stage = openStage();
  const { sha } = await openShop(stage);
  return { call: await callAsInstallation(stage), sha };
}

function reason(body: unknown): unknown {
  return field(body, "errors", 0, "message") ?? field(body, "message");
}

test("a status's description may have 140 characters", async () => {
  const { call, sha } = await openCall();
  const post = (length: number): ReturnType<Calls> =>
    call("POST", `${OF}/statuses/${sha}`, { state: "success", description: "d".repeat(length) });
  expect((await post(140)).status).toBe(201);
  const refused = await post(141);
  expect([refused.status, reason(refused.body)]).toEqual([
    422,
    "description is too long (maximum is 140 characters)",
  ]);
});

test("a commit may have 1,000 statuses of one context, in any case of its letters", async () => {
  const { call, sha } = await openCall();
  const post = (context: string): ReturnType<Calls> =>
    call("POST", `${OF}/statuses/${sha}`, { state: "success", context });
  for (let count = 0; count < 1_000; count += 1) await post(count % 2 === 0 ? "ci" : "CI");
  const refused = await post("ci");
  expect([refused.status, reason(refused.body)]).toEqual([
    422,
    "This SHA and context has reached the maximum number of statuses.",
  ]);
  expect((await post("other")).status).toBe(201);
  expect((await call("GET", `${OF}/commits/${sha}/status`)).body).toMatchObject({
    total_count: 2,
    state: "success",
  });
});

test.each([
  [
    "summary",
    { summary: "s".repeat(65_536), title: "t" },
    "summary is too long (maximum is 65535 characters)",
  ],
  [
    "text",
    { summary: "s", title: "t", text: "t".repeat(65_536) },
    "text is too long (maximum is 65535 characters)",
  ],
])("a check run's %s may have 65,535 characters", async (_name, output, message) => {
  const { call, sha } = await openCall();
  const answer = await call("POST", `${OF}/check-runs`, { name: "Holdpoint", head_sha: sha, output });
  expect([answer.status, reason(answer.body)]).toEqual([422, message]);
});

const button = { label: "Check again", description: "Reads everything again", identifier: "again" };

test.each([
  ["four buttons", Array.from({ length: 4 }, () => button), "actions may be at most 3"],
  ["a long label", [{ ...button, label: "l".repeat(21) }], "label is too long (maximum is 20 characters)"],
  [
    "a long identifier",
    [{ ...button, identifier: "i".repeat(21) }],
    "identifier is too long (maximum is 20 characters)",
  ],
  [
    "a long description",
    [{ ...button, description: "d".repeat(41) }],
    "description is too long (maximum is 40 characters)",
  ],
])("a check run is refused for %s", async (_name, actions, message) => {
  const { call, sha } = await openCall();
  const answer = await call("POST", `${OF}/check-runs`, { name: "Holdpoint", head_sha: sha, actions });
  expect([answer.status, reason(answer.body)]).toEqual([422, message]);
});

test("a conclusion completes a check run, and an App may not say stale", async () => {
  const { call, sha } = await openCall();
  const made = await call("POST", `${OF}/check-runs`, {
    name: "Holdpoint",
    head_sha: sha,
    status: "in_progress",
  });
  const path = `${OF}/check-runs/${String(field(made.body, "id"))}`;
  expect((await call("PATCH", path, { conclusion: "neutral" })).body).toMatchObject({
    status: "completed",
    conclusion: "neutral",
    completed_at: "2026-03-02T09:00:00Z",
  });
  expect((await call("PATCH", path, { conclusion: "stale" })).status).toBe(422);
});

test("bodies of issues and comments may have 65,536 characters", async () => {
  const { call } = await openCall();
  const long = "b".repeat(65_537);
  const made = await call("POST", `${OF}/issues`, { title: "t", body: long.slice(1) });
  expect(made.status).toBe(201);
  for (const [path, name] of [
    [`${OF}/issues`, "body"],
    [`${OF}/issues/1/comments`, "data"],
  ] as const) {
    const { status, body } = await call("POST", path, { title: "t", body: long });
    expect([status, field(body, "errors", 0, "field"), reason(body)]).toEqual([
      422,
      name,
      "body is too long (maximum is 65536 characters)",
    ]);
  }
});

test("labels are one whatever the case of their letters, and have limits", async () => {
  const { call } = await openCall();
  expect((await call("POST", `${OF}/labels`, { name: "Deploy-Halt" })).status).toBe(201);
  expect((await call("POST", `${OF}/labels`, { name: "deploy-halt" })).body).toMatchObject({
    errors: [{ code: "already_exists" }],
  });
  expect((await call("POST", `${OF}/labels`, { name: "n".repeat(51) })).status).toBe(422);
  expect((await call("POST", `${OF}/labels`, { name: "n", description: "d".repeat(101) })).status).toBe(422);
});

test("no status at all is pending, one that failed is failure", async () => {
  const { call, sha } = await openCall();
  const state = async (): Promise<unknown> =>
    field((await call("GET", `${OF}/commits/${sha}/status`)).body, "state");
  expect(await state()).toBe("pending");
  await call("POST", `${OF}/statuses/${sha}`, { state: "success", context: "a" });
  expect(await state()).toBe("success");
  await call("POST", `${OF}/statuses/${sha}`, { state: "error", context: "b" });
  expect(await state()).toBe("failure");
});

test("lists come in pages of 30, at most 100, with the way to the others", async () => {
  const { call } = await openCall();
  for (let count = 0; count < 120; count += 1) await call("POST", `${OF}/labels`, { name: `label ${count}` });
  expect(list((await call("GET", `${OF}/labels`)).body)).toHaveLength(30);
  const first = await call("GET", `${OF}/labels?per_page=1000`);
  expect(list(first.body)).toHaveLength(100);
  expect(first.headers.get("link")).toContain(`page=2>; rel="next"`);
  const last = await call("GET", `${OF}/labels?per_page=100&page=2`);
  expect(list(last.body)).toHaveLength(20);
  expect(last.headers.get("link")).toContain(`rel="prev"`);
  expect(last.headers.get("link")).not.toContain(`rel="next"`);
});
