import { startClock } from "../clock.ts";
import { readJiraSettings } from "../config.ts";
import { checkHelp, checkModeUnclear, checkNeeds } from "../domain/wording/check.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import type { Policy } from "../domain/policy.ts";
import type { ReadsTickets } from "../ports/jira.ts";
import type { CheckDocument } from "./check-document.ts";
import { checkLocalClone } from "./check-git.ts";
import { renderCheckTable } from "./check-table.ts";
import type { Command, CommandInput, ExitCode } from "./command.ts";
import { readOptions } from "./read-options.ts";

const OPTIONS = {
  git: { type: "string" },
  repo: { type: "string" },
  base: { type: "string" },
  head: { type: "string" },
  policy: { type: "string" },
  offline: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** How many rows of one list a terminal is shown; the JSON has them all. */
const ROWS = 100;

/** The pre-deploy check of a local clone, or of a repository on GitHub. */
export const check: Command = {
  help: checkHelp(),
  async run(input) {
    const options = readOptions(input.arguments, OPTIONS);
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    const { git, repo, json = false } = options.values;
    if ((git === undefined) === (repo === undefined) || options.positionals.length > 0) {
      input.err(checkModeUnclear());
      return 2;
    }
    const document =
      git === undefined
        ? await checkRepository(input, { ...options.values, repo: repo ?? "" })
        : await checkClone(input, { ...options.values, git });
    if (document === null) return 2;
    input.out(json ? `${JSON.stringify(document)}\n` : renderCheckTable(document, tableStyle(input)));
    return exitCodeOf(document);
  },
};

interface CloneOptions {
  readonly git: string;
  readonly base?: string | undefined;
  readonly head?: string | undefined;
  readonly policy?: string | undefined;
  readonly offline?: boolean | undefined;
}

/** null: refused, and said why. */
async function checkClone(input: CommandInput, options: CloneOptions): Promise<CheckDocument | null> {
  const { git: path, base, head, offline = false } = options;
  if (base === undefined || head === undefined) {
    input.err(checkNeeds(base === undefined ? "--base" : "--head"));
    return null;
  }
  let policy: Policy | null = null;
  if (options.policy !== undefined) {
    const { loadPolicy } = await import("./load-policy.ts");
    const loaded = await loadPolicy(input.folder, options.policy);
    if (!loaded.ok) {
      input.err(loaded.problem);
      return null;
    }
    policy = loaded.policy;
  }
  const jira = offline ? null : await openJira(input);
  if (jira === "refused") return null;
  const result = await checkLocalClone({
    path,
    base,
    head,
    policy,
    jira,
    offline,
    environment: input.environment,
    now: new Date(),
    signal: input.signal,
  });
  if (result.ok) return result.document;
  input.err(`holdpoint: ${result.message}\n`);
  return null;
}

/** null: there are no Jira settings. */
async function openJira(input: CommandInput): Promise<ReadsTickets | null | "refused"> {
  const settings = readJiraSettings(input.environment);
  if (!settings.ok) {
    input.err(`${settingsRefused(settings.problems)}\n`);
    return "refused";
  }
  if (settings.value === null) return null;
  const { createJira } = await import("../adapters/jira/create-jira.ts");
  return createJira(settings.value, { clock: startClock(new Date(), () => performance.now()) });
}

async function checkRepository(
  input: CommandInput,
  options: { readonly repo: string; readonly base?: string | undefined; readonly head?: string | undefined },
): Promise<CheckDocument | null> {
  const jira = await openJira(input);
  if (jira === "refused") return null;
  const { judgeRepository } = await import("./judge-repository.ts");
  const judged = await judgeRepository(input, jira, {
    repository: options.repo,
    environment: null,
    base: options.base ?? null,
    head: options.head ?? null,
  });
  return judged?.document ?? null;
}

function exitCodeOf({ verdict }: CheckDocument): ExitCode {
  if (verdict === "pass") return 0;
  return verdict === "fail" ? 1 : 2;
}

function tableStyle({ terminal, environment }: CommandInput) {
  const colour = terminal.out && (environment["NO_COLOR"] ?? "") === "";
  return { columns: terminal.out ? terminal.columns : 200, colour, rows: ROWS };
}
