import type { Stage } from "../stage.ts";
import { untilSettled } from "../until-settled.ts";

/** Every kind of story once, undisturbed: the names of what they pass are then known to the replicas. */
export async function learnPoints(stage: Stage): Promise<void> {
  for (let stories = 0; stories < 2; stories += 1) await stage.life.begin();
  const hanging = await untilSettled(stage);
  if (hanging !== "") throw new Error(hanging);
}
