import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
let repo: Repo;
beforeAll(async () => {
  shop = await openShop({ signIn: true });
  repo = await shop.repository();
});
afterAll(() => shop.close());

/** A browser that follows nothing by itself: cookies of Holdpoint alone, since GitHub's sandbox knows everybody. */
function openBrowser(): {
  readonly cookies: Map<string, string>;
  readonly go: (address: string, form?: Readonly<Record<string, string>>) => Promise<Response>;
} {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async go(address, form) {
      const { url } = shop.holdpoint();
      const target = new URL(address, url);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(target, {
        redirect: "manual",
        headers: { accept: "text/html", origin: target.origin, ...(target.origin === url ? { cookie } : {}) },
        ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  };
}

function locationOf(response: Response): string {
  return response.headers.get("location") ?? "";
}

test("somebody picks who they are, comes back to the page they wanted, sees what is theirs, and signs out", async () => {
  const browser = openBrowser();
  const asked = await browser.go(`/${repo.name}`);
  const page = await (await browser.go(locationOf(asked))).text();
  const [, begin = ""] = /href="(\/-\/sign-in\/github[^"]*)"/.exec(page) ?? [];
  const authorize = locationOf(await browser.go(begin));
  expect(authorize.startsWith(`${shop.box.githubUrl}/login/oauth/authorize?`)).toBe(true);
  const picker = await (await browser.go(authorize)).text();
  expect(picker).toContain('<button name="login" value="octocat">octocat</button>');
  expect(picker).toContain(`admin in ${repo.name}`);
  const picked = await browser.go(`${shop.box.githubUrl}/login/oauth/authorize`, {
    ...Object.fromEntries(new URL(authorize).searchParams),
    login: "octocat",
  });
  const back = await browser.go(locationOf(picked));
  expect([back.status, locationOf(back)]).toEqual([303, `/${repo.name}`]);
  expect((await browser.go(`/${repo.name}`)).status).toBe(200);
  const overview = await browser.go("/");
  expect(overview.status).toBe(200);
  expect(await overview.text()).toContain(repo.name.split("/")[1]);

  const stolen = new Map(browser.cookies);
  expect((await browser.go("/-/sign-out", {})).status).toBe(303);
  const thief = openBrowser();
  for (const [name, value] of stolen) thief.cookies.set(name, value);
  expect(locationOf(await thief.go(`/${repo.name}`))).toContain("/-/sign-in?return_to=");
  const counts = shop.box.github.requests.counts();
  expect(counts["DELETE /applications/:client_id/token"]).toBe(1);
  expect(shop.box.github.violations()).toEqual([]);
  expect(shop.logged().filter((line) => /gh[ur]_/.test(line))).toEqual([]);
});
