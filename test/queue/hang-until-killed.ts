import { openDatabase } from "../../src/database/open-database.ts";
import { createQueue } from "../../src/queue/create-queue.ts";
import { loudLog } from "../database/loud-log.ts";

/** A worker that takes a job, says so, and never comes to an end with it. */
const [url = ""] = process.argv.slice(2);
const database = await openDatabase({ url, purpose: "work", log: loudLog });
const queue = await createQueue({ url, database, clock: { now: () => new Date() }, log: loudLog });
const hang = (): Promise<void> => {
  process.stdout.write("taken\n");
  return new Promise(() => undefined);
};
await queue.work({ delivery: hang, look: hang, effect: hang });
