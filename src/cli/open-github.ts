import { createGitHub, createGitHubWithToken, type ReadsGitHub } from "../adapters/github/create-github.ts";
import { startClock } from "../clock.ts";
import { readGitHubAccess } from "../config.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import { createLog } from "../log.ts";
import { parsePlainYaml } from "../policy/parse-plain-yaml.ts";
import type { CommandInput } from "./command.ts";

/** GitHub as the App, or as whoever owns the token, sees it; null: refused, and said why. */
export function openGitHub(input: CommandInput): ReadsGitHub | null {
  const access = readGitHubAccess(input.environment);
  if (!access.ok) {
    input.err(`${settingsRefused(access.problems)}\n`);
    return null;
  }
  const clock = startClock(new Date(), () => performance.now());
  const shared = {
    clock,
    log: createLog({ level: "error", clock, write: input.err, secrets: [] }),
    // One command has no replicas to tell.
    pauses: {
      until: async () => null,
      extend: async () => undefined,
      strike: async () => 0,
      calm: async () => undefined,
    },
    parseYaml: parsePlainYaml,
  };
  if (access.value.kind === "app") return createGitHub({ ...access.value.github, ...shared });
  return createGitHubWithToken(access.value.token, { apiUrl: access.value.apiUrl, ...shared });
}
