import { setTimeout as pause } from "node:timers/promises";
import { type ChaosFault, done } from "./fault.ts";

const LASTS = 12_000;

export const readOnly: ChaosFault = {
  name: "read-only",
  told: "a database that takes no writes for a while, as after a fail-over to a replica that is not promoted yet",
  async strike({ server, life }, { times }) {
    for (let nth = 0; nth < times; nth += 1) {
      await life.begin();
      await server.ask("alter system set default_transaction_read_only = on");
      await server.ask("select pg_reload_conf()");
      await life.begin();
      await pause(LASTS);
      await server.ask("alter system reset default_transaction_read_only");
      await server.ask("select pg_reload_conf()");
    }
    return done({ "times read-only": times });
  },
};
