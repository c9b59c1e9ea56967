import { afterAll, beforeAll, expect, test } from "vitest";
import { formOf } from "../cockpit/mending/mending-world.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ signIn: true });
});
afterAll(() => shop.close());

interface Browser {
  /** Follows redirects of Holdpoint's own, and is whoever the sandbox is asked for. */
  readonly open: (
    path: string,
    form?: Readonly<Record<string, string>>,
  ) => Promise<{ path: string; page: string }>;
}

/** A browser without scripts: links, forms and cookies. */
function browse(login: string): Browser {
  const cockpit = new URL(shop.holdpoint().url).origin;
  const cookies = new Map<string, string>();
  async function ask(at: URL, form: Readonly<Record<string, string>> | undefined): Promise<Response> {
    const picks = at.origin !== cockpit;
    const body = picks ? { ...Object.fromEntries(at.searchParams), login } : form;
    const answer = await fetch(picks ? new URL(at.pathname, at) : at, {
      redirect: "manual",
      headers: {
        accept: "text/html",
        origin: cockpit,
        ...(picks ? {} : { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") }),
      },
      ...(body === undefined ? {} : { method: "POST", body: new URLSearchParams(body) }),
    });
    for (const cookie of picks ? [] : answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return answer;
  }
  return {
    async open(path, form) {
      let at = new URL(path, cockpit);
      let answer = await ask(at, form);
      for (let hop = 0; hop < 6; hop += 1) {
        const next = answer.headers.get("location");
        if (next === null) break;
        at = new URL(next, at);
        // The page that asks who one is has a button; its address begins the sign-in.
        if (at.pathname === "/-/sign-in") at = new URL(`/-/sign-in/github${at.search}`, at);
        answer = await ask(at, undefined);
      }
      return { path: `${at.pathname}${at.search}`, page: await answer.text() };
    },
  };
}

test("a forgotten risk assessment is written where it is missed, and the gate opens by itself", async () => {
  const repo = await shop.repository();
  const key = shop.ticket({ summary: "Charge in euros", risk: "" });
  const sha = await repo.commit(`${key}: Charge in euros`);
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "failure" });

  const { open } = browse("octocat");
  const { page } = await open(`/${repo.name}/mend/${key}?environment=production`);
  const { action, fields } = formOf(page, `fill-${key}`);
  const typed = { ...fields, "wanted.Risk assessment": "Low: behind a flag.\r\n\r\nCan be switched off." };
  const saved = await open(action, typed);
  await shop.quiet();

  expect(saved.path).toMatch(new RegExp(`^/${repo.name}\\?environment=production&request=\\d+$`));
  expect(saved.page).toContain(`Risk assessment: saved on ${key}. The check is running again.`);
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "success" });
  const comments = shop.box.jira.findIssue(key)?.comments ?? [];
  expect(comments.map(({ body }) => JSON.stringify(body))).toEqual([
    expect.stringContaining("octocat on GitHub filled in Risk assessment through Holdpoint."),
  ]);
  const records = await shop.db.database.query<{ record: { what: string } }>(
    "select record from holdpoint.audit where record ->> 'ticket' = $1 order by sequence",
    [key],
  );
  expect(records.map(({ record }) => record)).toMatchObject([
    { what: "ticket-change-asked", by: "octocat", fields: [{ name: "Risk assessment" }] },
    { what: "fill-fields", by: "octocat", fields: [{ name: "Risk assessment" }] },
  ]);
});

test("a commit without a ticket gets one with a reason, and the check says who attached it", async () => {
  const repo = await shop.repository();
  const key = shop.ticket();
  await repo.commit(`${key}: Charge in euros`);
  const sha = await repo.commit("Tune cache headers");
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "failure" });

  const { open } = browse("octocat");
  const { page } = await open(`/${repo.name}`);
  const { action, fields } = formOf(page, `attach-to-${sha}`);
  await open(action, { ...fields, ticket: key, because: "The second half of it" });
  await shop.quiet();
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "success" });
  expect((await repo.report(sha))?.text).toContain(
    `\`${key}\` attached by \`octocat\`: \`The second half of it\``,
  );

  const attached = await open(`/${repo.name}`);
  const off = formOf(attached.page, `detach-${key}-${sha}`);
  await open(off.action, off.fields);
  await shop.quiet();
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "failure" });
});
