import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readRegistrationSettings } from "../config.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import {
  environmentFilesExist,
  registrationLoopbackOnly,
  registrationServed,
} from "../domain/wording/registration.ts";
import { serveRegistration } from "../serve-registration.ts";
import type { AppCredentials } from "../ports/installations.ts";
import type { CommandInput, ExitCode } from "./command.ts";
import { untilAborted } from "./until-aborted.ts";

/** Where the App's settings go: the first of these that is not there yet. */
const FILES = [".env", "holdpoint.env"];

/** Serves the registration page, on loopback only, until it is told to stop. */
export async function register(input: CommandInput): Promise<ExitCode> {
  const settings = readRegistrationSettings(input.environment);
  if (!settings.ok) {
    input.err(`${settingsRefused(settings.problems)}\n`);
    return 2;
  }
  const { host, port, githubHost } = settings.value;
  if (!["127.0.0.1", "localhost"].includes(host)) {
    input.err(registrationLoopbackOnly());
    return 2;
  }
  // Chosen before GitHub is asked: its answer is given once, so there must be a place for it.
  const file = FILES.map((name) => join(input.folder, name)).find((path) => !existsSync(path));
  if (file === undefined) {
    input.err(environmentFilesExist(FILES));
    return 2;
  }
  const serving = await serveRegistration({
    manifest: readFileSync(new URL("../../app.yml", import.meta.url), "utf8"),
    port,
    githubHost,
    keep: (credentials) => keepCredentials(file, credentials),
  });
  input.out(registrationServed(serving.url));
  await untilAborted(input.signal);
  await serving.stop();
  return 0;
}

/** Written for its owner alone, never over a file that is there. */
async function keepCredentials(file: string, credentials: AppCredentials): Promise<string> {
  const lines = [
    `APP_ID=${credentials.appId}`,
    `PRIVATE_KEY=${Buffer.from(credentials.privateKey).toString("base64")}`,
    `WEBHOOK_SECRET=${credentials.webhookSecret}`,
    `GITHUB_CLIENT_ID=${credentials.clientId}`,
    `GITHUB_CLIENT_SECRET=${credentials.clientSecret}`,
    // Holdpoint's own: with it people can sign in at once.
    `SESSION_SECRET=${randomBytes(32).toString("base64url")}`,
  ];
  await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o600, flag: "wx" });
  return file;
}
