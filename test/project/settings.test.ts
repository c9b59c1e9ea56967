import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as config from "../../src/config.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const section = readme.split("\n## Settings\n")[1]?.split("\n## ")[0] ?? "";
const rows = section.split("\n").filter((line) => line.startsWith("| `"));

/** The variables in the first column. */
const documented = new Set(
  rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "")),
);

/** How often each variable is asked for while the readers run. */
function countReads(read: (environment: config.Environment) => void): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const environment: config.Environment = new Proxy(
    {},
    {
      get(_, name) {
        if (typeof name === "string") counts.set(name, (counts.get(name) ?? 0) + 1);
        return undefined;
      },
    },
  );
  read(environment);
  return counts;
}

/** Keeping a value out of the log is no use of it: those reads do not count. */
function readVariables(): readonly string[] {
  const hidden = countReads((environment) => config.collectSecrets(environment, ""));
  const read = countReads((environment) => {
    config.readServerSettings(environment, false);
    config.readDatabaseSettings(environment, false);
    config.readJiraSettings(environment);
    config.readGitHubAccess(environment);
    config.readGateAccess(environment);
    config.readRegistrationSettings(environment);
  });
  return [...read].filter(([name, count]) => count > (hidden.get(name) ?? 0)).map(([name]) => name);
}

test("the README describes every setting that is read, and no other", () => {
  expect([...documented].toSorted()).toEqual(readVariables().toSorted());
});

test("the README names the defaults that hold", () => {
  const needed = { APP_ID: "1", WEBHOOK_SECRET: "long", PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----" };
  const [user, root] = [false, true].map((isRoot) => config.readServerSettings(needed, isRoot));
  if (user?.ok !== true || root?.ok !== true) throw new Error("these settings are enough");
  const { github, host, port, logLevel, keepBodies, keepDeliveries, database } = user.value;
  const days = [keepBodies, keepDeliveries].map((milliseconds) => `${milliseconds / 86_400_000}d`);
  const defaults: readonly (readonly [string, readonly string[]])[] = [
    ["GITHUB_API_URL", [github.apiUrl]],
    ["HOLDPOINT_DATA_DIR", [database.dataDirectory, root.value.database.dataDirectory]],
    ["HOLDPOINT_KEEP_BODIES", days],
    ["HOST", [host, String(port), logLevel]],
  ];
  for (const [name, values] of defaults) {
    const described = (rows.find((row) => row.includes(`\`${name}\``)) ?? "").split("default ")[1] ?? "";
    expect([...described.matchAll(/`([^`]+)`/g)].map(([, value]) => value)).toEqual(values);
  }
});
