import { isInstallationId } from "../../../src/domain/brands.ts";
import type { Database } from "../../../src/database/database.ts";
import { listAuditHeads, verifyAudit } from "../../../src/store/audit.ts";
import type { Deliveries } from "../../../src/sandbox/github/webhooks/deliveries.ts";
import type { Stage } from "../stage.ts";
import { findDoubledRecords } from "./doubled-records.ts";

interface Recorded extends Pick<Stage, "database"> {
  readonly acknowledged: readonly string[];
  readonly box: { readonly github: { readonly deliveries: Pick<Deliveries, "list"> } };
}

/** What holds for everything that is on record: nothing taken and not done, nobody parked, nothing too early, the audit whole. */
export async function judgeRecords({ database, box, acknowledged }: Recorded): Promise<readonly string[]> {
  const wrong: string[] = [];
  const parked = await database.query<{ readonly kind: string; readonly error: string }>(
    "select kind, last_error as error from holdpoint.parked_job",
  );
  for (const { kind, error } of parked) wrong.push(`a ${kind} job was given up: ${error.slice(0, 160)}`);
  const undone = await database.query<{
    readonly id: string;
    readonly state: string;
    readonly event: string;
  }>("select id, state, event from holdpoint.delivery where state not in ('processed', 'ignored')");
  for (const { id, state, event } of undone) wrong.push(`delivery ${id} (${event}) is ${state}`);
  const early = await database.query<{ readonly name: string; readonly seconds: number }>(
    `select name, extract(epoch from deadline - expired_at)::float as seconds from holdpoint.compliance_case
      where expired_at < deadline`,
  );
  for (const { name, seconds } of early) wrong.push(`${name} expired ${seconds.toFixed(3)} s early`);
  wrong.push(
    ...(await findLost(database, [
      ...acknowledged,
      ...box.github.deliveries
        .list()
        .filter(({ outcome }) => outcome?.status === "OK")
        .map(({ guid }) => guid),
    ])),
  );
  wrong.push(...(await judgeAudit(database)));
  return wrong;
}

/** Deliveries that were answered with success and have no row. */
async function findLost(database: Database, acknowledged: readonly string[]): Promise<readonly string[]> {
  const lost = await database.query<{ readonly guid: string }>(
    `select guid from unnest($1::text[]) as guid
      where not exists (select from holdpoint.delivery where delivery.id = guid)`,
    [[...new Set(acknowledged)]],
  );
  return lost.map(({ guid }) => `delivery ${guid} was acknowledged and is not there`);
}

/** Every chain verifies, and no case has a change that is on record twice. */
async function judgeAudit(database: Database): Promise<readonly string[]> {
  const wrong = [...(await findDoubledRecords(database))];
  for (const { installation } of await listAuditHeads(database)) {
    if (!isInstallationId(installation)) continue;
    const verdict = await verifyAudit(database, installation);
    if (verdict.state === "broken") {
      wrong.push(
        `the audit of ${String(installation)} is broken at ${String(verdict.sequence)}: ${verdict.because}`,
      );
    }
  }
  return wrong;
}
