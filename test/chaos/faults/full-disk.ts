import { setTimeout as pause } from "node:timers/promises";
import { type ChaosFault, done } from "./fault.ts";

const LASTS = 15_000;

export const fullDisk: ChaosFault = {
  name: "full-disk",
  told: "not one byte left where PostgreSQL keeps its files, until it panics, and room again",
  stage: { fillable: true },
  async strike({ server, life, front }, { times }) {
    const { room } = server;
    if (room === null) return { state: "skipped", because: "no file system may be mounted here" };
    let refused = 0;
    for (let nth = 0; nth < times; nth += 1) {
      await life.begin();
      room.fill();
      const before = front.refused();
      await life.begin();
      await pause(LASTS);
      refused += front.refused() - before;
      room.empty();
      await server.back();
    }
    return done({ "times full": times, "deliveries refused meanwhile": refused });
  },
};
