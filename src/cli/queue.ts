import { parkedRetried, parkedUnknown, queueHelp, queueTable } from "../domain/wording/queue.ts";
import type { Command } from "./command.ts";
import { readOptions } from "./read-options.ts";
import { withDatabase } from "./with-database.ts";

/** How many parked jobs are listed. */
const LISTED = 100;

/** What waits, what runs, what was parked; and the way back for a parked job. */
export const queue: Command = {
  help: queueHelp(),
  async run(input) {
    const options = readOptions(input.arguments, { json: { type: "boolean" }, retry: { type: "string" } });
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    const { json, retry } = options.values;
    return await withDatabase(input, "as-it-is", async ({ queue: jobs }) => {
      if (retry !== undefined) {
        const found = await jobs.retryParked(retry);
        input.out(found ? parkedRetried(retry) : parkedUnknown(retry));
        return found ? 0 : 1;
      }
      const counts = await jobs.counts();
      const parked = await jobs.listParked(LISTED);
      input.out(
        json === true
          ? `${JSON.stringify({ schema: "holdpoint.queue/1", counts, parked })}\n`
          : queueTable(counts, parked),
      );
      return 0;
    });
  },
};
