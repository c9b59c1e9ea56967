import { Fault } from "../errors.ts";
import { wasDelivered } from "../store/delivery.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** GitHub keeps deliveries for three days; an hour covers every outage that reconciliation does not. */
const LOOK_BACK = 60 * 60_000;

/** Asks GitHub to hand over again what it could not. The GUID stays, so nothing is processed twice. */
export async function collectFailedDeliveries({
  github,
  database,
  clock,
  log,
}: HandlerDependencies): Promise<void> {
  const failed = await github.listFailedDeliveries(new Date(clock.now().getTime() - LOOK_BACK));
  let asked = 0;
  for (const { id, guid } of failed) {
    if (await wasDelivered(database, guid)) continue;
    try {
      await github.redeliver(id);
      asked += 1;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "github-refused") throw error;
      log.warn("GitHub does not hand a delivery over again", { delivery: guid, error });
    }
  }
  if (asked > 0) log.info("asked GitHub for failed deliveries again", { asked });
}
