import { performance } from "node:perf_hooks";
import { setTimeout as sleepFor } from "node:timers/promises";
import { readGateAccess } from "../config.ts";
import { isCommitSha } from "../domain/brands.ts";
import { parseDuration } from "../domain/duration.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import * as wording from "../domain/wording/gate-command.ts";
import { gateTold } from "../domain/wording/gate-reply.ts";
import { type Asked, askGate } from "./ask-gate.ts";
import type { Command, CommandInput, ExitCode } from "./command.ts";
import { readOptions } from "./read-options.ts";

const OPTIONS = {
  environment: { type: "string" },
  sha: { type: "string" },
  rollback: { type: "boolean" },
  wait: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Milliseconds. */
export interface Waiting {
  readonly now: () => number;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 30_000;
const LONGEST_WAIT = 86_400_000;
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;

/** May this commit go to this environment now? Asks a running Holdpoint, for any deploy tool. */
export const gate: Command = createGate({
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }),
});

export function createGate(waiting: Waiting): Command {
  return { help: wording.gateHelp(), run: (input) => run(input, waiting) };
}

async function run(input: CommandInput, waiting: Waiting): Promise<ExitCode> {
  const options = readOptions(input.arguments, OPTIONS);
  if (!options.ok) return complain(input, options.problem);
  const [repository = "", ...others] = options.positionals;
  if (!REPOSITORY.test(repository) || others.length > 0) {
    return complain(input, wording.gateRepositoryWanted());
  }
  const { environment = "", wait: given = "0s", rollback = false, json = false } = options.values;
  if (environment.trim() === "") return complain(input, wording.gateEnvironmentWanted());
  const sha = (options.values.sha ?? "").toLowerCase();
  if (!isCommitSha(sha)) return complain(input, wording.gateShaWanted());
  const wait = parseDuration(given);
  if (wait === null || wait > LONGEST_WAIT) return complain(input, wording.gateWaitWanted());
  const access = readGateAccess(input.environment);
  if (!access.ok) return complain(input, `${settingsRefused(access.problems)}\n`);
  const request = { ...access.value, repository, environment, sha, rollback };
  const asked = await askUntil(input, waiting, wait, () => askGate(request, input.signal));
  if (input.signal.aborted) return complain(input, wording.gateInterrupted());
  if (asked.state === "failed") return complain(input, wording.gateCouldNot(asked.problem));
  const { reply, document } = asked.read;
  input.out(json ? `${JSON.stringify(document)}\n` : gateTold(reply));
  if (reply.decision === "open") return 0;
  return reply.decision === "held" ? 1 : 2;
}

/** The answer; one that may change is asked for again, less and less often, as long as there is time. */
async function askUntil(
  { err, signal }: CommandInput,
  { now, sleep }: Waiting,
  wait: number,
  ask: () => Promise<Asked>,
): Promise<Asked> {
  const end = now() + wait;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    const asked = await ask();
    const left = end - now();
    if (left <= 0 || signal.aborted || !mayChange(asked)) return asked;
    const rest = Math.min(pause, left);
    const state = asked.state === "failed" ? asked.problem : asked.read.reply.decision;
    err(wording.gateAsksAgain(state, Math.ceil(rest / 1_000)));
    try {
      await sleep(rest, signal);
    } catch {
      // Interrupted: the caller says so.
      return asked;
    }
  }
}

function mayChange(asked: Asked): boolean {
  return asked.state === "failed" ? asked.passing : asked.read.reply.decision !== "open";
}

function complain({ err }: CommandInput, sentence: string): ExitCode {
  err(sentence);
  return 2;
}
