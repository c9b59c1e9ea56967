import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashSessionId } from "../../src/cockpit/session/hash-session-id.ts";
import { addSession, replaceRights } from "../../src/store/session.ts";
import { textOf } from "../cockpit/text-of.ts";
import { openShop, type Shop } from "./shop.ts";

const BY_DEPLOYMENT = `
deploy:
  environments:
    production: { base: { deployment: production } }
tickets:
  projects: [PLAY]
`;
const WEEK = 7 * 86_400_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ signIn: true });
});
afterAll(() => shop.close());

/** Somebody who signed in a moment ago asks for a page. */
async function visit(path: string, repositoryId: number): Promise<string> {
  const id = randomBytes(32).toString("base64url");
  const idHash = hashSessionId(id);
  const [at, database] = [shop.now(), shop.db.database];
  const tokens = { accessToken: Buffer.from("sealed"), accessEndsAt: null, refreshToken: null };
  await addSession(database, {
    idHash,
    userId: 1,
    login: "octocat",
    ...tokens,
    at,
    endsAt: new Date(at.getTime() + WEEK),
  });
  await database.transaction((transaction) =>
    replaceRights(transaction, idHash, [{ repositoryId, permission: "read" }], at),
  );
  const answer = await fetch(`${shop.holdpoint().url}${path}`, { headers: { cookie: `holdpoint=${id}` } });
  expect(answer.status).toBe(200);
  return textOf(await answer.text());
}

async function links(sha: string): Promise<Readonly<Record<string, string | null>>> {
  const rows = await shop.db.database.query<{ name: string; url: string | null }>(
    `select coalesce(desired->>'context', desired->>'name') as name,
            coalesce(desired->>'targetUrl', desired->>'detailsUrl') as url
       from holdpoint.effect where desired->>'sha' = $1`,
    [sha],
  );
  return Object.fromEntries(rows.map(({ name, url }) => [name, url]));
}

test("what GitHub shows of a deploy leads to the cockpit, which tells who deployed what, and why another may not go", async () => {
  const repo = await shop.repository({ policy: BY_DEPLOYMENT });
  const { control } = shop.box.github;
  const deploy = async (sha: string) => {
    await control.deploy({ repository: repo.name, environment: "production", sha, by: "octocat" });
    await shop.quiet();
  };
  await deploy(repo.first);
  const next = await repo.commit(`${shop.ticket()}: Charge in euros`);
  await deploy(next);
  const head = await repo.commit("Tune cache headers");
  const page = `${shop.holdpoint().url}/${repo.name}?environment=production`;
  expect(await links(head)).toMatchObject({
    "holdpoint/pre-deploy": page,
    Holdpoint: page,
    "holdpoint/gate": page,
  });
  const history = await visit(`/${repo.name}/history?kind=deploy`, repo.id);
  expect(history).toContain(`octocat deployed ${next.slice(0, 7)} to production`);
  expect(history).not.toContain(repo.first.slice(0, 7));
  const why = await visit(`/${repo.name}/why?environment=production&sha=${head}`, repo.id);
  expect(why).toContain(`${head.slice(0, 7)} may not go to production`);
  expect(why).toContain(`1 commit without ticket: ${head.slice(0, 7)}`);
});
