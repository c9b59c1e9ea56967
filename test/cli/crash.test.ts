import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ASSETS } from "../../src/cockpit/assets/asset-files.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const CANARY = "canary-4711-0123456789abcdef-0123456789";
const GOOD_KEY = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
  type: "pkcs8",
  format: "pem",
});

test.each([
  ["no database", String(GOOD_KEY)],
  ["a key that is none", `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`],
])("REL-77: a process that cannot start for %s says so, and no secret", async (_, privateKey) => {
  const child = spawn(process.execPath, ["src/cli/holdpoint.ts", "start"], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"],
      APP_ID: "1",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: CANARY,
      GITHUB_CLIENT_ID: "Iv1.1",
      GITHUB_CLIENT_SECRET: CANARY,
      SESSION_SECRET: CANARY,
      JIRA_BASE_URL: "https://jira.example.com",
      JIRA_PAT: CANARY,
      SLACK_BOT_TOKEN: CANARY,
      HOLDPOINT_API_TOKENS: `ci:${CANARY}:*`,
      // Nobody listens there.
      DATABASE_URL: `postgres://holdpoint:${CANARY}@127.0.0.1:1/holdpoint`,
      LOG_LEVEL: "debug",
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  }
  const ended: readonly unknown[] = await once(child, "close");
  expect(ended[0]).toBe(2);
  expect(said).not.toBe("");
  expect(said).not.toContain("canary");
});

test("REL-77: nothing that is shipped has a source map", () => {
  const build: unknown = JSON.parse(readFileSync(`${ROOT}/tsconfig.build.json`, "utf8"));
  expect(build).toMatchObject({ compilerOptions: { sourceMap: false } });
  const served = Object.values(ASSETS).flatMap((files) => [...files()]);
  expect(served.map(String).filter((file) => file.endsWith(".map"))).toEqual([]);
  expect(served.filter((file) => /sourceMappingURL=(?:data:|http)/.test(readFileSync(file, "utf8")))).toEqual(
    [],
  );
});
