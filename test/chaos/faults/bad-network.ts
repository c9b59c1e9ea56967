import { setTimeout as pause } from "node:timers/promises";
import type { ProxyMood, TcpProxy } from "../proxies/tcp-proxy.ts";
import type { Stage } from "../stage.ts";
import { type ChaosFault, done } from "./fault.ts";

type BadMood = Exclude<ProxyMood, "through">;

/** How long each lasts, and whether it befalls one replica or all. Half-open is a matter of connections, not of machines. */
const MOODS: Readonly<
  Record<BadMood, { readonly lasts: number; readonly whom: "one" | "all"; readonly told: string }>
> = {
  refuse: { lasts: 6_000, whom: "all", told: "every new connection is refused" },
  reset: { lasts: 3_000, whom: "all", told: "every connection is reset, and new ones, too" },
  "half-open": { lasts: 15_000, whom: "one", told: "connections die without a word, new ones work" },
  "black-hole": { lasts: 15_000, whom: "all", told: "nothing arrives any more, and nothing says so" },
  delay: { lasts: 8_000, whom: "all", told: "everything takes 0.4 s longer, each way" },
};

const SIDES = {
  database: (stage: Stage) => stage.databaseProxies,
  github: (stage: Stage) => stage.githubProxies,
} as const;

function fault(side: keyof typeof SIDES, mood: BadMood): ChaosFault {
  const { lasts, whom, told } = MOODS[mood];
  return {
    name: `${side}-${mood}`,
    told: `between ${whom === "one" ? "one replica" : "every replica"} and ${side === "github" ? "GitHub" : "the database"}: ${told}`,
    async strike(stage, { random, times }) {
      const all = SIDES[side](stage);
      for (let nth = 0; nth < times; nth += 1) {
        const chosen = all[Math.floor(random() * all.length)];
        const hurt: readonly TcpProxy[] = whom === "all" || chosen === undefined ? all : [chosen];
        await stage.life.begin();
        for (const proxy of hurt) proxy.be(mood);
        await pause(lasts);
        for (const proxy of all) proxy.be("through");
      }
      return done({ [mood]: times });
    },
  };
}

export const BAD_NETWORKS: readonly ChaosFault[] = (["database", "github"] as const).flatMap((side) =>
  (["refuse", "reset", "half-open", "black-hole", "delay"] as const).map((mood) => fault(side, mood)),
);
