import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFERRED_POLICY, openLongJob } from "./long-job.ts";
import { openShop, type Shop } from "./shop.ts";

const CANARIES = {
  WEBHOOK_SECRET: "canary-webhook-0123456789abcdef",
  SESSION_SECRET: "canary-session-0123456789abcdef-0123456789",
  GITHUB_CLIENT_ID: "Iv1.0123456789",
  GITHUB_CLIENT_SECRET: "canary-client-0123456789abcdef",
  JIRA_WEBHOOK_SECRET: "canary-jira-hook-0123456789abcdef",
  SLACK_BOT_TOKEN: "xoxb-canary-0123456789abcdef",
  HOLDPOINT_API_TOKENS: "canary:canary-api-0123456789abcdef:*",
};

let shop: Shop;
const posted: string[] = [];
beforeAll(async () => {
  shop = await openShop({
    environment: CANARIES,
    inspect: ({ method, path, requestBody }) => {
      if (method !== "GET") posted.push(`${method} ${path} ${JSON.stringify(requestBody)}`);
      return [];
    },
  });
  const { url } = shop.holdpoint();
  shop.box.github.setWebhook({ url: `${url}/api/github/webhooks`, secret: CANARIES.WEBHOOK_SECRET });
  shop.box.jira.setWebhook({ url: `${url}/api/jira/webhooks`, secret: CANARIES.JIRA_WEBHOOK_SECRET });
});
afterAll(() => shop.close());

/** Everything that must never be seen, and the forms that it takes on the wire. */
function secrets(): readonly string[] {
  const { privateKey } = shop.box.github.app;
  const { email, apiToken } = shop.box.jira.credentials;
  const [, password = ""] = /^\w+:\/\/[^:@/]*:([^@]+)@/.exec(shop.db.url) ?? [];
  return [
    ...privateKey.split("\n").filter((line) => line.length > 40),
    CANARIES.WEBHOOK_SECRET,
    CANARIES.SESSION_SECRET,
    CANARIES.GITHUB_CLIENT_SECRET,
    CANARIES.JIRA_WEBHOOK_SECRET,
    CANARIES.SLACK_BOT_TOKEN,
    "canary-api-0123456789abcdef",
    apiToken,
    Buffer.from(`${email}:${apiToken}`).toString("base64"),
    ...(password === "" ? [] : [decodeURIComponent(password)]),
    "eyJhbGciOi",
    "ghs_",
  ];
}

async function everyTextInTheDatabase(): Promise<readonly string[]> {
  const columns = await shop.db.database.query<{ schema: string; relation: string; column: string }>(
    `select n.nspname as schema, c.relname as relation, a.attname as column
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
       join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('holdpoint', 'pgboss')
       join pg_type t on t.oid = a.atttypid and t.typname in ('text', 'varchar', 'json', 'jsonb')
      where a.attnum > 0 and not a.attisdropped`,
  );
  expect(columns.length).toBeGreaterThan(20);
  const texts: string[] = [];
  for (const { schema, relation, column } of columns) {
    const rows = await shop.db.database.query<{ value: string | null }>(
      `select "${column}"::text as value from "${schema}"."${relation}"`,
    );
    texts.push(...rows.flatMap(({ value }) => (value === null ? [] : [value])));
  }
  return texts;
}

/** Everything goes wrong that can. */
async function provoke(): Promise<void> {
  const { github, jira } = shop.box;
  await provokeSignIn();
  const repo = await shop.repository();
  const key = shop.ticket();
  for (const kind of [
    "unauthorized",
    "forbidden",
    "server-error",
    "html",
    "truncated",
    "not-found",
  ] as const) {
    github.lie({ kind, times: 1 });
    await repo.commit(`${key}: ${kind}`);
    github.tellTheTruth();
    shop.pass(61 * 60_000);
    github.lie({ kind, path: "/access_tokens", times: 1 });
    await repo.commit(`${key}: ${kind}, minting`);
    github.tellTheTruth();
    await shop.tryAgain();
  }
  for (const kind of [
    "unauthorized",
    "captcha",
    "forbidden",
    "redirect",
    "login-page",
    "server-error",
  ] as const) {
    jira.lie({ kind });
    await repo.commit(`${key}: ${kind}`);
    jira.tellTheTruth();
  }
  const { url } = shop.holdpoint();
  for (const path of ["/api/github/webhooks", "/api/jira/webhooks"]) {
    for (const body of ["", "{", '{"a":1}']) {
      await fetch(`${url}${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-github-event": "push",
          "x-github-delivery": randomUUID(),
          "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
          "x-hub-signature": `sha256=${"0".repeat(64)}`,
        },
        body,
      });
    }
  }
  await provokeSlack();
  await shop.tick("failed deliveries");
  await shop.reconcile();
  await shop.stop();
  await shop.start();
}

/** GitHub refuses the App's own word for it: the client secret is sent, and is wrong. */
async function provokeSignIn(): Promise<void> {
  const { url } = shop.holdpoint();
  const begun = await fetch(`${url}/-/sign-in/github`, { redirect: "manual" });
  const [cookie = ""] = (begun.headers.get("set-cookie") ?? "").split(";");
  const state = new URL(begun.headers.get("location") ?? url).searchParams.get("state") ?? "";
  const back = await fetch(`${url}/signed-in?code=x&state=${state}`, { headers: { cookie } });
  expect(back.status).toBe(503);
  expect(shop.logged().some((line) => line.includes("sign-in-refused"))).toBe(true);
}

/** Slack fails in every way, and then refuses the token. */
async function provokeSlack(): Promise<void> {
  const { slack } = shop.box;
  const long = await openLongJob(shop, `${DEFERRED_POLICY}notify: { slack: { channel: "#deploys" } }\n`);
  await long.run("success");
  for (const error of ["unavailable", "page", "redirect", "ratelimited"]) slack.lie({ error, times: 1 });
  await long.run("failure", await long.commit("Charge in euros"));
  for (let time = 0; time < 4; time += 1) {
    shop.pass(61_000);
    await shop.tryAgain();
  }
  expect(slack.calls().length).toBeGreaterThan(4);
}

test("REL-77: whatever goes wrong, no secret is logged, posted, stored or answered", async () => {
  await provoke();
  const answers = await Promise.all(
    ["/healthz", "/readyz", "/metrics", "/", "/-/sign-in", "/api/github/webhooks"].map(async (path) => {
      const answer = await fetch(`${shop.holdpoint().url}${path}`);
      return `${JSON.stringify([...answer.headers])}${await answer.text()}`;
    }),
  );
  const places = {
    logged: shop.logged(),
    posted,
    stored: await everyTextInTheDatabase(),
    answered: answers,
  };
  expect(places.logged.length).toBeGreaterThan(10);
  expect(posted.length).toBeGreaterThan(10);
  const found = Object.entries(places).flatMap(([place, texts]) =>
    secrets().flatMap((secret) =>
      texts.filter((text) => text.includes(secret)).map((text) => [place, secret, text]),
    ),
  );
  expect(found).toEqual([]);
}, 60_000);

test("the search itself finds what is there", async () => {
  const texts = await everyTextInTheDatabase();
  expect(texts.some((text) => text.includes("PLAY-1"))).toBe(true);
  expect(posted.some((text) => text.includes("PLAY-1"))).toBe(true);
});
