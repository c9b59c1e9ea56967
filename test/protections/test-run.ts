import { z } from "zod";

const ranTest = z.object({
  name: z.string(),
  state: z.enum(["passed", "failed"]),
  failures: z.array(z.string()),
});

/** What vitest said of the tests that were asked for; those that were skipped are left out. */
const ran = z.object({ state: z.literal("ran"), tests: z.array(ranTest), message: z.string().nullable() });

export type TestRun =
  | Readonly<z.infer<typeof ran>>
  | { readonly state: "out-of-time" }
  | { readonly state: "unread"; readonly why: string };

/** An answer of the process that runs the tests; what is none is not guessed at. */
export function readRun(told: unknown): TestRun {
  const read = ran.safeParse(told);
  return read.success ? read.data : { state: "unread", why: "the tests were not told of" };
}
