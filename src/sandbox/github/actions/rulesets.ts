import { z } from "zod";
import { expectRepository } from "../world.ts";
import { action } from "./action.ts";

/** An administrator requires statuses on a branch, from anybody or from one App. */
export const requireStatuses = action(
  z.strictObject({
    repository: z.string(),
    branch: z.string(),
    statuses: z.array(z.strictObject({ context: z.string(), appId: z.int().nullable().default(null) })),
  }),
  (world, { repository: name, branch, statuses }) => {
    expectRepository(world, name).requiredStatuses.set(branch, statuses);
    return {};
  },
);
