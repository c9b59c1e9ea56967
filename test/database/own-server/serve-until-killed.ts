import { openDatabase } from "../../../src/database/open-database.ts";
import { startOwnServer } from "../../../src/database/own-server/start-own-server.ts";
import { loudLog } from "../loud-log.ts";

/** A process that holds a data folder, says so, and is killed by its test. */
const [dataDirectory = ""] = process.argv.slice(2);
const server = await startOwnServer({ dataDirectory, log: loudLog });
const database = await openDatabase({ url: server.migrationUrl, purpose: "work", log: loudLog });
await database.query("create table if not exists public.kept (at text)");
await database.query("insert into public.kept values ('before the end')");
process.stdout.write(`${server.migrationUrl}\n`);
setInterval(() => undefined, 60_000);
