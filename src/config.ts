import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LOG_LEVELS, type LogLevel } from "./log.ts";
import * as wording from "./domain/wording/config.ts";
import {
  type ConfigResult,
  createSettingReader,
  type Environment,
  type SettingReader,
} from "./setting-reader.ts";

export type { ConfigProblem, ConfigResult, Environment } from "./setting-reader.ts";

export interface GitHubSettings {
  readonly appId: number;
  readonly privateKey: string;
  /** `https://api.github.com`, or `https://HOST/api/v3`; no slash at the end. */
  readonly apiUrl: string;
}

export type JiraSettings =
  | { readonly kind: "cloud"; readonly baseUrl: string; readonly email: string; readonly apiToken: string }
  | { readonly kind: "data-center"; readonly baseUrl: string; readonly personalAccessToken: string };

export interface SlackSettings {
  readonly botToken: string;
  /** `https://slack.com/api`; no slash at the end. */
  readonly apiUrl: string;
}

export interface DatabaseSettings {
  /** null: Holdpoint starts its own server in `dataDirectory`. */
  readonly url: string | null;
  readonly migrationUrl: string | null;
  readonly dataDirectory: string;
}

/** Who may ask the gate. Its text is not kept. */
export interface ApiToken {
  readonly name: string;
  /** SHA-256. */
  readonly hash: Buffer;
  readonly scope:
    | { readonly kind: "all" }
    | { readonly kind: "owner"; readonly owner: string }
    | { readonly kind: "repository"; readonly owner: string; readonly name: string };
}

/** Sign-in to the cockpit. */
export interface CockpitSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first seals; all of them open, during a rotation. Each at least 32 characters. */
  readonly sessionSecrets: readonly string[];
}

export interface ServerSettings {
  readonly github: GitHubSettings;
  readonly webhookSecrets: readonly string[];
  readonly jira: JiraSettings | null;
  /** Empty: Jira's webhooks are refused. */
  readonly jiraWebhookSecrets: readonly string[];
  /** null: no chat; everything else works. */
  readonly slack: SlackSettings | null;
  /** null: nobody can sign in; everything else works. */
  readonly cockpit: CockpitSettings | null;
  /** Empty: nobody is answered. */
  readonly apiTokens: readonly ApiToken[];
  readonly database: DatabaseSettings;
  readonly host: string;
  readonly port: number;
  /** The public address, no slash at the end; null: `http://HOST:PORT`. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  /** Milliseconds. */
  readonly keepBodies: number;
  readonly keepDeliveries: number;
  /** Whatever must never be printed. */
  readonly secrets: readonly string[];
}

const DAY = 86_400_000;

/** Everything `holdpoint start` needs; all problems at once. `isRoot` decides where the data lives. */
export function readServerSettings(environment: Environment, isRoot: boolean): ConfigResult<ServerSettings> {
  const reader = createSettingReader(environment);
  const github = readGitHub(reader);
  const jira = readJira(reader);
  const settings = {
    github,
    webhookSecrets: readWebhookSecrets(reader),
    jira,
    jiraWebhookSecrets: reader.list("JIRA_WEBHOOK_SECRET"),
    slack: readSlack(reader),
    cockpit: readCockpit(reader),
    apiTokens: readApiTokens(reader),
    database: readDatabase(reader, isRoot),
    host: reader.text("HOST") ?? "127.0.0.1",
    port: readPort(reader),
    publicUrl: reader.url("HOLDPOINT_URL"),
    logLevel: readLogLevel(reader),
    keepBodies: reader.duration("HOLDPOINT_KEEP_BODIES", 7 * DAY),
    keepDeliveries: reader.duration("HOLDPOINT_KEEP_DELIVERIES", 30 * DAY),
    secrets: collectSecrets(environment, github.privateKey),
  };
  return reader.result(settings);
}

