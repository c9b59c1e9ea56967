import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { ASKED_EVENTS, ASKED_PERMISSIONS } from "../../../src/domain/permissions/asked.ts";
import { parsePlainYaml } from "../../../src/policy/parse-plain-yaml.ts";

const manifest = z.object({
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
});

test("what the App is said to ask for is what its registration asks for", async () => {
  const text = await readFile(new URL("../../../app.yml", import.meta.url), "utf8");
  const { default_permissions: permissions, default_events: events } = manifest.parse(parsePlainYaml(text));
  expect(ASKED_PERMISSIONS).toEqual(permissions);
  expect(ASKED_EVENTS).toEqual(events);
});
