/** What is said of settings. Names the next step; the variable's name is printed before it, its value never. */
export function appIdMissing(): string {
  return "is missing: the number on the GitHub App's settings page, under “App ID”.";
}
export function appIdNotANumber(): string {
  return "is not a number: take the “App ID” from the GitHub App's settings page, not the client id.";
}
export function privateKeyMissing(): string {
  return "is missing: paste the App's private key (PEM, or base64 of it), or set PRIVATE_KEY_PATH to its file.";
}
export function privateKeyNotPem(): string {
  return "holds no private key in PEM form: download a new one from the GitHub App's settings page.";
}
export function privateKeyUnreadable(code: string): string {
  return `names a file that cannot be read${code === "" ? "" : ` (${code})`}: check the path and its permissions.`;
}
export function hostOnly(): string {
  return "must be a host name alone, such as github.example.com, without https:// and without a path.";
}
export function webhookSecretMissing(): string {
  return "is missing: a long random text, the same as in the GitHub App's settings; several, comma-separated, during a rotation.";
}
export function webhookSecretKnown(): string {
  return "is the well-known default “development”, which anybody could sign with: choose a long random text.";
}
export function jiraAddressMissing(): string {
  return "is missing although Jira credentials are set: the address of your Jira, such as https://example.atlassian.net.";
}
export function jiraBothKinds(): string {
  return "and JIRA_API_TOKEN are both set: keep JIRA_PAT for Jira Data Center, or JIRA_EMAIL and JIRA_API_TOKEN for Jira Cloud.";
}
export function jiraCredentialsMissing(): string {
  return "is missing although JIRA_BASE_URL is set: Jira Cloud needs JIRA_EMAIL and JIRA_API_TOKEN, Jira Data Center JIRA_PAT.";
}
export function apiTokenMalformed(place: number): string {
  return `has an entry of another form (number ${place}): each is name:token:owner, name:token:owner/repo or name:token:*.`;
}
export function apiTokenShort(place: number, least: number): string {
  return `has a token that can be guessed (number ${place}): take a random one, of at least ${least} characters.`;
}
export function apiTokenTwice(place: number): string {
  return `has a name or a token twice (number ${place}): each stands there once.`;
}
export function gateAddressMissing(): string {
  return "is missing: the address of the Holdpoint to ask, such as https://holdpoint.example.com.";
}
export function gateTokenMissing(): string {
  return "is missing: a token that HOLDPOINT_API_TOKENS of that Holdpoint names.";
}
export function gateTokenImpossible(): string {
  return "is no token: it holds a space or a character that no token has.";
}
export function migrationUrlAlone(): string {
  return "is missing although MIGRATION_DATABASE_URL is set: the role that migrates needs a server that is yours.";
}
export function notPostgres(): string {
  return "is no PostgreSQL address: it starts with postgres:// or postgresql://.";
}
export function notAPort(): string {
  return "is no port: a number from 0 to 65535 (0 takes any free one).";
}
export function notALogLevel(levels: readonly string[]): string {
  return `is no log level: one of ${levels.join(", ")}.`;
}
export function notADuration(): string {
  return "is no duration: a whole number and a unit, such as 90s, 30m, 72h or 14d.";
}
export function notAnAddress(): string {
  return "is no address: write it whole, such as https://holdpoint.example.com.";
}
export function credentialsInAddress(): string {
  return "carries a user or a password in its address: take them out; credentials have settings of their own.";
}
export function queryInAddress(): string {
  return "carries a query or a fragment: give the address alone.";
}
export function httpsOnly(): string {
  return "must start with https:// (http:// is taken for loopback addresses only).";
}
export function neitherAppNorToken(): string {
  return "is missing: set it to a token that may read the repository, or set the App's APP_ID and PRIVATE_KEY.";
}

/** The whole complaint about settings, one line each, all at once. */
export function settingsRefused(
  problems: readonly { readonly variable: string; readonly message: string }[],
): string {
  const count = problems.length === 1 ? "A setting needs" : `${problems.length} settings need`;
  return [
    `${count} your attention:`,
    ...problems.map(({ variable, message }) => `  ${variable} ${message}`),
  ].join("\n");
}

export function signInIncomplete(): string {
  return "is missing: sign-in to the cockpit needs GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET and SESSION_SECRET, all three or none.";
}

export function sessionSecretShort(least: number): string {
  return `is too short: it seals people's tokens, so give it at least ${least} random characters.`;
}
