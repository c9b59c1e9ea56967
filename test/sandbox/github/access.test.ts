import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createJwtSigner } from "../../../src/adapters/github/app-jwt.ts";
import {
  callAsApp,
  callAsInstallation,
  callWith,
  field,
  onlyRepository,
  openShop,
  openStage,
  type Stage,
} from "./open-sandbox.ts";

const OF = "/repos/acme/shop";

function signAt(stage: Stage, milliseconds: number): string {
  const sign = createJwtSigner(stage.sandbox.app.id, stage.sandbox.app.privateKey);
  return `Bearer ${sign(new Date(stage.clock.now().getTime() + milliseconds))}`;
}

describe("the App's own token", () => {
  test.each([
    ["in time", 0, 200, undefined],
    [
      "from a clock that runs ten minutes ahead",
      600_000,
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    ],
    [
      "from an hour ago",
      -3_600_000,
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    ],
  ])("%s is answered with its status", async (_name, offset, status, message) => {
    const stage = openStage();
    const answer = await callWith(stage, signAt(stage, offset))("GET", "/app");
    expect([answer.status, field(answer.body, "message")]).toEqual([status, message]);
  });

  test("signed with another key proves nobody", async () => {
    const stage = openStage();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const forged = createJwtSigner(
      stage.sandbox.app.id,
      privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    );
    expect((await callWith(stage, `Bearer ${forged(stage.clock.now())}`)("GET", "/app")).status).toBe(401);
  });
});

describe("an installation's token", () => {
  test("ends after an hour", async () => {
    const stage = openStage();
    await openShop(stage);
    const call = await callAsInstallation(stage);
    stage.clock.forward(59 * 60_000);
    expect((await call("GET", OF)).status).toBe(200);
    stage.clock.forward(60_000);
    expect((await call("GET", OF)).status).toBe(401);
  });

  test("opens the installation's own repositories and no others", async () => {
    const stage = openStage();
    await openShop(stage);
    const { control } = stage.sandbox;
    await control.createOrganisation({ login: "rival" });
    await control.createRepository({ owner: "rival", name: "secret", files: { a: "1" } });
    const call = await callAsInstallation(stage);
    expect((await call("GET", "/repos/rival/secret")).status).toBe(404);
    expect((await call("GET", "/installation/repositories")).body).toMatchObject({ total_count: 1 });
  });

  test("can do what the installation was permitted, by the names of GitHub's permissions", async () => {
    const stage = openStage();
    const { sha } = await openShop(stage);
    await stage.sandbox.control.setInstallationPermissions({
      account: "acme",
      permissions: { metadata: "read", checks: "read" },
    });
    const call = await callAsInstallation(stage);
    expect((await call("GET", `${OF}/commits/${sha}/check-runs`)).status).toBe(200);
    const refused = await call("POST", `${OF}/check-runs`, { name: "Holdpoint", head_sha: sha });
    expect([refused.status, field(refused.body, "message")]).toEqual([
      403,
      "Resource not accessible by integration",
    ]);
    expect((await call("GET", `${OF}/issues`)).status).toBe(403);
  });

  test("ends with the installation", async () => {
    const stage = openStage();
    await openShop(stage);
    const call = await callAsInstallation(stage);
    await stage.sandbox.control.suspendInstallation({ account: "acme" });
    expect((await call("GET", OF)).status).toBe(403);
    await stage.sandbox.control.suspendInstallation({ account: "acme", suspended: false });
    await stage.sandbox.control.uninstall({ account: "acme" });
    expect((await call("GET", OF)).status).toBe(401);
    expect((await callAsApp(stage)("GET", "/app/installations")).body).toEqual([]);
  });
});

test("a renamed repository is a redirect to its number, until the name is taken again", async () => {
  const stage = openStage();
  const { id } = await openShop(stage);
  const { control } = stage.sandbox;
  await control.rename({ repository: "acme/shop", name: "store" });
  const call = await callAsInstallation(stage);
  const moved = await call("GET", `${OF}/branches?per_page=5`);
  expect(moved).toMatchObject({ status: 301, body: { message: "Moved Permanently" } });
  expect(moved.headers.get("location")).toBe(`https://api.github.com/repositories/${id}/branches?per_page=5`);
  expect((await call("GET", `/repositories/${id}/branches?per_page=5`)).status).toBe(200);
  expect((await call("GET", `/repositories/${id}`)).body).toMatchObject({ full_name: "acme/store" });
  await control.createRepository({ owner: "acme", name: "shop", files: { a: "1" } });
  expect((await call("GET", OF)).body).toMatchObject({ full_name: "acme/shop" });
});

test("an archived repository can be read and not written, one without issues has none, a deleted one is gone", async () => {
  const stage = openStage();
  const { sha } = await openShop(stage);
  const { control } = stage.sandbox;
  const call = await callAsInstallation(stage);
  await control.archive({ repository: "acme/shop" });
  expect((await call("GET", OF)).body).toMatchObject({ archived: true });
  expect((await call("POST", `${OF}/statuses/${sha}`, { state: "success" })).status).toBe(403);
  await control.archive({ repository: "acme/shop", archived: false });
  await control.configureRepository({ repository: "acme/shop", hasIssues: false });
  expect((await call("POST", `${OF}/issues`, { title: "Red" })).status).toBe(410);
  await control.deleteRepository({ repository: "acme/shop" });
  expect((await call("GET", OF)).status).toBe(404);
});

test("Holdpoint's adapter finds a renamed repository by its number", async () => {
  const stage = openStage();
  await openShop(stage);
  const repository = await onlyRepository(stage);
  await stage.sandbox.control.rename({ repository: "acme/shop", name: "store" });
  const outline = await stage.github.readOutline(repository);
  expect(outline.repository).toMatchObject({ id: repository.id, name: "store" });
});

test.each([
  ["admin", "admin"],
  ["maintain", "write"],
  ["write", "write"],
  ["triage", "read"],
  ["read", "read"],
  ["none", "none"],
] as const)("the role %s counts as the permission %s", async (role, permission) => {
  const stage = openStage();
  await openShop(stage);
  await stage.sandbox.control.setPermission({ repository: "acme/shop", login: "hubot", role });
  const repository = await onlyRepository(stage);
  expect(await stage.github.readPermission(repository, "hubot")).toBe(permission);
});

test("somebody who was only invited to a team is pending", async () => {
  const stage = openStage();
  await openShop(stage);
  const { control } = stage.sandbox;
  await control.addTeamMember({ organisation: "acme", team: "release", login: "hubot", state: "pending" });
  const call = await callAsInstallation(stage);
  const path = "/orgs/acme/teams/release/memberships/hubot";
  expect((await call("GET", path)).body).toMatchObject({ state: "pending" });
  await control.removeTeamMember({ organisation: "acme", team: "release", login: "hubot" });
  expect((await call("GET", path)).status).toBe(404);
});

test("what has not changed is a 304, and is counted apart", async () => {
  const stage = openStage();
  await openShop(stage);
  const repository = await onlyRepository(stage);
  const heads = await stage.github.readBranches(repository, ["main"]);
  const main = heads.get("main");
  if (main?.state !== "known") throw new Error("main is not known");
  stage.sandbox.requests.forget();
  await stage.github.readRecentCommits(repository, main.value.sha, 5);
  await stage.github.readRecentCommits(repository, main.value.sha, 5);
  expect(stage.sandbox.requests.counts()).toEqual({
    "GET /repos/:owner/:repo/commits": 1,
    "304 GET /repos/:owner/:repo/commits": 1,
  });
});
