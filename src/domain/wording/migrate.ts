export function migrateHelp(): string {
  return `holdpoint migrate

Brings the tables of DATABASE_URL (or of Holdpoint's own server) up to date and exits. With MIGRATION_DATABASE_URL
that role changes the tables and grants the other what it needs. “holdpoint start” does the same by itself.
`;
}

export function migrated(names: readonly string[]): string {
  return `The database is up to date: ${names.join(", ")}.\n`;
}
