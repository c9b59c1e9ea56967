import { migrated, migrateHelp } from "../domain/wording/migrate.ts";
import type { Command } from "./command.ts";
import { readOptions } from "./read-options.ts";
import { withDatabase } from "./with-database.ts";

/** Brings the tables up to date and exits; `start` does the same by itself. */
export const migrate: Command = {
  help: migrateHelp(),
  async run(input) {
    const options = readOptions(input.arguments, {});
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    return await withDatabase(input, "brought-up-to-date", async ({ database }) => {
      const rows = await database.query<{ name: string }>(
        "select name from holdpoint.migration order by number",
      );
      input.out(migrated(rows.map(({ name }) => name)));
      return 0;
    });
  },
};
