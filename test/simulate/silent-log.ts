import type { Log } from "../../src/log.ts";

/** For what is expected to fail: a dead process' connections are cut, and its code would complain. */
export const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Nobody reads it.
}
