import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memory: string;
  readonly versions: string;
  /** How busy it was with other things before anything was measured: the load of the last minute. */
  readonly load: number;
}

export function describeMachine(postgresVersion: string): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? "unknown",
    memory: `${(totalmem() / 1_024 ** 3).toFixed(0)} GB`,
    versions: `Node ${process.version}, PostgreSQL ${postgresVersion}, git ${gitVersion()}`,
    load: loadavg()[0] ?? 0,
  };
}

function gitVersion(): string {
  return execFileSync("git", ["--version"], { encoding: "utf8" }).replace("git version", "").trim();
}
