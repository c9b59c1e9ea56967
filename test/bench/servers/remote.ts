import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createSandboxGitHub } from "../../../src/sandbox/github/create-sandbox-github.ts";
import { createSandboxJira } from "../../../src/sandbox/jira/create-sandbox-jira.ts";
import { serve } from "../../../src/sandbox/serve.ts";
import { SECRET } from "../payloads.ts";
import {
  type Exchange,
  type Happened,
  type RemoteQuestion,
  isStatus,
  questionSchema,
} from "../remote-questions.ts";
import { tell, untilLetGo } from "./parent.ts";

const ORGANISATION = "acme";
const STATUS_WITHIN = 60_000;
const POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy"]
  fields:
    - { name: "Risk assessment" }
    - { name: "Post-deploy checks" }
`;

const WATCHED_POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets: { require: off, complete: off }
deferred:
  checks:
    - { name: Integration, match: { workflow: ci.yml, job: "integration*" } }
`;

/** The other side of everything: a GitHub and a Jira that note when they are asked and when they have answered. */
const clock = { now: () => new Date() };
const directory = await mkdtemp(join(tmpdir(), "holdpoint-bench-github-"));
const open = new Set<Exchange>();
let happened: { deliveredAt: number[]; exchanges: Exchange[] } = { deliveredAt: [], exchanges: [] };
let lastSign = performance.now();

const github = createSandboxGitHub({
  directory,
  clock,
  async deliver(request) {
    happened.deliveredAt.push(performance.now());
    const response = await fetch(request);
    lastSign = performance.now();
    return response;
  },
});
const jira = createSandboxJira({ clock });
const servedGitHub = await serve((request) => note("github", request, github.fetch));
const servedJira = await serve((request) => note("jira", request, jira.fetch));

async function note(
  to: Exchange["to"],
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method } = request;
  const exchange = { to, method, path: `${pathname}${search}`, from: performance.now(), until: 0, status: 0 };
  happened.exchanges.push(exchange);
  open.add(exchange);
  const response = await answer(request);
  exchange.until = performance.now();
  exchange.status = response.status;
  lastSign = exchange.until;
  open.delete(exchange);
  return response;
}

/**
 * Does something that Holdpoint is told of, and waits for the status that follows, where one does, and then until nobody
 * has asked anything for so many milliseconds.
 */
async function watch(
  quiet: number,
  act: () => Promise<unknown>,
  follows: "status" | "nothing" = "status",
): Promise<Happened> {
  happened = { deliveredAt: [], exchanges: [] };
  await act();
  const startedAt = performance.now();
  lastSign = startedAt;
  while (!isQuiet()) {
    if (performance.now() - startedAt > STATUS_WITHIN) throw new Error("no status came");
    await pause(quiet / 10);
  }
  return happened;

  function isQuiet(): boolean {
    if (open.size > 0 || performance.now() - lastSign < quiet) return false;
    return follows === "nothing" || happened.exchanges.some(isStatus);
  }
}

async function createRepository(name: string): Promise<object> {
  const repository = `${ORGANISATION}/${name}`;
  await github.control.createRepository({
    owner: ORGANISATION,
    name,
    files: { ".github/holdpoint.yml": POLICY },
  });
  await github.control.createBranch({ repository, branch: "production" });
  return {};
}

function createTickets(last: number): object {
  for (let number = 1; number <= last; number += 1) {
    jira.createIssue({
      project: "PLAY",
      type: "Story",
      key: `PLAY-${String(number)}`,
      summary: `Ticket ${String(number)}`,
      status: "Ready to deploy",
      fields: { "Risk assessment": "Low: a change of a text.", "Post-deploy checks": "The page opens." },
    });
  }
  return {};
}

async function createWatchedRepository(repository: string): Promise<void> {
  const [owner = "", name = ""] = repository.split("/");
  await github.control.createRepository({
    owner,
    name,
    files: {
      ".github/holdpoint.yml": WATCHED_POLICY,
      ".github/CODEOWNERS": "*.txt @octocat\n",
      "a.txt": "1\n",
    },
  });
  await github.control.createBranch({ repository, branch: "production" });
  await finishDeferred(repository, "success");
}

async function mergeChange(repository: string): Promise<void> {
  const head = "change";
  const author = "monalisa";
  await github.control.commit({
    repository,
    branch: head,
    from: "main",
    message: "Change it",
    author,
    files: { "a.txt": "2\n" },
  });
  const { number } = await github.control.openPullRequest({
    repository,
    head,
    title: "Change it",
    by: author,
  });
  await github.control.mergePullRequest({ repository, number, method: "squash", by: author });
}

async function finishDeferred(repository: string, conclusion: "success" | "failure"): Promise<void> {
  await github.control.finishWorkflowRun({
    repository,
    sha: "main",
    workflow: "ci.yml",
    jobs: [{ name: "integration", conclusion }],
  });
}

async function answer(question: RemoteQuestion): Promise<object> {
  const repository = "repository" in question ? `${ORGANISATION}/${question.repository}` : "";
  switch (question.kind) {
    case "connect":
      github.setWebhook({ url: `${question.url}/api/github/webhooks`, secret: SECRET });
      return {};
    case "create-repository":
      return await createRepository(question.repository);
    case "create-tickets":
      return createTickets(question.last);
    case "create-watched-repository":
      return await watch(question.quiet, () => createWatchedRepository(repository), "nothing");
    case "merge-change":
      return await watch(question.quiet, () => mergeChange(repository), "nothing");
    case "turn-red":
      return await watch(question.quiet, () => finishDeferred(repository, "failure"), "nothing");
    case "listen":
      return await watch(question.quiet, () => Promise.resolve(), "nothing");
    case "push": {
      const { ticket } = question;
      const commit = { message: `PLAY-${String(ticket)}: change`, files: { "a.txt": `${String(ticket)}\n` } };
      return await watch(question.quiet, () =>
        github.control.commit({ repository, branch: "main", ...commit }),
      );
    }
    case "push-many":
      return await watch(question.quiet, () =>
        github.control.bulkCommits({ repository, branch: "main", count: question.count }),
      );
    case "release":
      return await watch(
        question.quiet,
        () => github.control.forcePush({ repository, branch: "production", to: "main" }),
        "nothing",
      );
  }
}

await github.control.createOrganisation({ login: ORGANISATION });
process.on("message", (message) => {
  answer(questionSchema.parse(message)).then(tell, (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
untilLetGo(async () => {
  await servedGitHub.stop();
  await servedJira.stop();
  await rm(directory, { recursive: true });
});
tell({
  APP_ID: String(github.app.id),
  PRIVATE_KEY: github.app.privateKey,
  GITHUB_API_URL: servedGitHub.url,
  JIRA_BASE_URL: servedJira.url,
  JIRA_EMAIL: jira.credentials.email,
  JIRA_API_TOKEN: jira.credentials.apiToken,
});
