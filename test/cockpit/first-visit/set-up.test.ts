import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setUp } from "../../../src/cockpit/first-visit/set-up-page.ts";
import type { CockpitEnvironment } from "../../../src/cockpit/person.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { Fault } from "../../../src/errors.ts";
import type { GitHub } from "../../../src/ports/github.ts";
import { parsePolicy } from "../../../src/policy/parse-policy.ts";
import { gitHubWith } from "../github-with.ts";
import { HOSTILE } from "../../domain/escape/hostile-text.ts";
import { buildTrunk, known, messages, sha } from "../../domain/first-visit/build-survey.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";

let cockpit: OpenCockpit;
let github: Partial<GitHub>;
let pretended: GitHub;
let calls: string[];
let repositories = 0;

beforeAll(async () => {
  const names = ["listEnvironments", "listWorkflows", "readBranches", "readLiveDeployment"] as const;
  const more = ["readTrunk", "readRecentCommits", "readSlug"] as const;
  // Whatever the test brings then.
  const asked = Object.fromEntries(
    [...names, ...more].map((name) => [
      name,
      (...given: readonly unknown[]) => {
        calls.push(name);
        const part = github[name];
        if (part === undefined) throw new Error(`no ${name} was brought`);
        const answer: unknown = Reflect.apply(part, null, given);
        return answer;
      },
    ]),
  );
  pretended = gitHubWith(asked);
  cockpit = await openCockpit({ github: pretended });
});
afterAll(() => cockpit.close());
beforeEach(() => {
  calls = [];
  const slow = { name: "integration", minutes: 60 };
  const days = [
    [{ name: "unit" }, slow],
    ...Array.from({ length: 5 }, () => [{ name: "unit" }, { ...slow, said: "failure" }]),
  ];
  github = {
    listEnvironments: async () => known(["production"]),
    listWorkflows: async () => known(["ci.yml"]),
    readBranches: async () => new Map(),
    readLiveDeployment: async () => known({ sha: sha("live"), by: null, at: new Date(0) }),
    readTrunk: async () => known(buildTrunk(days, 24)),
    readRecentCommits: async () => messages("PLAY-1: a", "PLAY-2: b", "Tune the cache"),
    readSlug: async () => "holdpoint-acme",
  };
});

/** A repository that nobody has surveyed yet. */
async function fresh(): Promise<RepositoryFacts> {
  repositories += 1;
  return await cockpit.repository(`acme/new-${repositories}`);
}

async function open(repository: RepositoryFacts, right: "read" | "write" = "write"): Promise<Response> {
  const cookie = await cockpit.signIn(`somebody-${repositories}-${right}`, [[repository, right]]);
  return await cockpit.get(`/${repository.owner}/${repository.name}`, cookie);
}

