import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCleanPage } from "../clean-page.ts";
import { gitHubWith } from "../github-with.ts";
import { HOSTILE } from "../hostile.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { rowsOf, words } from "./rows-of.ts";
import { storeWorld, type StoredWorld, TWO_ENVIRONMENTS } from "./overview-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let cockpit: OpenCockpit;
let logins = 0;
beforeAll(async () => {
  cockpit = await openCockpit({ github: gitHubWith({ readSlug: async () => "holdpoint" }) });
});
afterAll(() => cockpit.close());

/** Somebody who sees these repositories and no other; each test has its own names. */
async function whoSees(worlds: Readonly<Record<string, StoredWorld | null>>): Promise<string> {
  const seen: RepositoryFacts[] = [];
  for (const [name, world] of Object.entries(worlds)) {
    const facts = await cockpit.repository(name);
    if (world !== null) await storeWorld(cockpit, facts, world);
    seen.push(facts);
  }
  logins += 1;
  return await cockpit.signIn(
    `person-${logins}`,
    seen.map((facts) => [facts, "read"] as const),
  );
}

async function page(path: string, cookie: string): Promise<string> {
  const answer = await cockpit.get(path, cookie);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expectCleanPage(text);
  return text;
}

describe("the overview", () => {
  test("shows each gate with its word, what waits, what runs, the deadline, and when it was checked", async () => {
    const cookie = await whoSees({
      "one/shop": {
        production: "fail",
        commits: 42,
        runningChecks: 2,
        waitingJobs: 1,
        deadline: 5 * HOUR + 12 * MINUTE,
      },
    });
    expect(rowsOf(await page("/", cookie))).toEqual([
      "one/ shop 1 deploy waits for the gate · checked 8 s ago " +
        "Held production 42 changes wait · 2 checks run 1 commit carries no ticket " +
        "Open staging nothing waits · 2 checks run halts in 5 h 12 min",
    ]);
  });

  test("puts what is held first, then what is unknown, then what halts soonest; what has no policy comes last", async () => {
    const cookie = await whoSees({
      "two/nothing": null,
      "two/open": {},
      "two/halts-later": { deadline: 30 * HOUR },
      "two/halts-soon": { deadline: 2 * HOUR },
      "two/unknown": { production: "unknown" },
      "two/held": { production: "fail", message: "1 commit, of `main`, carries no ticket" },
      "two/halted": { halted: true },
    });
    const text = await page("/", cookie);
    expect(text).toContain("of <code>main</code>, carries no ticket");
    const names = rowsOf(text).map((row) => /^two\/ (\S+)/.exec(row)?.[1]);
    expect(names).toEqual(["halted", "held", "unknown", "halts-soon", "halts-later", "open", "nothing"]);
  });

  test("says once why every environment is held", async () => {
    const cookie = await whoSees({ "three/shop": { halted: true } });
    expect(rowsOf(await page("/", cookie))).toEqual([
      "three/ shop checked 8 s ago Held production nothing waits Halted by hubot since 2026-11-21 11:00 UTC: " +
        "the database moves Held staging nothing waits",
    ]);
  });

  test("never shows as open what nobody could confirm for a quarter of an hour", async () => {
    const cookie = await whoSees({
      "four/stale": { judgedAt: -2 * HOUR, comparedAt: -(15 * MINUTE + 1_000) },
      "four/compared": { judgedAt: -2 * HOUR, comparedAt: -14 * MINUTE },
      "four/new": { fresh: true, comparedAt: null },
    });
    const rows = rowsOf(await page("/", cookie));
    expect(rows).toEqual([
      "four/ new not checked yet Unknown production nothing was looked at here yet Unknown staging",
      "four/ stale checked 2 h ago Unknown production nothing waits not confirmed since 11:44 UTC " +
        "Unknown staging nothing waits",
      "four/ compared checked 2 h ago Open production nothing waits Open staging nothing waits",
    ]);
  });

  test("says where a policy only observes, and where what is unknown is let through", async () => {
    const cookie = await whoSees({
      "five/allow": { policy: `on_unknown: allow\n${TWO_ENVIRONMENTS}`, production: "unknown" },
      "five/observe": { policy: `mode: observe\n${TWO_ENVIRONMENTS}`, production: "fail" },
    });
    expect(rowsOf(await page("/", cookie))).toEqual([
      "five/ allow checked 8 s ago Open production Not all verified nothing waits Open staging nothing waits",
      "five/ observe checked 8 s ago Open production Observes only nothing waits Open staging nothing waits",
    ]);
  });

  test("offers to set up what has no policy, and leaves what is archived alone", async () => {
    const cookie = await whoSees({ "six/shop": null });
    const archived = await cockpit.repository("six/old", { archived: true });
    const shop = await cockpit.get("/", cookie);
    expect(words(await shop.text())).toContain(
      "six/ shop No policy yet: Holdpoint posts nothing there. Not set up Set up",
    );
    const other = await cockpit.signIn("archivist", [[archived, "read"]]);
    const text = await page("/", other);
    expect(rowsOf(text)).toEqual(["six/ old Archived"]);
    expect(text).not.toContain("Set up");
  });

  test("goes on to show what a deleted policy holds, as long as it holds something", async () => {
    const cookie = await whoSees({
      "seven/free": { policy: null },
      "seven/held": { policy: null, halted: true },
    });
    await cockpit.db.database.query(
      `insert into holdpoint.accepted_policy (repository_id, text, sha, accepted_at)
       select id, $1, 'a', $2 from holdpoint.repository where owner = 'seven'`,
      [TWO_ENVIRONMENTS, cockpit.now()],
    );
    const [held = "", free = ""] = rowsOf(await page("/", cookie));
    expect(held).toContain("seven/ held checked 8 s ago Held production");
    expect(free).toContain("seven/ free No policy yet");
  });

  test("without any repository says how the App is installed", async () => {
    expect(words(await page("/", await whoSees({})))).toContain("Install Holdpoint at GitHub");
  });

  test("REL-76: shows nothing of what is not theirs", async () => {
    await cockpit.repository("eight/secret");
    const text = await page("/", await whoSees({ "eight/shop": {} }));
    expect(text).toContain("eight/");
    expect(text).not.toContain("secret");
  });

  test("leaves out what the App may do nothing for any more", async () => {
    const cookie = await whoSees({ "nine/shop": {}, "nine/gone": {} });
    await cockpit.db.database.query(
      `update holdpoint.repository set gone = 'removed' where owner = 'nine' and name = 'gone'`,
    );
    expect(rowsOf(await page("/", cookie))).toHaveLength(1);
  });
});

