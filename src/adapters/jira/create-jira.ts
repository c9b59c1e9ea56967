import type { Clock } from "../../clock.ts";
import type { JiraSettings } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { MendsTickets, ReadsTickets, SurveysJira } from "../../ports/jira.ts";
import { createClient } from "./client.ts";
import { createFieldCatalogue } from "./field-catalogue.ts";
import { createFindIssues } from "./find-issues.ts";
import { createReadProjects } from "./read-projects.ts";
import { createMendTickets } from "./mend-tickets.ts";
import { createReadNames } from "./read-names.ts";
import { readTickets, type TicketReader } from "./read-tickets.ts";
import { createReadSiteUrl } from "./site-url.ts";
import type { TransportLimits } from "./transport.ts";
import { createTypeFields } from "./type-fields.ts";

export interface JiraOptions {
  readonly clock: Clock;
  readonly log?: Log;
  readonly limits?: Partial<TransportLimits>;
  /** Calls at once. */
  readonly concurrency?: number;
  /** How many keys that did not come back with their batch one check asks for by themselves; beyond: `jira-capped`. */
  readonly singlesPerCheck?: number;
  /** Another way out, for a Jira in the same process. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const LIMITS: TransportLimits = { answerWithin: 10_000, completeWithin: 20_000, bodyLimit: 16 * 1024 * 1024 };

const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Whoever gives no log wants none.
}

/** A Jira to read tickets from, and to mend them in. Throws a `Fault` only for settings that `config` would have refused. */
export function createJira(
  settings: JiraSettings,
  options: JiraOptions,
): ReadsTickets & MendsTickets & SurveysJira {
  const { clock } = options;
  const client = createClient(settings, {
    clock,
    log: options.log ?? SILENT,
    limits: { ...LIMITS, ...options.limits },
    concurrency: options.concurrency ?? 4,
    fetch: options.fetch,
  });
  const catalogue = createFieldCatalogue(client, clock);
  const reader: TicketReader = {
    catalogue,
    issues: createFindIssues(client, settings.kind, clock),
    typeFields: createTypeFields(client, clock),
    siteUrl: createReadSiteUrl(client, settings.baseUrl),
    wiki: settings.kind === "data-center",
    singlesPerCheck: options.singlesPerCheck ?? 50,
  };
  return {
    readTickets: (keys, fieldNames) => readTickets(reader, keys, fieldNames),
    readProjects: createReadProjects(client, settings.kind, clock),
    readNames: createReadNames(client),
    ...createMendTickets(client, catalogue, settings.kind),
  };
}
