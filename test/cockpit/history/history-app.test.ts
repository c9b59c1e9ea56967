import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { storePolicy } from "../../../src/store/policy.ts";
import { HEAD } from "../../domain/build-snapshot.ts";
import { HOSTILE } from "../../domain/escape/hostile-text.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { textOf } from "../text-of.ts";
import { everyRecord } from "../../domain/history/every-record.ts";
import { addCase, addHalt, addOverride, deploy, recordAll } from "./tell.ts";

const MINUTE = 60_000;
const SHORT = HEAD.slice(0, 7);
const POLICY = `deploy:
  environments:
    production: { base: { branch: production } }
    staging: { base: { deployment: staging } }
`;

let cockpit: OpenCockpit;
let shop: RepositoryFacts;
let cookie: string;
let integration: number;
beforeAll(async () => {
  cockpit = await openCockpit();
  shop = await cockpit.repository();
  cookie = await cockpit.signIn("reader", [[shop, "read"]]);
  const policy = { text: POLICY, sha: "p", organisationText: null, organisationSha: null };
  await storePolicy(cockpit.db.database, shop.id, policy, cockpit.now());
  await fill(shop);
});
afterAll(() => cockpit.close());

/** `minutes` before now. */
function ago(minutes: number): Date {
  return new Date(cockpit.now().getTime() - minutes * MINUTE);
}

function everything() {
  return everyRecord({ caseId: integration, ago });
}

async function fill(repository: RepositoryFacts): Promise<void> {
  const { db } = cockpit;
  integration = await addCase(db, repository, {
    name: "integration",
    redAt: ago(50 * 60),
    expiredAt: ago(120),
  });
  await addHalt(db, repository, { source: "comment:1", beganAt: ago(90), endedAt: ago(0) });
  await addOverride(db, repository, {
    source: "comment:2",
    caseIds: [integration],
    beganAt: ago(5 * 60),
    endsAt: ago(60),
    endedAt: ago(60),
  });
  await recordAll(
    db,
    repository,
    everything().map(([said], index) => [ago(index), said] as const),
  );
  await deploy(db, repository, ago(100));
  await deploy(db, repository, ago(101), { environment: "staging", by: null });
  await deploy(db, repository, ago(102), { before: null });
}

async function history(query: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await cockpit.get(
    `/acme/storefront/history?${new URLSearchParams(query).toString()}`,
    cookie,
  );
  expect(answer.status).toBe(200);
  return await answer.text();
}

/** The sentences of a page, in its order. */
function sentences(html: string): readonly string[] {
  return [...html.matchAll(/<div class="hp-happened-text">\s*<p>([\s\S]*?)<\/p>/g)].map(([, said = ""]) =>
    textOf(said.replaceAll(/<\/?a\b[^>]*>/g, "")).trim(),
  );
}

