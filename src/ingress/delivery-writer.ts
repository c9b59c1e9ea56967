import { setImmediate } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Queryable } from "../database/database.ts";
import type { DeliveryId } from "../domain/model.ts";
import { Fault, asError } from "../errors.ts";
import type { Queue } from "../queue/queue.ts";
import { insertDeliveries, type NewDelivery } from "../store/delivery.ts";

/** How many deliveries, and bytes of bodies, one commit takes at most. */
const MAX_ROWS = 128;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Milliseconds. GitHub gives up after 10 s; it must have heard by then that the delivery is not stored, or it
 * would take it for a time-out of the network.
 */
const PATIENCE = 8_000;

interface Waiting {
  readonly delivery: NewDelivery;
  /** Monotonic milliseconds. */
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface DeliveryWriter {
  /**
   * Resolves after the commit that holds the delivery and its job; rejects when that did not go through, or not
   * in time. It may then still be stored, and its redelivery is recognized.
   */
  readonly write: (delivery: NewDelivery) => Promise<void>;
  /** Resolves when everything handed over is written or has failed. */
  readonly settled: () => Promise<void>;
  /** Rows per commit so far, for `/metrics`. */
  readonly counts: () => { readonly batches: number; readonly rows: number };
}

/**
 * Deliveries that come in at the same time share a commit. While one batch is being written the next one
 * gathers: a lone delivery waits for nobody, a thousand cost a dozen commits.
 */
export function createDeliveryWriter(
  database: Queryable,
  queue: Pick<Queue, "deliveryJobs">,
  clock: Clock,
  patience: number = PATIENCE,
): DeliveryWriter {
  /** Everything that has no answer yet, the oldest first. */
  const open = new Set<Waiting>();
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  const counted = { batches: 0, rows: 0 };

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      const batch = takeBatch();
      if (batch.length === 0) continue;
      const failure = await writeBatch(batch).then(() => null, asError);
      for (const one of batch) {
        if (!open.delete(one)) continue;
        if (failure === null) one.resolve();
        else one.reject(failure);
      }
    }
    writing = null;
  }

  /**
   * Waits as long as each turn of the event loop brings more. The answers to one batch go out together, so what is sent
   * next arrives together too: without this the first of them would have a commit for itself.
   */
  async function gather(): Promise<void> {
    for (let before = 0; waiting.length > before && waiting.length < MAX_ROWS;) {
      before = waiting.length;
      await setImmediate();
    }
  }

  /** The first of what waits; one id stands once in a batch, its double waits for the next. */
  function takeBatch(): readonly Waiting[] {
    const batch = new Map<DeliveryId, Waiting>();
    const later: Waiting[] = [];
    let bytes = 0;
    for (const one of waiting) {
      const { id, body } = one.delivery;
      const full = batch.size >= MAX_ROWS || (batch.size > 0 && bytes + body.length > MAX_BYTES);
      if (full || batch.has(id)) {
        later.push(one);
      } else {
        batch.set(id, one);
        bytes += body.length;
      }
    }
    waiting = later;
    return [...batch.values()];
  }

  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    counted.batches += 1;
    counted.rows += batch.length;
    const jobs = queue.deliveryJobs();
    const deliveries = batch.map(({ delivery }) => delivery);
    const work = await insertDeliveries(database, deliveries, clock.now(), jobs.statementFor);
    if (work.length > 0) jobs.stored();
  }

  /** One timer for all: it is set for the oldest, and a busy intake sets it once in a patience. */
  function giveUpOnOld(): void {
    timer = null;
    const limit = performance.now() - patience;
    for (const one of open) {
      if (one.since > limit) {
        timer = setTimeout(giveUpOnOld, one.since - limit);
        break;
      }
      open.delete(one);
      one.reject(notInTime());
    }
    waiting = waiting.filter((one) => open.has(one));
  }

  return {
    write(delivery) {
      return new Promise<void>((resolve, reject) => {
        const one = { delivery, since: performance.now(), resolve, reject };
        open.add(one);
        waiting.push(one);
        timer ??= setTimeout(giveUpOnOld, patience);
        writing ??= writeAll();
      });
    },
    async settled() {
      await writing;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
    counts: () => ({ ...counted }),
  };
}

function notInTime(): Fault {
  return new Fault({
    kind: "retry-later",
    code: "delivery-not-stored-in-time",
    doing: "storing a delivery",
    detail: "the database is slower than the sender waits",
  });
}
