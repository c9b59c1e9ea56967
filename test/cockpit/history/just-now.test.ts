import { afterAll, beforeAll, expect, test } from "vitest";
import { justNow } from "../../../src/cockpit/history/just-now.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { HEAD } from "../../domain/build-snapshot.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { textOf } from "../text-of.ts";
import { deploy, record } from "./tell.ts";

let cockpit: OpenCockpit;
beforeAll(async () => {
  cockpit = await openCockpit();
});
afterAll(() => cockpit.close());

async function read(facts: RepositoryFacts): Promise<string> {
  const dependencies = {
    database: cockpit.db.database,
    clock: { now: cockpit.now },
    githubUrl: "https://github.com",
    hour: 3_600_000,
  };
  return String(await justNow(dependencies, { facts, right: "read", openCases: 0 }));
}

test("shows the last eight things, newest first, with their times, and leads to all of them", async () => {
  const shop = await cockpit.repository();
  for (let minutes = 1; minutes <= 9; minutes += 1) {
    const at = new Date(cockpit.now().getTime() - minutes * 60_000);
    await deploy(cockpit.db, shop, at, { by: `deployer-${minutes}` });
  }
  const said = { subject: "deploy:1", head: HEAD, environment: "production", decision: "held", findings: [] };
  await record(cockpit.db, shop, cockpit.now(), { what: "verdict", ...said });
  await record(cockpit.db, shop, cockpit.now(), { what: "verdict", ...said, subject: "pull-request:1:7" });
  const html = await read(shop);
  const sha = HEAD.slice(0, 7);
  const rows = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (minutes) => `11:${60 - minutes} deployer-${minutes} deployed ${sha} to production`,
  );
  expect(textOf(html).trim()).toBe([...rows, "All of the history"].join(" "));
  expect(html).toContain('href="/acme/storefront/history"');
});

test("says what will be there where nothing has happened", async () => {
  const empty = await cockpit.repository("acme/empty");
  expect(textOf(await read(empty))).toContain("Nothing has happened yet");
});
