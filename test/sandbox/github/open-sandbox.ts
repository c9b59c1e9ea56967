import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createJwtSigner } from "../../../src/adapters/github/app-jwt.ts";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import type { Log } from "../../../src/log.ts";
import type { GitHub } from "../../../src/ports/github.ts";
import {
  createSandboxGitHub,
  type SandboxGitHub,
  type SandboxGitHubOptions,
} from "../../../src/sandbox/github/create-sandbox-github.ts";

export const SECRET = "a secret for tests";

export interface Received {
  readonly event: string;
  readonly guid: string;
  readonly headers: Headers;
  readonly body: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Stage {
  readonly sandbox: SandboxGitHub;
  readonly received: Received[];
  readonly clock: { now: () => Date; forward: (milliseconds: number) => void };
  /** Holdpoint's own way to GitHub, in process. */
  readonly github: GitHub;
  readonly directory: string;
  /** What the receiver answers. */
  readonly receiver: { status: number };
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** One for all tests of a file: making a key is slow. */
const PRIVATE_KEY = generateKeyPairSync("rsa", { modulusLength: 2_048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

/** A sandbox in a folder of its own. What it notes as a violation fails the test; `inspect` is what looks for them. */
export function openStage(
  options: Partial<SandboxGitHubOptions> = {},
  violations: "fail" | "expected" = "fail",
): Stage {
  const directory = mkdtempSync(join(tmpdir(), "holdpoint-sandbox-"));
  let now = Date.parse("2026-03-02T09:00:00Z");
  const clock = {
    now: () => new Date(now),
    forward: (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const received: Received[] = [];
  const receiver = { status: 202 };
  const sandbox = createSandboxGitHub({
    directory,
    clock,
    webhook: { url: "http://holdpoint.example/api/github/webhooks", secret: SECRET },
    deliver: async (request) => {
      const body = await request.text();
      const payload: unknown = JSON.parse(body);
      received.push({
        event: request.headers.get("x-github-event") ?? "",
        guid: request.headers.get("x-github-delivery") ?? "",
        headers: request.headers,
        body,
        payload: typeof payload === "object" && payload !== null ? { ...payload } : {},
      });
      return new Response("", { status: receiver.status });
    },
    ...options,
    app: { privateKey: PRIVATE_KEY, ...options.app },
  });
  const github = createGitHub({
    apiUrl: "https://api.github.com",
    clock,
    log: silent,
    pauses: {
      until: async () => null,
      extend: async () => undefined,
      strike: async () => 0,
      calm: async () => undefined,
    },
    parseYaml: () => null,
    appId: sandbox.app.id,
    privateKey: sandbox.app.privateKey,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
    writeGapMilliseconds: 0,
    sleep: async () => undefined,
  });
  onTestFinished(async () => {
    sandbox.tellTheTruth();
    await sandbox.settled();
    rmSync(directory, { recursive: true, force: true });
    const found = violations === "fail" ? sandbox.violations() : [];
    if (found.length > 0) throw new Error(`not as GitHub describes it:\n${found.join("\n")}`);
  });
  return { sandbox, received, clock, github, directory, receiver };
}

/** The only repository, as Holdpoint knows it. */
export async function onlyRepository({ github }: Stage): Promise<RepositoryFacts> {
  const [installation] = await github.listInstallations();
  if (installation === undefined) throw new Error("the App is not installed");
  const [repository] = await github.listRepositories(installation.id);
  if (repository === undefined) throw new Error("there is no repository");
  return repository;
}

/** An organisation `acme` with a repository `shop` of one commit. */
export async function openShop(stage: Stage): Promise<{ readonly sha: string; readonly id: number }> {
  await stage.sandbox.control.createOrganisation({ login: "acme" });
  const { id, sha } = await stage.sandbox.control.createRepository({
    owner: "acme",
    name: "shop",
    files: { "README.md": "# Shop\n" },
  });
  await stage.sandbox.settled();
  stage.received.length = 0;
  return { id, sha: sha ?? "" };
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export type Calls = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Called>;

/** Calls with a credential, without Holdpoint's adapter between. */
export function callWith({ sandbox }: Stage, authorization: string): Calls {
  return async (method, path, body, headers = {}) => {
    const response = await sandbox.fetch(
      new Request(`https://api.github.com${path}`, {
        method,
        headers: { authorization, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const parsed: unknown = text === "" ? null : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body: parsed };
  };
}

export function callAsApp(stage: Stage): Calls {
  const sign = createJwtSigner(stage.sandbox.app.id, stage.sandbox.app.privateKey);
  return (method, path, body) => callWith(stage, `Bearer ${sign(stage.clock.now())}`)(method, path, body);
}

/** As the App's installation on the organisation. */
export async function callAsInstallation(stage: Stage): Promise<Calls> {
  const app = callAsApp(stage);
  const [installation] = list((await app("GET", "/app/installations")).body);
  const { body } = await app("POST", `/app/installations/${String(field(installation, "id"))}/access_tokens`);
  return callWith(stage, `token ${String(field(body, "token"))}`);
}

/** `field(value, "commit", "author", "name")`; undefined where there is none. */
export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("not a list");
  return value;
}
