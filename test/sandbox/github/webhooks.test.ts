import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Webhooks } from "@octokit/webhooks";
import { describe, expect, test } from "vitest";
import { callAsApp, field, list, openShop, openStage, SECRET, type Stage } from "./open-sandbox.ts";

const repository = "acme/shop";

async function makeEverythingHappen(stage: Stage): Promise<void> {
  const { control } = stage.sandbox;
  await openShop(stage);
  await control.setPermission({ repository, login: "octocat", role: "admin" });
  await control.commit({ repository, branch: "cart", message: "PLAY-1: carts", files: { "cart.ts": "1\n" } });
  const { number, headSha } = await control.openPullRequest({
    repository,
    head: "cart",
    title: "Carts",
    body: "Why.",
  });
  await control.editPullRequest({ repository, number, title: "PLAY-1: carts" });
  await control.commit({ repository, branch: "cart", message: "more", files: { "cart.ts": "2\n" } });
  await control.comment({ repository, number, body: "/holdpoint status" });
  await control.label({ repository, number, label: "risky" });
  await control.unlabel({ repository, number, label: "risky" });
  await control.setStatus({
    repository,
    sha: headSha,
    context: "ci",
    state: "success",
    targetUrl: "https://ci.example",
  });
  await control.finishCheck({ repository, sha: headSha, name: "lint", summary: "fine" });
  await control.finishWorkflowRun({ repository, sha: headSha, workflow: "ci.yml", jobs: [{ name: "unit" }] });
  const { headRef } = await control.queueMergeGroup({ repository, numbers: [number] });
  await control.finishMergeGroup({ repository, headRef, numbers: [number], reason: "merged" });
  await control.deploy({ repository, environment: "production", sha: "main" });
  const { number: issue } = await control.openIssue({ repository, title: "Red", body: "It is red." });
  await control.label({ repository, number: issue, label: "deploy-halt" });
  await control.editIssue({ repository, number: issue, state: "closed" });
  await control.rename({ repository, name: "store" });
  await control.deleteBranch({ repository: "acme/store", branch: "cart" });
  await control.suspendInstallation({ account: "acme" });
  await stage.sandbox.settled();
}

/** Keys of the example that the payload lacks, and values of another kind; what is null on one side may be anything. */
function differences(example: unknown, payload: unknown, path: string): readonly string[] {
  if (example === null || payload === null) return [];
  if (Array.isArray(example) || Array.isArray(payload)) {
    if (!Array.isArray(example) || !Array.isArray(payload)) return [`${path}: a list on one side only`];
    const one = field(example, 0);
    const other = field(payload, 0);
    return one === undefined || other === undefined ? [] : differences(one, other, `${path}[]`);
  }
  if (typeof example !== typeof payload) return [`${path}: ${typeof payload} for ${typeof example}`];
  if (typeof example !== "object" || typeof payload !== "object") return [];
  return Object.entries(example).flatMap(([key, value]) => {
    const given = field(payload, key);
    if (given === undefined) return value === null ? [] : [`${path}.${key} is missing`];
    return differences(value, given, `${path}.${key}`);
  });
}

function readExamples(): readonly unknown[] {
  const path = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  return list(parsed);
}

/** What the examples have from another time or another kind of account. */
const LEFT_OUT = [
  /\.permissions\./,
  /\.allow_|\.delete_branch|\.temp_clone_token|\.custom_properties/,
  // A draft is a pull request; the run of a job alone has a deployment.
  /^issues.*\.draft|check_run\.deployment/,
];

