/** What is said of PostgreSQL, one's own or yours, and of its tables. */
export function ownServerCannotRun(reason: string): string {
  return `Holdpoint's own PostgreSQL cannot run on this machine (${reason}): set DATABASE_URL to a PostgreSQL of yours, version 14 or newer.`;
}
export function noProgramsForPlatform(platform: string, architecture: string): string {
  return `no server programs for ${platform} ${architecture} are installed`;
}
export function noPostgresUser(): string {
  return "PostgreSQL refuses to run as root, there is no user “postgres”, and it could not be created with useradd";
}
export function socketsUnsupported(): string {
  return "it needs Unix sockets, which this platform has not";
}
export function folderOutOfReach(folder: string, user: string): string {
  return `The folder ${folder} cannot be reached by the user “${user}”, as which PostgreSQL runs: set HOLDPOINT_DATA_DIR to a folder that it can reach, such as /var/lib/holdpoint.`;
}
export function folderNotWritable(folder: string, code: string): string {
  return `The folder ${folder} cannot be written (${code}): set HOLDPOINT_DATA_DIR to a folder that Holdpoint may write.`;
}
export function folderInUse(folder: string, processId: number | null): string {
  const holder =
    processId === null ? "another Holdpoint" : `another Holdpoint (process ${String(processId)})`;
  return `The folder ${folder} is in use by ${holder}: stop that one, or set HOLDPOINT_DATA_DIR to another folder.`;
}
export function folderOfOtherVersion(folder: string, found: string, wanted: string): string {
  return `The data in ${folder} were written by PostgreSQL ${found}, and this Holdpoint brings PostgreSQL ${wanted}: move them with pg_dump and pg_restore, or set HOLDPOINT_DATA_DIR to another folder.`;
}
export function clusterNotMade(folder: string, output: string): string {
  return `PostgreSQL could not set up its data in ${folder}: ${output}`;
}
export function serverEndedEarly(output: string): string {
  return `PostgreSQL ended before it was ready: ${output}`;
}
export function noDatabaseYet(folder: string): string {
  return `There is no database of Holdpoint's in ${folder}: set DATABASE_URL or HOLDPOINT_DATA_DIR as they are for “holdpoint start”.`;
}
/** `seen` is the connection's code, or a few words. */
export function databaseAway(seen: string): string {
  return `The database does not answer (${seen}): see that PostgreSQL runs, and that DATABASE_URL leads to it.`;
}
export function schemaNewer(names: readonly string[]): string {
  return `The database was migrated by a newer Holdpoint (${names.join(", ")}), which says that this one can no longer work with it: start the newer version.`;
}
export function migrationChanged(name: string): string {
  return `The migration ${name} was applied in another form than the one this Holdpoint brings: install an unchanged version of Holdpoint, or restore the database that belongs to it.`;
}
export function migrationMissing(names: readonly string[]): string {
  return `The database lacks ${names.join(", ")}: run “holdpoint migrate” with a role that may change tables, or set MIGRATION_DATABASE_URL.`;
}