/** What the page that registers the App needs; it is served on loopback whatever `host` says. */
export function readRegistrationSettings(
  environment: Environment,
): ConfigResult<{ readonly host: string; readonly port: number; readonly githubHost: string | null }> {
  const reader = createSettingReader(environment);
  const host = reader.text("HOST") ?? "127.0.0.1";
  return reader.result({ host, port: readPort(reader), githubHost: readGitHubHost(reader) });
}

/** What the commands that only touch the database need. */
export function readDatabaseSettings(
  environment: Environment,
  isRoot: boolean,
): ConfigResult<DatabaseSettings> {
  const reader = createSettingReader(environment);
  return reader.result(readDatabase(reader, isRoot));
}

/** Jira's settings by themselves, for `holdpoint check`; null where none is set. */
export function readJiraSettings(environment: Environment): ConfigResult<JiraSettings | null> {
  const reader = createSettingReader(environment);
  return reader.result(readJira(reader));
}

/** Where `holdpoint gate` asks, and as whom. */
export function readGateAccess(
  environment: Environment,
): ConfigResult<{ readonly url: string; readonly token: string }> {
  const reader = createSettingReader(environment);
  const url = reader.url("HOLDPOINT_URL");
  if (url === null && reader.text("HOLDPOINT_URL") === null) {
    reader.complain("HOLDPOINT_URL", wording.gateAddressMissing());
  }
  const token = reader.required("HOLDPOINT_TOKEN", wording.gateTokenMissing());
  if (token !== "" && !/^[!-~]+$/.test(token))
    reader.complain("HOLDPOINT_TOKEN", wording.gateTokenImpossible());
  return reader.result({ url: url ?? "", token });
}

/** The App's settings, or a token; for `holdpoint check --repo` and `explain`. */
export function readGitHubAccess(
  environment: Environment,
): ConfigResult<
  | { readonly kind: "app"; readonly github: GitHubSettings }
  | { readonly kind: "token"; readonly token: string; readonly apiUrl: string }
> {
  const reader = createSettingReader(environment);
  const token = reader.text("GITHUB_TOKEN");
  if (token !== null && reader.text("APP_ID") === null) {
    return reader.result({ kind: "token" as const, token, apiUrl: readApiUrl(reader) });
  }
  if (token === null && reader.text("APP_ID") === null) {
    reader.complain("GITHUB_TOKEN", wording.neitherAppNorToken());
    return reader.result({ kind: "token" as const, token: "", apiUrl: "" });
  }
  return reader.result({ kind: "app" as const, github: readGitHub(reader) });
}

/** Every value of the environment that is a secret, so that the log can refuse to print it. */
export function collectSecrets(environment: Environment, privateKey: string): readonly string[] {
  const single = [
    "JIRA_API_TOKEN",
    "JIRA_PAT",
    "GITHUB_TOKEN",
    "SLACK_BOT_TOKEN",
    "GITHUB_CLIENT_SECRET",
    "HOLDPOINT_TOKEN",
    "PRIVATE_KEY",
    "DATABASE_URL",
    "MIGRATION_DATABASE_URL",
  ];
  // Without HOLDPOINT_API_TOKENS: of those only hashes stay in memory.
  const listed = ["WEBHOOK_SECRET", "JIRA_WEBHOOK_SECRET", "SESSION_SECRET"];
  const values = single.map((name) => environment[name] ?? "");
  for (const name of listed) values.push(...(environment[name] ?? "").split(",").map((part) => part.trim()));
  values.push(
    privateKey,
    ...passwordsOf([environment["DATABASE_URL"], environment["MIGRATION_DATABASE_URL"]]),
  );
  return values.filter((value) => value.length >= 4);
}

/** By pattern, because an address of a socket has no host, which URL refuses. */
function passwordsOf(urls: readonly (string | undefined)[]): string[] {
  return urls.flatMap((url) => {
    const password = /^postgres(?:ql)?:\/\/[^:@/?]*:([^@/?]+)@/.exec(url ?? "")?.[1];
    return password === undefined ? [] : [password, decodeURIComponent(password)];
  });
}

