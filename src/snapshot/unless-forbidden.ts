import { Fault } from "../errors.ts";
import type { Log } from "../log.ts";

/**
 * What was read, or `otherwise` where the App may not read it: one permission that is missing must not keep everything else from
 * being compared. It is named in the log, with GitHub's words.
 */
export async function unlessForbidden<Read>(
  log: Pick<Log, "warn">,
  fields: Readonly<Record<string, string | number>>,
  read: () => Promise<Read>,
  otherwise: Read,
): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== "misconfigured") throw error;
    log.warn("a permission is missing, and this is not compared", { ...fields, error });
    return otherwise;
  }
}
