import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createSandboxGitHub,
  type SandboxGitHub,
} from "../../../src/sandbox/github/create-sandbox-github.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = "acme/storefront";
const directory = mkdtempSync(join(tmpdir(), "holdpoint-web-"));
let github: SandboxGitHub;
let sha = "";

beforeAll(async () => {
  github = createSandboxGitHub({
    directory,
    clock: { now: () => new Date("2026-11-21T12:00:00Z") },
  });
  const { control } = github;
  await control.createOrganisation({ login: "acme" });
  await control.createRepository({ owner: "acme", name: "storefront", files: { "a.txt": "1\n" } });
  await control.setPermission({ repository: NAME, login: "octocat", role: "write" });
  ({ sha } = await control.commit({ repository: NAME, branch: "main", message: "Tune <b>caches</b>" }));
});

afterAll(() => rmSync(directory, { recursive: true }));

async function visit(path: string, form?: Readonly<Record<string, string>>) {
  const answer = await github.fetch(
    new Request(`http://127.0.0.1:1${path}`, {
      headers: { accept: "text/html,application/xhtml+xml" },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    }),
  );
  return { status: answer.status, to: answer.headers.get("location"), text: await answer.text() };
}

describe("the pages that Holdpoint links to", () => {
  test("say that they are a sandbox, and show what was written as text", async () => {
    const { status, text } = await visit(`/${NAME}/commit/${sha}`);
    expect(status).toBe(200);
    expect(text).toContain("<strong>Sandbox GitHub</strong> · played on this machine, nothing here is real");
    expect(text).toContain("<h1>Tune &lt;b&gt;caches&lt;/b&gt;</h1>");
  });

  test("have no picture, which browsers ask for as no program does", async () => {
    const asked = new Request("http://127.0.0.1:1/favicon.ico", { headers: { accept: "image/*" } });
    const before = github.requests.list().length;
    expect((await github.fetch(asked)).status).toBe(204);
    expect(github.requests.list()).toHaveLength(before);
  });

  test("are there for issues, pull requests, repositories and people", async () => {
    const { control } = github;
    const { number } = await control.openIssue({ repository: NAME, title: "Red since noon" });
    await control.comment({ repository: NAME, number, body: "I look at it", by: "monalisa" });
    await control.commit({ repository: NAME, branch: "work", from: "main", message: "PLAY-1: Work" });
    const opened = await control.openPullRequest({ repository: NAME, head: "work", title: "PLAY-1: Work" });
    const issue = await visit(`/${NAME}/issues/${number}`);
    expect(issue.text).toContain("I look at it");
    expect((await visit(`/${NAME}/pull/${opened.number}`)).text).toContain(
      `<h1>PLAY-1: Work #${opened.number}</h1>`,
    );
    expect((await visit(`/${NAME}`)).text).toContain("Red since noon");
    expect((await visit("/octocat")).status).toBe(200);
    expect((await visit("/nobody-of-that-name")).status).toBe(404);
  });

  test("commit a new file for somebody who may write", async () => {
    const content = "mode: observe\n";
    const query = new URLSearchParams({ filename: ".github/holdpoint.yml", value: content }).toString();
    const page = await visit(`/${NAME}/new/main?${query}`);
    expect(page.text).toContain('<textarea id="value" name="value">mode: observe\n</textarea>');
    expect(page.text).toContain("<option>octocat</option>");
    const message = "Ask Holdpoint";
    const done = await visit(`/${NAME}/new/main`, {
      filename: ".github/holdpoint.yml",
      value: content,
      message,
      as: "octocat",
    });
    expect(done).toMatchObject({ status: 303, to: `/${NAME}` });
    expect((await visit(`/${NAME}`)).text).toContain(message);
  });

  test("install the App", async () => {
    await github.control.createOrganisation({ login: "globex", install: false });
    expect((await visit("/apps/holdpoint/installations/new")).text).toContain("Install on globex");
    expect((await visit("/apps/holdpoint/installations/new", { account: "globex" })).status).toBe(303);
    expect((await visit("/apps/holdpoint/installations/new")).text).not.toContain("Install on globex");
  });
});

test("programs get the API at the same address", async () => {
  const answer = await github.fetch(new Request("http://127.0.0.1:1/octocat"));
  expect(answer.headers.get("content-type")).toContain("application/json");
});