function readGitHub(reader: SettingReader): GitHubSettings {
  const appId = reader.required("APP_ID", wording.appIdMissing());
  if (appId !== "" && !/^[1-9][0-9]{0,14}$/.test(appId)) reader.complain("APP_ID", wording.appIdNotANumber());
  return { appId: Number(appId), privateKey: readPrivateKey(reader), apiUrl: readApiUrl(reader) };
}

/** `PRIVATE_KEY` as PEM, with `\n` written out, or base64, as Probot takes it; else the file at `PRIVATE_KEY_PATH`. */
function readPrivateKey(reader: SettingReader): string {
  const inline = reader.text("PRIVATE_KEY");
  const path = reader.text("PRIVATE_KEY_PATH");
  if (inline === null && path === null) {
    reader.complain("PRIVATE_KEY", wording.privateKeyMissing());
    return "";
  }
  const variable = inline === null ? "PRIVATE_KEY_PATH" : "PRIVATE_KEY";
  const raw = inline ?? readKeyFile(reader, path ?? "");
  if (raw === null) return "";
  const pem = raw.includes("-----BEGIN")
    ? raw.replaceAll("\\n", "\n")
    : Buffer.from(raw, "base64").toString("utf8");
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) reader.complain(variable, wording.privateKeyNotPem());
  return pem;
}

function readKeyFile(reader: SettingReader, path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    reader.complain(
      "PRIVATE_KEY_PATH",
      wording.privateKeyUnreadable(error instanceof Error && "code" in error ? String(error.code) : ""),
    );
    return null;
  }
}

function readApiUrl(reader: SettingReader): string {
  const given = reader.url("GITHUB_API_URL");
  if (given !== null) return given;
  const host = readGitHubHost(reader);
  return host === null ? "https://api.github.com" : `https://${host}/api/v3`;
}

/** An Enterprise Server's host; null: github.com. */
function readGitHubHost(reader: SettingReader): string | null {
  const host = reader.text("GHE_HOST");
  if (host !== null && !/^[A-Za-z0-9.-]+(:[0-9]{1,5})?$/.test(host)) {
    reader.complain("GHE_HOST", wording.hostOnly());
  }
  return host;
}

function readWebhookSecrets(reader: SettingReader): readonly string[] {
  const secrets = reader.list("WEBHOOK_SECRET");
  if (secrets.length === 0) reader.complain("WEBHOOK_SECRET", wording.webhookSecretMissing());
  if (secrets.includes("development")) reader.complain("WEBHOOK_SECRET", wording.webhookSecretKnown());
  return secrets;
}

function readJira(reader: SettingReader): JiraSettings | null {
  const baseUrl = reader.url("JIRA_BASE_URL");
  const email = reader.text("JIRA_EMAIL");
  const apiToken = reader.text("JIRA_API_TOKEN");
  const personalAccessToken = reader.text("JIRA_PAT");
  if (baseUrl === null) {
    if (email !== null || apiToken !== null || personalAccessToken !== null) {
      reader.complain("JIRA_BASE_URL", wording.jiraAddressMissing());
    }
    return null;
  }
  if (personalAccessToken !== null) {
    if (apiToken !== null) reader.complain("JIRA_PAT", wording.jiraBothKinds());
    return { kind: "data-center", baseUrl, personalAccessToken };
  }
  if (email === null) reader.complain("JIRA_EMAIL", wording.jiraCredentialsMissing());
  if (apiToken === null) reader.complain("JIRA_API_TOKEN", wording.jiraCredentialsMissing());
  return { kind: "cloud", baseUrl, email: email ?? "", apiToken: apiToken ?? "" };
}

function readSlack(reader: SettingReader): SlackSettings | null {
  const botToken = reader.text("SLACK_BOT_TOKEN");
  const apiUrl = reader.url("SLACK_API_URL") ?? "https://slack.com/api";
  return botToken === null ? null : { botToken, apiUrl };
}

const SHORTEST_SESSION_SECRET = 32;