describe("webhooks", () => {
  test("are shaped like GitHub's own examples, event by event and action by action", async () => {
    const stage = openStage();
    await makeEverythingHappen(stage);
    const examples = readExamples();
    const seen = new Set<string>();
    const found: string[] = [];
    for (const { event, payload } of stage.received) {
      const action = typeof payload["action"] === "string" ? payload["action"] : undefined;
      const name = `${event}${action === undefined ? "" : `.${action}`}`;
      if (seen.has(name)) continue;
      seen.add(name);
      const all = examples.find((one) => field(one, "name") === event);
      const same = list(field(all, "examples") ?? []).filter((one) => field(one, "action") === action);
      if (same.length === 0) continue;
      const each = same.map((one) => differences(one, payload, name));
      const [least = []] = each.toSorted((one, other) => one.length - other.length);
      found.push(...least.filter((line) => !LEFT_OUT.some((pattern) => pattern.test(line))));
    }
    expect(found).toEqual([]);
    expect([...seen].toSorted()).toEqual([
      "check_run.completed",
      "check_run.created",
      "check_suite.completed",
      "create",
      "delete",
      "deployment.created",
      "deployment_status.created",
      "installation.suspend",
      "issue_comment.created",
      "issues.closed",
      "issues.labeled",
      "issues.opened",
      "label.created",
      "merge_group.checks_requested",
      "merge_group.destroyed",
      "pull_request.closed",
      "pull_request.edited",
      "pull_request.labeled",
      "pull_request.opened",
      "pull_request.synchronize",
      "pull_request.unlabeled",
      "push",
      "repository.renamed",
      "status",
      "workflow_job.completed",
      "workflow_job.queued",
      "workflow_run.completed",
      "workflow_run.in_progress",
      "workflow_run.requested",
    ]);
  });

  test("a push says whether it made, moved, forced or deleted its branch", async () => {
    const stage = openStage();
    const { sha } = await openShop(stage);
    const { control } = stage.sandbox;
    await control.createBranch({ repository, branch: "deploy" });
    const { sha: next } = await control.commit({
      repository,
      branch: "deploy",
      message: "next",
      files: { a: "1" },
    });
    await control.forcePush({ repository, branch: "deploy", to: sha });
    await control.forcePush({ repository, branch: "deploy", to: next });
    await control.deleteBranch({ repository, branch: "deploy" });
    await stage.sandbox.settled();
    const none = "0".repeat(40);
    const pushes = stage.received.filter(({ event }) => event === "push").map(({ payload }) => payload);
    expect(
      pushes.map(({ before, after, created, forced, deleted, commits, head_commit: head }) => ({
        ends: [before, after],
        flags: [created, forced, deleted],
        commits: list(commits).map((one) => field(one, "id")),
        head: field(head, "id"),
      })),
    ).toEqual([
      { ends: [none, sha], flags: [true, false, false], commits: [], head: sha },
      { ends: [sha, next], flags: [false, false, false], commits: [next], head: next },
      { ends: [next, sha], flags: [false, true, false], commits: [], head: sha },
      { ends: [sha, next], flags: [false, false, false], commits: [next], head: next },
      { ends: [next, none], flags: [false, false, true], commits: [], head: undefined },
    ]);
  });

  test("a label that is there already is told once", async () => {
    const stage = openStage();
    await openShop(stage);
    const { control } = stage.sandbox;
    await control.setPermission({ repository, login: "octocat", role: "triage" });
    const { number } = await control.openIssue({ repository, title: "Red" });
    await control.label({ repository, number, label: "deploy-halt" });
    await control.label({ repository, number, label: "Deploy-Halt" });
    await stage.sandbox.settled();
    expect(stage.received.map(({ event, payload }) => [event, payload["action"]])).toEqual([
      ["issues", "opened"],
      ["label", "created"],
      ["issues", "labeled"],
    ]);
    await expect(
      control.label({ repository, number, label: "halt-override", by: "stranger" }),
    ).rejects.toThrow("stranger may not label in acme/shop");
  });

  test("each has its own GUID, and a signature that octokit believes", async () => {
    const stage = openStage();
    await makeEverythingHappen(stage);
    const webhooks = new Webhooks({ secret: SECRET });
    const verified = await Promise.all(
      stage.received.map(({ body, headers }) =>
        webhooks.verify(body, headers.get("x-hub-signature-256") ?? ""),
      ),
    );
    expect(verified.length).toBeGreaterThan(30);
    expect(new Set(verified)).toEqual(new Set([true]));
    expect(new Set(stage.received.map(({ guid }) => guid)).size).toBe(stage.received.length);
    expect(
      stage.received.every(({ payload }) => typeof field(payload, "installation", "id") === "number"),
    ).toBe(true);
    expect(stage.received.every(({ payload }) => typeof field(payload, "sender", "login") === "string")).toBe(
      true,
    );
  });

  test("one that failed is kept as it was, and comes again under the same GUID when asked for", async () => {
    const stage = openStage();
    await openShop(stage);
    stage.receiver.status = 503;
    await stage.sandbox.control.commit({ repository, branch: "main", message: "one", files: { a: "1" } });
    await stage.sandbox.settled();
    const app = callAsApp(stage);
    const [failed] = list((await app("GET", "/app/hook/deliveries?status=failure")).body);
    expect(failed).toMatchObject({ event: "push", status_code: 503, redelivery: false });
    expect(await stage.github.listFailedDeliveries(new Date(0))).toEqual([
      { id: field(failed, "id"), guid: field(failed, "guid") },
    ]);

    stage.receiver.status = 202;
    await stage.github.redeliver(Number(field(failed, "id")));
    await stage.sandbox.settled();
    const [first, again] = stage.received;
    expect(again?.guid).toBe(first?.guid);
    expect(again?.body).toBe(first?.body);
    expect(await stage.github.listFailedDeliveries(new Date(0))).toEqual([]);
    const { body } = await app("GET", "/app/hook/deliveries");
    expect(list(body).filter((one) => field(one, "guid") === first?.guid)).toMatchObject([
      { redelivery: true, status: "OK", status_code: 202 },
      { redelivery: false, status_code: 503 },
    ]);
  });

  test("deliveries are read page by page with a cursor", async () => {
    const stage = openStage();
    await makeEverythingHappen(stage);
    const app = callAsApp(stage);
    const ids: unknown[] = [];
    for (let path: string | null = "/app/hook/deliveries?per_page=10"; path !== null;) {
      const { body, headers }: Awaited<ReturnType<typeof app>> = await app("GET", path);
      ids.push(...list(body).map((one) => field(one, "id")));
      path = /<https:\/\/api\.github\.com([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(ids).toEqual(stage.sandbox.deliveries.list().map(({ id }) => id));
  });

  test("on demand they come twice, in another order, not at all, or refused", async () => {
    const stage = openStage();
    await openShop(stage);
    const { control, lie, settled } = stage.sandbox;
    const commit = async (message: string): Promise<unknown> =>
      await control.commit({ repository, branch: "main", message, files: { [message]: message } });
    lie({ kind: "delivery-twice", event: "push", times: 1 });
    await commit("one");
    lie({ kind: "delivery-after-the-next", event: "push", times: 1 });
    await commit("two");
    await commit("three");
    lie({ kind: "delivery-lost", event: "push", times: 1 });
    await commit("four");
    lie({ kind: "delivery-refused", event: "push", times: 1 });
    await commit("five");
    await settled();
    expect(stage.received.map(({ payload }) => field(payload, "head_commit", "message"))).toEqual([
      "one",
      "one",
      "three",
      "two",
    ]);
    expect(stage.received[0]?.guid).toBe(stage.received[1]?.guid);
    expect(stage.sandbox.deliveries.list()[0]?.outcome).toMatchObject({ statusCode: 503 });
  });

  test("one that nobody took in time is no success", async () => {
    const stage = openStage({
      deliver: () => Promise.reject(new Error("connection refused")),
    });
    await openShop(stage);
    expect(stage.sandbox.deliveries.list().map(({ outcome }) => outcome?.status)).toEqual([
      "failed to connect to host",
      "failed to connect to host",
      "failed to connect to host",
    ]);
  });
});
