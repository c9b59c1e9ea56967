export function startHelp(): string {
  return `holdpoint start

Runs Holdpoint: takes webhooks, judges, posts. Settings come from the environment; the README lists them.
Without DATABASE_URL it starts a PostgreSQL of its own in HOLDPOINT_DATA_DIR. The tables are brought up to date
first. Without any App settings it serves the page that registers the App, on this machine only.

SIGINT or SIGTERM ends it in order: no new webhooks, the work in hand finished or given back, exit 0.
`;
}

export function started(url: string): string {
  return `Holdpoint listens at ${url}\n`;
}
