import { isDeliveryId } from "../domain/brands.ts";
import {
  deliveryForgotten,
  deliveryQueued,
  notADelivery,
  redeliverHelp,
} from "../domain/wording/redeliver.ts";
import { reviveDelivery } from "../store/delivery.ts";
import type { Command } from "./command.ts";
import { readOptions } from "./read-options.ts";
import { withDatabase } from "./with-database.ts";

/** Processes a stored delivery again, whatever became of it: the operator's repair. */
export const redeliver: Command = {
  help: redeliverHelp(),
  async run(input) {
    const options = readOptions(input.arguments, {});
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    const [id, ...others] = options.positionals;
    if (id === undefined || others.length > 0 || !isDeliveryId(id)) {
      input.err(notADelivery());
      return 2;
    }
    return await withDatabase(input, "as-it-is", async ({ database, queue }) => {
      const revived = await database.transaction(async (transaction) => {
        const found = await reviveDelivery(transaction, id);
        if (found) await queue.enqueue(transaction, [{ kind: "delivery", data: { id } }]);
        return found;
      });
      input.out(revived ? deliveryQueued(id) : deliveryForgotten(id));
      return revived ? 0 : 1;
    });
  },
};
