import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";

/** One payload of `@octokit/webhooks-examples`. */
export interface Example {
  readonly name: string;
  /** Its place among the examples of its event. */
  readonly index: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

const definitions = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
);

/** All of them, GitHub Enterprise Server's too where asked for. */
export function readExamples(folder = "api.github.com"): readonly Example[] {
  const path = createRequire(import.meta.url).resolve(`@octokit/webhooks-examples/${folder}/index.json`);
  return definitions
    .parse(JSON.parse(readFileSync(path, "utf8")))
    .flatMap(({ name, examples }) => examples.map((payload, index) => ({ name, index, payload })));
}

/** The first example of an event, and of an action where one is given, with an installation. */
export function exampleOf(name: string, action: string | null = null): Readonly<Record<string, unknown>> {
  const found = readExamples().find(
    ({ name: given, payload }) => given === name && (action === null || payload["action"] === action),
  );
  if (found === undefined) throw new RangeError(`no example of ${name} ${action ?? ""}`);
  return { installation: { id: 9 }, ...found.payload };
}