function decoded(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("a repository without a policy", () => {
  test("gets one written for it, to be committed at GitHub as it is read here", async () => {
    const repository = await fresh();
    const text = await (await open(repository)).text();
    expect(text).toContain(`Set up acme/${repository.name}`);
    const shown = decoded(
      /<textarea[^>]*id="proposed"[^>]*>\n?([^<]*)<\/textarea/.exec(text)?.[1] ?? "",
    ).trimStart();
    expect(parsePolicy({ organisation: null, repository: shown }).problems).toEqual([]);
    expect(shown).toContain("production: { base: { deployment: production } }");
    const address = decoded(/href="(https:\/\/github\.com\/[^"]*\/new\/[^"]*)"/.exec(text)?.[1] ?? "");
    const url = new URL(address);
    expect(url.pathname).toBe(`/acme/${repository.name}/new/main`);
    expect(url.searchParams.get("filename")).toBe(".github/holdpoint.yml");
    expect(url.searchParams.get("value")?.trim()).toBe(shown.trim());
  });

  test("is shown what that would have held, and from how much that was computed", async () => {
    const text = await (await open(await fresh())).text();
    expect(text).toContain("Deploys would have been halted once, for 2 d");
    expect(text).toContain("Required checks were green on every one of 6 commits");
    expect(text).toContain("1 of 3 commits carries no ticket");
    expect(text).toContain("Computed from the newest 6 commits of the trunk");
    expect(text).toContain("It only observes");
  });

  test("is read in ten calls at most, once for everybody who looks within two minutes", async () => {
    const repository = await fresh();
    await open(repository);
    const first = calls.length;
    await open(repository, "read");
    expect(calls).toHaveLength(first);
    // Of a trunk one call is counted here: its adapter reads four pages at most.
    expect(first + 3).toBeLessThanOrEqual(10);
    cockpit.pass(120_000);
    await open(repository, "read");
    expect(calls.length).toBe(first * 2);
  });

  test("says what could not be read, and proposes from the rest", async () => {
    github = {
      ...github,
      listEnvironments: async () => {
        throw new Fault({
          kind: "misconfigured",
          code: "github-forbidden",
          doing: "listing the environments",
          detail: "GitHub forbids it",
        });
      },
      readTrunk: async () => {
        throw new Fault({ kind: "retry-later", code: "github-unreachable", doing: "reading the trunk" });
      },
    };
    const text = await (await open(await fresh())).text();
    expect(text).toContain("could not be read: listing the environments: GitHub forbids it");
    expect(text).toContain("The trunk could not be read, so nothing was computed.");
    expect(text).toContain("mode: observe");
  });

  test("tells readers that their file becomes a pull request", async () => {
    const repository = await fresh();
    expect(await (await open(repository, "read")).text()).toContain("You may read this repository");
    expect(await (await open(repository, "write")).text()).not.toContain("You may read this repository");
  });

  test("whose policy is too long for an address is opened without it, and says so", async () => {
    const long = Array.from({ length: 20 }, (_, index) => ({
      name: `${index} ${"x".repeat(190)}`,
      minutes: 20,
    }));
    github = { ...github, readTrunk: async () => known(buildTrunk([long])) };
    const text = await (await open(await fresh())).text();
    expect(text).toContain("The text is too long to be sent along");
    const address = decoded(/href="(https:\/\/github\.com\/[^"]*\/new\/[^"]*)"/.exec(text)?.[1] ?? "");
    expect(new URL(address).searchParams.has("value")).toBe(false);
  });

  test("REL-74: whatever its branches, checks and commits are called, the page stays as it is", async () => {
    const canary = `<script>canary()</script>"'><img src=x onerror=canary()>`;
    const texts = [...HOSTILE.map(([, text]) => text), canary];
    github = {
      ...github,
      listEnvironments: async () => known(texts),
      listWorkflows: async () => known(texts),
      readTrunk: async () => known(buildTrunk([texts.map((name) => ({ name, minutes: 20 }))])),
      readRecentCommits: async () => messages("PLAY-1: a", "PLAY-2: b", ...texts),
    };
    const text = await (await open(await fresh())).text();
    expect(/<script>canary|<img|<b onclick|\u202E|[^\P{Cc}\n]/u.exec(text)).toBeNull();
  });
});

test("a repository that takes long to read is said to be read, and its page comes again by itself", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const repository = await fresh();
  const { listWorkflows } = github;
  github = {
    ...github,
    listWorkflows: async (asked) => {
      await promise;
      return await (listWorkflows?.(asked) ?? known([]));
    },
  };
  const person = { id: 1, login: "somebody", sessionHash: Buffer.from("x") };
  const impatient = new Hono<CockpitEnvironment>().get("/", async (context) => {
    const seen = { person, repository: { facts: repository, right: "read", openCases: 0 } } as const;
    const githubUrl = "https://github.com";
    const parts = { github: pretended, jira: null, clock: { now: cockpit.now }, githubUrl };
    return context.html(await setUp(parts, context, seen, 1));
  });
  const waiting = await impatient.request("/");
  expect(waiting.headers.get("refresh")).toBe("2");
  expect(await waiting.text()).toContain("Reading the repository");
  resolve();
  const there = await open(repository);
  expect(there.headers.get("refresh")).toBeNull();
  expect(await there.text()).toContain("A policy to begin with");
});

describe("somebody who sees no repository", () => {
  test("is told how to install the App, what it may do, and what comes next", async () => {
    const cookie = await cockpit.signIn("newcomer", []);
    const text = await (await cockpit.get("/", cookie)).text();
    expect(text).toContain('href="https://github.com/apps/holdpoint-acme/installations/new"');
    expect(text).toContain("never writes code");
    expect(text).toContain("What happens next");
  });

  test("is told so too while GitHub does not answer", async () => {
    github = {
      ...github,
      readSlug: async () => {
        throw new Fault({
          kind: "retry-later",
          code: "github-unreachable",
          doing: "reading the App's own name",
        });
      },
    };
    const cookie = await cockpit.signIn("newcomer-2", []);
    const answer = await cockpit.get("/", cookie);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("GitHub does not say at the moment");
  });
});