describe("the history", () => {
  test("tells of everything in one sentence each, newest first; what was there at the beginning is no deploy", async () => {
    const told = everything().map(([, said]) => said);
    expect(sentences(await history())).toEqual([
      ...told.slice(0, -1),
      `octocat deployed ${SHORT} to production`,
      `${SHORT} went out to staging`,
    ]);
  });

  test("of a public repository names a ticket's status to those alone who may write", async () => {
    const open = await cockpit.repository("acme/open", { private: false });
    const moved = { what: "move-ticket", by: "octocat", ticket: "PLAY-1", from: "Open", to: "Secret review" };
    await recordAll(cockpit.db, open, [[ago(1), moved]]);
    const paths = ["/acme/open/history", "/acme/open/history.csv"];
    for (const [right, said] of [
      ["read", "octocat moved PLAY-1 on"],
      ["write", "octocat moved PLAY-1 to “Secret review”"],
    ] as const) {
      const theirs = await cockpit.signIn(`public-${right}`, [[open, right]]);
      const answers = await Promise.all(paths.map((path) => cockpit.get(path, theirs)));
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      expect(texts.map((text) => /octocat moved PLAY-1[^<"]*/.exec(text)?.[0])).toEqual([said, said]);
    }
  });

  test("shows why, and leads to the commit, the issue, the case and the run", async () => {
    const html = await history();
    expect(html).toContain('<p class="hp-happened-because">the till is down</p>');
    for (const address of [
      `https://github.com/acme/storefront/commit/${HEAD}`,
      "https://github.com/acme/storefront/issues/4",
      `/acme/storefront/cases/${integration}`,
      "https://github.com/acme/storefront/actions/runs/10",
      `/acme/storefront/why?environment=production&amp;sha=${HEAD}`,
      "/acme/storefront/history.csv",
    ]) {
      expect(html).toContain(`href="${address}"`);
    }
    expect(html).toContain("Today, 21 November 2026");
  });

  test("leads on from the words themselves: the commit to GitHub, the deferred check to its case", async () => {
    const html = await history();
    const commit = `<a class="hp-sha" href="https://github.com/acme/storefront/commit/${HEAD}" title="${HEAD}">${SHORT}</a>`;
    expect(html).toContain(`<p>octocat deployed ${commit} to production</p>`);
    expect(html).toContain(
      `<p><a href="/acme/storefront/cases/${integration}">integration</a> turned red on the trunk</p>`,
    );
  });

  test.each<[string, Readonly<Record<string, string>>, (told: string) => boolean]>([
    ["a kind", { kind: "halt" }, (told) => /halt(?:ed deploys|$| after)/.test(told)],
    [
      "pull requests",
      { kind: "pull-request" },
      (told) => told.startsWith("The verdict on the tickets of #7"),
    ],
    [
      "a person, in any case",
      { person: "@HUBOT" },
      (told) => told.startsWith("hubot") || told.startsWith("A compliance issue"),
    ],
    ["a person who deployed", { person: "octocat", kind: "deploy" }, (told) => told.startsWith("octocat")],
    [
      "an environment: what names it, and what is about all of them",
      { environment: "staging", kind: "deploy" },
      (told) => told.includes("to staging"),
    ],
  ])("is filtered by %s", async (_what, query, isWanted) => {
    const told = sentences(await history(query));
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((one) => !isWanted(one))).toEqual([]);
  });

  test("of an environment leaves out what is of another, and keeps what concerns all", async () => {
    const told = sentences(await history({ environment: "staging" }));
    expect(told).toContain("hubot halted deploys to all environments");
    expect(told).toContain("Deploys are halted: integration is past its deadline");
    expect(told.filter((one) => !one.includes("staging")).join()).not.toMatch(/production/);
  });

  test("is filtered by days, both of them included, in UTC", async () => {
    const other = await cockpit.repository("acme/days");
    const theirs = await cockpit.signIn("day-reader", [[other, "read"]]);
    for (const at of [
      "2026-11-09T23:59:59.999Z",
      "2026-11-10T00:00:00Z",
      "2026-11-11T23:59:59Z",
      "2026-11-12T00:00:00Z",
    ]) {
      await deploy(cockpit.db, other, new Date(at), { by: at });
    }
    const answer = await cockpit.get("/acme/days/history?from=2026-11-10&to=2026-11-11", theirs);
    expect(sentences(await answer.text())).toEqual([
      `2026-11-11T23:59:59Z deployed ${SHORT} to production`,
      `2026-11-10T00:00:00Z deployed ${SHORT} to production`,
    ]);
  });

  test.each([
    ["kind", "everything", "There is no such sort of happening; choose one of the list."],
    ["person", "a b", "That is no login of GitHub's."],
    ["environment", "pro\u202Eduction", "That is no name of an environment."],
    ["from", "21.11.2026", "Write the day as 2026-11-21."],
    ["to", "2026-02-31", "Write the day as 2026-11-21."],
    ["to", "2026-01-01", "This day is before the first one."],
  ])("says what is wrong with %s=%s, and keeps what was typed", async (name, value, said) => {
    const query = new URLSearchParams({ from: "2026-11-20", [name]: value });
    const answer = await cockpit.get(`/acme/storefront/history?${query.toString()}`, cookie);
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(textOf(html)).toContain(said);
    expect(sentences(html)).toEqual([]);
  });

  test("goes on page by page, and misses or repeats nothing while something happens, or at one moment", async () => {
    const busy = await cockpit.repository("acme/busy");
    const theirs = await cockpit.signIn("busy-reader", [[busy, "read"]]);
    const at = ago(0);
    const counts = Array.from({ length: 60 }, (_, count) => count);
    for (const count of counts) await deploy(cockpit.db, busy, at, { by: `deployer-${count}` });
    const halts = counts.map((count) => [at, { what: "halt-began", by: `halter-${count}` }] as const);
    await recordAll(cockpit.db, busy, halts);
    const seen: string[] = [];
    let path = "/acme/busy/history?kind=";
    for (let page = 0; page < 4 && path !== ""; page += 1) {
      const html = await (await cockpit.get(path, theirs)).text();
      seen.push(...sentences(html));
      path = /<a href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
      await deploy(cockpit.db, busy, new Date(at.getTime() + MINUTE), { by: "somebody-new" });
    }
    expect(path).toBe("");
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  test("shows the newest where the address of a page is damaged", async () => {
    const html = await history({ before: "yesterday" });
    expect(textOf(html)).toContain("The address of this page is damaged; the newest entries are shown.");
    expect(sentences(html)).toHaveLength(42);
  });

  test("REL-76: of a repository that is not theirs is not there, as a page or as a file", async () => {
    const stranger = await cockpit.signIn("stranger", []);
    for (const path of ["/acme/storefront/history", "/acme/storefront/history.csv"]) {
      const answer = await cockpit.get(path, stranger);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain("octocat");
    }
  });

  test("that is empty says what will be there", async () => {
    const empty = await cockpit.repository("acme/empty");
    const theirs = await cockpit.signIn("empty-reader", [[empty, "read"]]);
    const text = textOf(await (await cockpit.get("/acme/empty/history", theirs)).text());
    expect(text).toContain("Nothing has happened yet");
    expect(text).toContain("No deferred check was red in the last 53 weeks");
    const filtered = await cockpit.get("/acme/empty/history?kind=halt", theirs);
    expect(textOf(await filtered.text())).toContain("Nothing like that has happened");
  });
});

describe("the picture of a year", () => {
  test("says how often, how long and how often past its deadline, and stands as a table, too", async () => {
    const html = await history();
    const text = textOf(html);
    expect(text).toContain("integration red once, 50 h in all, past its deadline once");
    expect(text).toContain("Deploys to production halted for 2 h");
    expect(html).toContain('aria-label="integration: red once, 50 h in all, past its deadline once"');
    expect(html).toContain("<title>Week of 16 Nov 2026: red 50 h, past its deadline once</title>");
    expect(html).toMatch(
      /<td>2026-11-16<\/td>\s*<th scope="row">integration<\/th>\s*<td>50 h<\/td>\s*<td>1<\/td>/,
    );
    expect(html).not.toMatch(/\sstyle=/);
  });

  test("is not in the way of those who filter", async () => {
    expect(await history({ kind: "halt" })).not.toContain('id="year"');
  });
});

describe("the file", () => {
  async function csv(
    path: string,
    who: string,
  ): Promise<{ readonly answer: Response; readonly lines: readonly string[] }> {
    const answer = await cockpit.get(path, who);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
    return { answer, lines: text.split("\r\n") };
  }

  test("has every entry of the same filter, one line each, under a name of its own", async () => {
    const { answer, lines } = await csv("/acme/storefront/history.csv?kind=halt", cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe(
      'attachment; filename="holdpoint-acme-storefront-2026-11-21.csv"',
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const halted = `"halt","halt-began","hubot"`;
    expect(lines).toEqual([
      '\uFEFF"at","kind","what","by","environment","commit","lasted_seconds","because","sentence"',
      '"2026-11-21T12:00:00.000Z","halt","halt-ended","octocat","","","5400","the till is back","octocat ended a halt after 1 h 30 min"',
      `"2026-11-21T11:59:00.000Z",${halted},"production","","","the till is down","hubot halted deploys to production"`,
      `"2026-11-21T11:58:00.000Z",${halted},"","","","","hubot halted deploys to all environments"`,
      "",
    ]);
  });

  test("has all of them, past a page", async () => {
    const { lines } = await csv("/acme/storefront/history.csv", cookie);
    expect(lines).toHaveLength(1 + 42 + 1);
    const long = await cockpit.repository("acme/long");
    const theirs = await cockpit.signIn("long-reader", [[long, "read"]]);
    await cockpit.db.database.query(
      `insert into holdpoint.deploy (repository_id, environment, sha, before, by_login, at)
       select $1, 'production', $2, $2, 'by-' || n, $3 from generate_series(1, 1203) n`,
      [long.id, HEAD, ago(0)],
    );
    const all = await csv("/acme/long/history.csv", theirs);
    expect(all.lines).toHaveLength(1 + 1_203 + 1);
    expect(new Set(all.lines).size).toBe(1_205);
  });

  test("is not made of a filter that says nothing", async () => {
    const answer = await cockpit.get("/acme/storefront/history.csv?from=soon", cookie);
    expect(answer.status).toBe(400);
    expect(textOf(await answer.text())).toContain("Write the day as 2026-11-21.");
  });
});

describe("hostile text", () => {
  let hostile: RepositoryFacts;
  let theirs: string;
  const FORMULAS = [
    '=HYPERLINK("https://evil.example","x")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    ' "=1',
    "a;=1",
  ];
  beforeAll(async () => {
    hostile = await cockpit.repository("acme/hostile");
    theirs = await cockpit.signIn("hostile-reader", [[hostile, "read"]]);
    const names = ["halt-began", "case-opened", "ticket-attached", "forged-status", "command-refused"];
    const said = [...HOSTILE.map(([, one]) => one), ...FORMULAS].flatMap((text) => {
      const named = { by: text, environment: text, because: text, check: text, command: text };
      return names.map((what) => [ago(0), { what, ...named, ticket: text, context: text }] as const);
    });
    await recordAll(cockpit.db, hostile, said);
  });

  test("REL-74: stays text on the page", async () => {
    let path = "/acme/hostile/history";
    for (let page = 0; page < 10 && path !== ""; page += 1) {
      const html = await (await cockpit.get(path, theirs)).text();
      expect(html).not.toMatch(/<b onclick|<img|<!--|href="(?:javascript|https:\/\/(?:evil|tracker|www)\.)/);
      expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\0]/);
      path = /<a href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    }
    expect(path).toBe("");
  });

  test("REL-75: no cell of the file begins like a formula", async () => {
    const answer = await cockpit.get("/acme/hostile/history.csv", theirs);
    const cells = [...(await answer.text()).matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell);
    expect(cells.length).toBeGreaterThan(1_000);
    expect(cells.filter((cell) => /^["\s]*[=+\-@＝＋－＠\t]/.test(cell))).toEqual([]);
    expect(cells).toContain(`'=HYPERLINK(""https://evil.example"",""x"")`);
  });
});