describe("search and filter", () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await whoSees({
      "acme/storefront": { production: "fail" },
      "acme/courier-app": {},
      "initech/storefront": { production: "unknown" },
      "initech/tps": null,
    });
  });

  test.each([
    ["/?q=store", ["acme/ storefront", "initech/ storefront"], "2 of 4 repositories"],
    ["/?q=STORE+init", ["initech/ storefront"], "1 of 4 repositories"],
    ["/?q=acme%2F", ["acme/ storefront", "acme/ courier-app"], "2 of 4 repositories"],
    ["/?gate=held", ["acme/ storefront"], "1 of 4 repositories"],
    ["/?gate=unknown", ["initech/ storefront"], "1 of 4 repositories"],
    ["/?gate=open", ["acme/ courier-app"], "1 of 4 repositories"],
    ["/?gate=none", ["initech/ tps"], "1 of 4 repositories"],
    ["/?gate=held&q=courier", [], "0 of 4 repositories"],
    [
      "/?gate=nonsense&page=-3",
      ["acme/ storefront", "initech/ storefront", "acme/ courier-app", "initech/ tps"],
      "4 repositories",
    ],
    [
      "/?page=999",
      ["acme/ storefront", "initech/ storefront", "acme/ courier-app", "initech/ tps"],
      "4 repositories",
    ],
  ])("%s", async (address, names, said) => {
    const text = await page(address, cookie);
    expect(rowsOf(text).map((row) => row.split(" ").slice(0, 2).join(" "))).toEqual(names);
    expect(words(text)).toContain(said);
  });

  test("say what would be found by each state, and keep what was searched for", async () => {
    const text = await page("/?q=store", cookie);
    const links = [...text.matchAll(/class="hp-overview-filter" href="([^"]*)"[\s\S]*?<\/a/g)];
    expect(
      links.map(([link, href]) => `${href} ${words(link.replace(/^[^>]*>/, "").replace(/<\/a$/, ""))}`),
    ).toEqual([
      "/?q=store All 2",
      "/?q=store&amp;gate=held Held 1",
      "/?q=store&amp;gate=unknown Unknown 1",
      "/?q=store&amp;gate=open Open 0",
    ]);
  });

  test("that find nothing say so, with the way back", async () => {
    expect(words(await page("/?q=zzz", cookie))).toContain(
      "No repository fits Nothing of what you may see has that name and that state. Show all",
    );
  });

  test.each(HOSTILE)("REL-76: %j is searched for as text", async (text) => {
    const shown = await page(`/?q=${encodeURIComponent(text)}&gate=${encodeURIComponent(text)}`, cookie);
    expect(shown.match(/<(?:img|svg onload|textarea)/g)).toBeNull();
  });
});

describe("hundreds of repositories", () => {
  test("come in pages of a hundred, what matters first", async () => {
    const worlds = Object.fromEntries(
      Array.from({ length: 120 }, (_, index): [string, StoredWorld | null] => [
        `many/r${String(index).padStart(3, "0")}`,
        index === 119 ? { production: "fail" } : null,
      ]),
    );
    const cookie = await whoSees(worlds);
    const first = await page("/", cookie);
    expect(rowsOf(first)).toHaveLength(100);
    expect(rowsOf(first)[0]).toContain("many/ r119");
    expect(words(first)).toContain("Page 1 of 2 Next");
    const second = await page("/?page=2", cookie);
    expect(rowsOf(second)).toHaveLength(20);
    expect(words(second)).toContain("Previous Page 2 of 2");
  });

  test.each(HOSTILE)("REL-76: %j in what a policy and a finding say is text", async (text) => {
    const name = `evil/r${HOSTILE.indexOf(text)}`;
    const cookie = await whoSees({ [name]: { production: "fail", message: text.replaceAll("\0", "") } });
    const shown = await page("/", cookie);
    expect(shown.match(/<(?:img|svg onload|textarea)/g)).toBeNull();
    expect(rowsOf(shown)).toHaveLength(1);
    expect(shown).not.toMatch(/\u202E|\u200B/);
  });
});
