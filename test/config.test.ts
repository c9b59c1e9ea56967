import { generateKeyPairSync } from "node:crypto";
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
