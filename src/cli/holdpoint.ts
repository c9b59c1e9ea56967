#!/usr/bin/env node
import { isatty } from "node:tty";
import { asError, Fault } from "../errors.ts";
import { faultTold, groupUsage, unexpectedFault, unknownCommand, usage } from "../domain/wording/cli.ts";
import type { Command, CommandInput, ExitCode } from "./command.ts";
import { COMMANDS, commandsUnder, nearestCommand } from "./commands.ts";

/**
 * The command line. Each command is loaded when it is asked for, so that `holdpoint check` of a local clone
 * starts without the server's libraries.
 */
async function main(given: readonly string[]): Promise<ExitCode> {
  const out = (text: string) => void process.stdout.write(text);
  const err = (text: string) => void process.stderr.write(text);
  const listed = COMMANDS.find(({ name }) => `${given.join(" ")} `.startsWith(`${name} `));
  if (listed === undefined) {
    const name = given.filter((word) => !word.startsWith("-")).join(" ");
    if (name === "") {
      out(usage(COMMANDS.map(({ name }) => name)));
      return given.length === 0 ? 2 : 0;
    }
    const group = commandsUnder(name);
    if (group.length > 0) {
      const isHelp = given.includes("--help") || given.includes("-h");
      (isHelp ? out : err)(groupUsage(group));
      return isHelp ? 0 : 2;
    }
    err(unknownCommand(name, nearestCommand(name)));
    return 2;
  }
  const command: Command = await listed.load();
  const rest = given.slice(listed.name.split(" ").length);
  if (rest.includes("--help") || rest.includes("-h")) {
    out(command.help);
    return 0;
  }
  return await command.run(createInput(rest, out, err));
}

function createInput(
  rest: readonly string[],
  out: (text: string) => void,
  err: (text: string) => void,
): CommandInput {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return {
    arguments: rest,
    environment: process.env,
    folder: process.cwd(),
    out,
    err,
    terminal: {
      out: isatty(1),
      err: isatty(2),
      columns: process.stdout.columns ?? 100,
    },
    signal: stop.signal,
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof Fault ? faultTold(error) : unexpectedFault(asError(error).message));
  process.exitCode = 2;
}
