import { setTimeout as pause } from "node:timers/promises";
import { type ChaosFault, done } from "./fault.ts";

const PAUSE = 4_000;

export const restartServer: ChaosFault = {
  name: "restart",
  told: "an immediate shutdown of PostgreSQL (SIGQUIT, nothing is written any more) and its recovery from the log",
  async strike({ server, life }, { random, times }) {
    for (let nth = 0; nth < times; nth += 1) {
      await life.begin();
      await pause(PAUSE * (0.5 + random()));
      await server.crash();
      await server.back();
    }
    return done({ crashes: times });
  },
};