/** All three of them, or none. */
function readCockpit(reader: SettingReader): CockpitSettings | null {
  const clientId = reader.text("GITHUB_CLIENT_ID");
  const clientSecret = reader.text("GITHUB_CLIENT_SECRET");
  const sessionSecrets = reader.list("SESSION_SECRET");
  if (clientId === null && clientSecret === null && sessionSecrets.length === 0) return null;
  if (clientId === null) reader.complain("GITHUB_CLIENT_ID", wording.signInIncomplete());
  if (clientSecret === null) reader.complain("GITHUB_CLIENT_SECRET", wording.signInIncomplete());
  if (sessionSecrets.length === 0) reader.complain("SESSION_SECRET", wording.signInIncomplete());
  if (sessionSecrets.some((secret) => secret.length < SHORTEST_SESSION_SECRET)) {
    reader.complain("SESSION_SECRET", wording.sessionSecretShort(SHORTEST_SESSION_SECRET));
  }
  return { clientId: clientId ?? "", clientSecret: clientSecret ?? "", sessionSecrets };
}

/** Each entry by its place in the list, because its text is secret. */
function readApiTokens(reader: SettingReader): readonly ApiToken[] {
  const variable = "HOLDPOINT_API_TOKENS";
  const tokens: ApiToken[] = [];
  for (const [index, entry] of reader.list(variable).entries()) {
    const [, name = "", token = "", owner = "", repository] = API_TOKEN.exec(entry) ?? [];
    if (name === "") {
      reader.complain(variable, wording.apiTokenMalformed(index + 1));
      continue;
    }
    if (token.length < SHORTEST_TOKEN) {
      reader.complain(variable, wording.apiTokenShort(index + 1, SHORTEST_TOKEN));
    }
    const hash = createHash("sha256").update(token).digest();
    if (tokens.some((other) => other.name === name || other.hash.equals(hash))) {
      reader.complain(variable, wording.apiTokenTwice(index + 1));
    }
    tokens.push({ name, hash, scope: scopeOf(owner, repository) });
  }
  return tokens;
}

/** `name:token:*`, `name:token:owner` or `name:token:owner/repo`; a token may contain colons. */
const API_TOKEN =
  /^([A-Za-z0-9._-]{1,64}):([!-~]+):(\*|[A-Za-z0-9][A-Za-z0-9_-]{0,99})(?:(?<!\*)\/([A-Za-z0-9._-]{1,100}))?$/;
const SHORTEST_TOKEN = 8;

function scopeOf(owner: string, name: string | undefined): ApiToken["scope"] {
  if (owner === "*") return { kind: "all" };
  return name === undefined ? { kind: "owner", owner } : { kind: "repository", owner, name };
}

function readDatabase(reader: SettingReader, isRoot: boolean): DatabaseSettings {
  const url = readDatabaseUrl(reader, "DATABASE_URL");
  const migrationUrl = readDatabaseUrl(reader, "MIGRATION_DATABASE_URL");
  if (migrationUrl !== null && url === null) reader.complain("DATABASE_URL", wording.migrationUrlAlone());
  const dataDirectory = reader.text("HOLDPOINT_DATA_DIR") ?? (isRoot ? "/var/lib/holdpoint" : "./data");
  return { url, migrationUrl, dataDirectory };
}

function readDatabaseUrl(reader: SettingReader, variable: string): string | null {
  const value = reader.text(variable);
  if (value !== null && !/^postgres(ql)?:\/\//.test(value)) reader.complain(variable, wording.notPostgres());
  return value;
}

function readPort(reader: SettingReader): number {
  const value = reader.text("PORT") ?? "3000";
  const port = Number(value);
  if (!/^[0-9]{1,5}$/.test(value) || port > 65_535) reader.complain("PORT", wording.notAPort());
  return port;
}

function readLogLevel(reader: SettingReader): LogLevel {
  const value = reader.text("LOG_LEVEL") ?? "info";
  const level = LOG_LEVELS.find((known) => known === value);
  if (level === undefined) reader.complain("LOG_LEVEL", wording.notALogLevel(LOG_LEVELS));
  return level ?? "info";
}
