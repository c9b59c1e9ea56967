import { readServerSettings } from "../config.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import { startHelp, started } from "../domain/wording/start.ts";
import type { Command } from "./command.ts";
import { readOptions } from "./read-options.ts";
import { untilAborted } from "./until-aborted.ts";

const NO_APP = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"];

/** Runs Holdpoint until it is told to stop; without any App settings it serves the registration page. */
export const start: Command = {
  help: startHelp(),
  async run(input) {
    const options = readOptions(input.arguments, {});
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    if (NO_APP.every((name) => (input.environment[name] ?? "").trim() === "")) {
      const { register } = await import("./register.ts");
      return await register(input);
    }
    const settings = readServerSettings(input.environment, process.getuid?.() === 0);
    if (!settings.ok) {
      input.err(`${settingsRefused(settings.problems)}\n`);
      return 2;
    }
    const { startHoldpoint } = await import("../main.ts");
    const running = await startHoldpoint({ settings: settings.value, write: input.out });
    input.err(started(running.url));
    await untilAborted(input.signal);
    await running.stop();
    return 0;
  },
};
