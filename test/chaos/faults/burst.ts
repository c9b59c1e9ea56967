import { setTimeout as pause } from "node:timers/promises";
import { quantile } from "../../bench/statistics.ts";
import { type Acknowledged, genuineDeliveries, sendDelivery } from "../send-delivery.ts";
import { type ChaosFault, done } from "./fault.ts";

const DELIVERIES = 1_000;
const WITHIN = 10_000;
/** GitHub gives up then. */
const LONGEST = 10_000;
const KILL_EVERY = 3_000;

export const burst: ChaosFault = {
  name: "burst",
  told: "1,000 deliveries in 10 s, a replica killed every 3 s meanwhile; what nobody took is sent again",
  async strike(stage, { random, times }) {
    await stage.life.begin();
    await pause(KILL_EVERY);
    const patterns = await genuineDeliveries(stage);
    const sent: Promise<Acknowledged>[] = [];
    for (let burst = 0; burst < times; burst += 1) {
      const startedAt = performance.now();
      const killing = setInterval(
        () => void stage.replicas.kill(Math.floor(random() * stage.replicas.count)),
        KILL_EVERY,
      );
      for (let nth = 0; nth < DELIVERIES; nth += 1) {
        const pattern = patterns[nth % patterns.length];
        if (pattern !== undefined) sent.push(sendDelivery(stage, pattern));
        const early = (nth * WITHIN) / DELIVERIES - (performance.now() - startedAt);
        if (early > 5) await pause(early);
      }
      clearInterval(killing);
    }
    const taken = await Promise.all(sent);
    const answered = taken.map(({ milliseconds }) => milliseconds);
    stage.acknowledged.push(...taken.map(({ guid }) => guid));
    const longest = Math.max(...answered);
    return done(
      {
        acknowledged: taken.length,
        "intake p99 ms": Math.round(quantile(answered, 0.99)),
        "intake max ms": Math.round(longest),
        "sent again": taken.filter(({ refused }) => refused > 0).length,
      },
      longest < LONGEST ? [] : [`a delivery was acknowledged after ${(longest / 1_000).toFixed(1)} s`],
    );
  },
};
