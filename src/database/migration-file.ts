import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";

/** One file of `migrations/`: `NNNN-name.sql`, forward only. */
export interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, hexadecimal: an applied migration is never edited. */
  readonly checksum: string;
  /**
   * Code that does not know this migration cannot work with its result. The file says so in a line
   * `--! breaking`; all others only add, and two versions of Holdpoint then work side by side.
   */
  readonly breaking: boolean;
}

const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

const MIGRATIONS_FOLDER = new URL("../../migrations/", import.meta.url);

/** All migrations in order. Throws on a file that is none, and on a gap in the numbers. */
export async function readMigrationFiles(folder: URL = MIGRATIONS_FOLDER): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(NAME.exec(name)?.[1]);
      if (number !== index + 1) throw new Error(`migrations/${name} is not number ${String(index + 1)}`);
      const sql = await readFile(new URL(name, folder), "utf8");
      return {
        number,
        name: name.replace(/\.sql$/, ""),
        sql,
        checksum: createHash("sha256").update(sql).digest("hex"),
        breaking: /^--! breaking$/m.test(sql),
      };
    }),
  );
}
