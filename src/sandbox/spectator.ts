import { createSign } from "node:crypto";
import { z } from "zod";
import type { SandboxGitHub } from "./github/create-sandbox-github.ts";

const tokenAnswer = z.object({ token: z.string() });
const statusAnswer = z.object({
  statuses: z.array(z.object({ context: z.string(), state: z.string(), description: z.string().nullable() })),
});
const checkRunsAnswer = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      conclusion: z.string().nullable(),
      output: z.object({
        title: z.string().nullable(),
        summary: z.string().nullable(),
        text: z.string().nullable(),
      }),
    }),
  ),
});
const commentsAnswer = z.array(z.object({ body: z.string(), user: z.object({ login: z.string() }) }));

const issuesAnswer = z.array(
  z.object({
    number: z.number(),
    title: z.string(),
    body: z.string().nullable(),
    state: z.string(),
    labels: z.array(z.object({ name: z.string() })),
  }),
);

export interface SeenStatus {
  readonly context: string;
  readonly state: string;
  readonly description: string;
}

export interface SeenCheckRun {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

export interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly labels: readonly string[];
}

/** What a person would see on GitHub, read through its ordinary addresses. */
export interface Spectator {
  readonly statuses: (repository: string, sha: string) => Promise<readonly SeenStatus[]>;
  readonly checkRuns: (repository: string, sha: string) => Promise<readonly SeenCheckRun[]>;
  /** Open and closed ones with the label, newest first. */
  readonly issues: (repository: string, label: string) => Promise<readonly SeenIssue[]>;
  readonly comments: (repository: string, issue: number) => Promise<readonly string[]>;
}

export function createSpectator(github: SandboxGitHub, installationId: number, now: () => Date): Spectator {
  async function ask(method: string, path: string, authorization: string): Promise<unknown> {
    const headers = { authorization, accept: "application/vnd.github+json", "user-agent": "spectator" };
    const response = await github.fetch(new Request(`https://api.github.com${path}`, { method, headers }));
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }

  async function read(path: string): Promise<unknown> {
    const jwt = signJwt(github.app, now());
    const minted = await ask("POST", `/app/installations/${installationId}/access_tokens`, `Bearer ${jwt}`);
    return await ask("GET", path, `token ${tokenAnswer.parse(minted).token}`);
  }

  return {
    async statuses(repository, sha) {
      const { statuses } = statusAnswer.parse(await read(`/repos/${repository}/commits/${sha}/status`));
      return statuses.map(({ context, state, description }) => ({
        context,
        state,
        description: description ?? "",
      }));
    },
    async checkRuns(repository, sha) {
      const path = `/repos/${repository}/commits/${sha}/check-runs`;
      const { check_runs: runs } = checkRunsAnswer.parse(await read(path));
      return runs.map(({ id, name, conclusion, output }) => ({
        id,
        name,
        conclusion,
        title: output.title ?? "",
        summary: output.summary ?? "",
        text: output.text ?? "",
      }));
    },
    async issues(repository, label) {
      const query = new URLSearchParams({ state: "all", labels: label });
      const issues = issuesAnswer.parse(await read(`/repos/${repository}/issues?${query.toString()}`));
      return issues.map(({ body, labels, ...rest }) => ({
        ...rest,
        body: body ?? "",
        labels: labels.map(({ name }) => name),
      }));
    },
    async comments(repository, issue) {
      const comments = commentsAnswer.parse(await read(`/repos/${repository}/issues/${issue}/comments`));
      return comments.map(({ body }) => body);
    },
  };
}

function signJwt(app: SandboxGitHub["app"], now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: seconds - 30, exp: seconds + 300, iss: String(app.id) })}`;
  const signature = createSign("RSA-SHA256").update(signed).sign(app.privateKey, "base64url");
  return `${signed}.${signature}`;
}
