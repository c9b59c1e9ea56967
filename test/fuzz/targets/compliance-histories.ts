import { historySteps, playHistory } from "../../domain/compliance/random-histories.ts";
import { createTarget } from "../target.ts";

export const complianceHistories = createTarget({
  name: "compliance-histories",
  claim:
    "histories of up to 30 steps of two deferred checks (red, green, re-runs, cancelled, GitHub away, people warned): at most one open case a check (I1), none holds early or unwarned (I3), looking twice is looking once (I6), the same evidence told twice and in another order ends the same (I7), nothing is let go unseen (I8)",
  inputs: historySteps,
  act: playHistory,
  judge: (_, wrong) => wrong[0] ?? null,
});
