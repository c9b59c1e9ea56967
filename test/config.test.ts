import { createHash, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { collectSecrets, type Environment, readServerSettings } from "../src/config.ts";
import { settingsRefused } from "../src/domain/wording/config.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const GOOD: Environment = { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "one, two" };

function problemsOf(environment: Environment): readonly string[] {
  const result = readServerSettings(environment, false);
  return result.ok ? [] : result.problems.map(({ variable }) => variable);
}

describe("settings", () => {
  test("the least that is needed gives every default", () => {
    const result = readServerSettings(GOOD, false);
    expect(result).toMatchObject({
      ok: true,
      value: {
        github: { appId: 7, apiUrl: "https://api.github.com" },
        webhookSecrets: ["one", "two"],
        jira: null,
        database: { url: null, migrationUrl: null, dataDirectory: "./data" },
        host: "127.0.0.1",
        port: 3000,
        logLevel: "info",
        keepBodies: 7 * 86_400_000,
      },
    });
  });

  test("everything that is missing is told at once, by the variable's name", () => {
    const result = readServerSettings({}, false);
    expect(result.ok ? "" : settingsRefused(result.problems)).toBe(
      [
        "3 settings need your attention:",
        "  APP_ID is missing: the number on the GitHub App's settings page, under “App ID”.",
        "  PRIVATE_KEY is missing: paste the App's private key (PEM, or base64 of it), or set PRIVATE_KEY_PATH to its file.",
        "  WEBHOOK_SECRET is missing: a long random text, the same as in the GitHub App's settings; several, comma-separated, during a rotation.",
      ].join("\n"),
    );
  });

  test.each<[string, Environment, string[]]>([
    ["REL-02: a blank webhook secret", { WEBHOOK_SECRET: "  " }, ["WEBHOOK_SECRET"]],
    ["REL-02: the known default as the secret", { WEBHOOK_SECRET: "development" }, ["WEBHOOK_SECRET"]],
    ["REL-02: the known default among several", { WEBHOOK_SECRET: "x,development" }, ["WEBHOOK_SECRET"]],
    ["a private key that is none", { PRIVATE_KEY: "hello" }, ["PRIVATE_KEY"]],
    [
      "a private key file that is not there",
      { PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere/key" },
      ["PRIVATE_KEY_PATH"],
    ],
    ["an App id that is a client id", { APP_ID: "Iv1.abc" }, ["APP_ID"]],
    ["REL-71: Jira over http", { JIRA_BASE_URL: "http://169.254.169.254", JIRA_PAT: "p" }, ["JIRA_BASE_URL"]],
    [
      "REL-71: Jira over http by a decimal address",
      { JIRA_BASE_URL: "http://2852039166/", JIRA_PAT: "p" },
      ["JIRA_BASE_URL"],
    ],
    [
      "REL-71: Jira by a mapped loopback",
      { JIRA_BASE_URL: "http://[::ffff:10.0.0.1]", JIRA_PAT: "p" },
      ["JIRA_BASE_URL"],
    ],
    ["REL-71: Jira as a file", { JIRA_BASE_URL: "file:///etc/passwd", JIRA_PAT: "p" }, ["JIRA_BASE_URL"]],
    [
      "REL-71: Jira with credentials",
      { JIRA_BASE_URL: "https://a:b@jira", JIRA_PAT: "p" },
      ["JIRA_BASE_URL"],
    ],
    ["half of Jira Cloud", { JIRA_BASE_URL: "https://jira", JIRA_EMAIL: "a@b" }, ["JIRA_API_TOKEN"]],
    ["Jira credentials without an address", { JIRA_PAT: "p" }, ["JIRA_BASE_URL"]],
    [
      "REL-71: Slack over http elsewhere than here",
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_API_URL: "http://slack.example/api" },
      ["SLACK_API_URL"],
    ],
    ["a database that is no PostgreSQL", { DATABASE_URL: "mysql://x" }, ["DATABASE_URL"]],
    ["a migration role without a database", { MIGRATION_DATABASE_URL: "postgres://x" }, ["DATABASE_URL"]],
    ["a port out of range", { PORT: "70000" }, ["PORT"]],
    ["an unknown log level", { LOG_LEVEL: "loud" }, ["LOG_LEVEL"]],
    ["a duration without a unit", { HOLDPOINT_KEEP_BODIES: "7" }, ["HOLDPOINT_KEEP_BODIES"]],
    ["no duration at all", { HOLDPOINT_KEEP_BODIES: "0d" }, ["HOLDPOINT_KEEP_BODIES"]],
    ["a duration of centuries", { HOLDPOINT_KEEP_BODIES: "99999d" }, ["HOLDPOINT_KEEP_BODIES"]],
  ])("%s is refused", (_, change, variables) => {
    expect(problemsOf({ ...GOOD, ...change })).toEqual(variables);
  });

  test.each([
    ["a key whose newlines are written out", privateKey.replaceAll("\n", "\\n")],
    ["a key in base64", Buffer.from(privateKey).toString("base64")],
  ])("%s is taken", (_, key) => {
    const result = readServerSettings({ ...GOOD, PRIVATE_KEY: key }, false);
    expect(result.ok && result.value.github.privateKey).toBe(`${privateKey.trim()}
`);
  });

  test.each([
    ["nothing", {}, null],
    ["a token", { SLACK_BOT_TOKEN: "xoxb-1" }, { botToken: "xoxb-1", apiUrl: "https://slack.com/api" }],
    [
      "a token and an address",
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_API_URL: "http://127.0.0.1:9/api/" },
      { botToken: "xoxb-1", apiUrl: "http://127.0.0.1:9/api" },
    ],
  ])("Slack from %s", (_, change, slack) => {
    const result = readServerSettings({ ...GOOD, ...change }, false);
    expect(result.ok && result.value.slack).toEqual(slack);
  });

  const sha256 = (token: string): Buffer => createHash("sha256").update(token).digest();
  test.each([
    ["nothing", "", []],
    [
      "one for everything",
      "ci:canary-4711:*",
      [{ name: "ci", hash: sha256("canary-4711"), scope: { kind: "all" } }],
    ],
    [
      "one for an owner, one for a repository, with colons and slashes in the tokens",
      "a:x:y/z:0123:acme , b:token-of-b:acme/store.front",
      [
        { name: "a", hash: sha256("x:y/z:0123"), scope: { kind: "owner", owner: "acme" } },
        {
          name: "b",
          hash: sha256("token-of-b"),
          scope: { kind: "repository", owner: "acme", name: "store.front" },
        },
      ],
    ],
  ])("REL-66: tokens of the gate's address from %s: hashes alone", (_, text, tokens) => {
    const result = readServerSettings({ ...GOOD, HOLDPOINT_API_TOKENS: text }, false);
    expect(result.ok && result.value.apiTokens).toEqual(tokens);
    expect(JSON.stringify(result)).not.toContain("canary-4711");
  });

  test.each([
    ["without a scope", "ci:canary-4711", ["has an entry of another form (number 1)"]],
    ["without a name", ":canary-4711:*", ["has an entry of another form (number 1)"]],
    ["with a pattern for a scope", "a:canary-4711:*/shop", ["has an entry of another form (number 1)"]],
    ["with a path for a scope", "a:canary-4711:a/b/c", ["has an entry of another form (number 1)"]],
    ["that is short", "a:canary:*", ["has a token that can be guessed (number 1)"]],
    ["named twice", "a:canary-4711:x,a:canary-4712:y", ["has a name or a token twice (number 2)"]],
    ["given twice", "a:canary-4711:x,b:canary-4711:y", ["has a name or a token twice (number 2)"]],
    [
      "of which two are wrong",
      "canary-4711,a:canary-4711:x,b:c:d",
      ["has an entry of another form (number 1)", "has a token that can be guessed (number 3)"],
    ],
  ])(
    "REL-66: a token of the gate's address %s is refused by its place, never its text",
    (_, text, wanted) => {
      const result = readServerSettings({ ...GOOD, HOLDPOINT_API_TOKENS: text }, false);
      const problems = result.ok ? [] : result.problems;
      expect(problems.map(({ variable }) => variable)).toEqual(wanted.map(() => "HOLDPOINT_API_TOKENS"));
      expect(problems.map(({ message }) => message.split(":")[0])).toEqual(wanted);
      expect(JSON.stringify(problems)).not.toContain("canary");
    },
  );

  test("REL-77: no complaint repeats a value, and every secret is known to the log", () => {
    const canary = "canary-4711";
    const environment: Environment = {
      APP_ID: canary,
      PRIVATE_KEY: canary,
      WEBHOOK_SECRET: `${canary},development`,
      JIRA_BASE_URL: `ftp://${canary}`,
      JIRA_API_TOKEN: canary,
      DATABASE_URL: `mysql://u:${canary}@h/d`,
      PORT: canary,
      LOG_LEVEL: canary,
    };
    const result = readServerSettings(environment, false);
    expect(JSON.stringify(result.ok || result.problems)).not.toContain(canary);
    expect(collectSecrets(environment, "")).toContain(canary);
  });
});
