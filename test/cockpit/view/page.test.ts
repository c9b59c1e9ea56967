import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { isInstallationId, isRepositoryId } from "../../../src/domain/brands.ts";
import type { Person, VisibleRepository } from "../../../src/cockpit/person.ts";
import { html } from "../../../src/cockpit/view/html.ts";
import { type PageContent, renderPage } from "../../../src/cockpit/view/page.ts";
import { expectCleanPage } from "../clean-page.ts";
import { HOSTILE } from "../hostile.ts";

const PERSON: Person = { id: 1, login: "octocat", sessionHash: Buffer.from("session") };

function repositoryOf(owner: string, name: string): VisibleRepository {
  const [id, installationId] = [1, 7];
  if (!isRepositoryId(id) || !isInstallationId(installationId)) throw new Error("no id");
  return {
    facts: { id, installationId, owner, name, defaultBranch: "main", private: true, archived: false },
    right: "admin",
    openCases: 2,
  };
}

const OF_SHOP: PageContent = {
  title: "acme/storefront",
  place: { kind: "repository", repository: repositoryOf("acme", "storefront"), tab: "deploy" },
  person: PERSON,
  live: { repositoryId: 1 },
  body: html`<h1>Held</h1>`,
};

async function show(page: PageContent, { path = "/", method = "GET", cookie = "" } = {}): Promise<string> {
  const app = new Hono();
  app.all("*", (context) => renderPage(context, page));
  const text = await (await app.request(`http://127.0.0.1${path}`, { method, headers: { cookie } })).text();
  expectCleanPage(text);
  return text;
}

function words(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("every page", () => {
  test("says where it is, who looks at it, and leads to its neighbours", async () => {
    const text = await show(OF_SHOP);
    expect(text).toContain("<title>acme/storefront · Holdpoint</title>");
    const [, header = ""] = /<header([\s\S]*)<\/header>/.exec(text) ?? [];
    expect(words(header.replace(/^[^>]*>/, ""))).toBe(
      "Holdpoint acme / storefront Deploy Cases 2 History octocat · admin Operations Keyboard " +
        "Appearance Like the system Light Dark Sign out",
    );
    const links = [...header.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual([
      "/",
      "/?q=acme%2F",
      "/acme/storefront",
      "/acme/storefront",
      "/acme/storefront/cases",
      "/acme/storefront/history",
      "/operations",
    ]);
    expect(header).toMatch(/href="\/acme\/storefront"\s+aria-current="page"/);
    expect(header).toContain('aria-label="2 open cases"');
  });

  test("lets the keyboard skip to what it is about", async () => {
    const text = await show(OF_SHOP);
    expect(text.indexOf('class="hp-skip" href="#main"')).toBeLessThan(text.indexOf("<header"));
    expect(text).toMatch(/<main\s+id="main"[^>]*tabindex="-1"/);
  });

  test("keeps htmx from running, loading or storing anything but what the page itself says", async () => {
    const text = await show(OF_SHOP);
    const [, config = ""] = /name="htmx-config" content="([^"]*)"/.exec(text) ?? [];
    expect(JSON.parse(config.replaceAll("&quot;", '"'))).toEqual({
      allowEval: false,
      allowScriptTags: false,
      includeIndicatorStyles: false,
      selfRequestsOnly: true,
      historyCacheSize: 0,
      refreshOnHistoryMiss: true,
      scrollIntoViewOnBoost: false,
    });
  });

  test("is asked for again at its own address when its repository changes", async () => {
    const text = await show(OF_SHOP, { path: "/acme/storefront?environment=a%26b" });
    expect(text).toContain('data-live="/-/live?repository=1"');
    expect(text).toContain('hx-get="/acme/storefront?environment=a%26b"');
    expect(await show({ ...OF_SHOP, live: "all" })).toContain('data-live="/-/live"');
  });

  test.each(["data-live", "hx-get"])(
    "has no %s where nothing changes by itself, or where it answers a form",
    async (name) => {
      const { live: _, ...still } = OF_SHOP;
      expect(await show(still)).not.toContain(name);
      expect(await show(OF_SHOP, { method: "POST" })).not.toContain(name);
    },
  );

  test("for nobody has no menu, no keys and no forms", async () => {
    const text = await show({ ...OF_SHOP, place: { kind: "nowhere" }, person: null });
    expect(text).not.toMatch(/<form|<details|<dialog/);
    expect(text).not.toContain("octocat");
  });
});

describe("what a page looks like", () => {
  test.each([
    ["", "auto"],
    ["holdpoint-appearance=dark", "dark"],
    ["holdpoint-appearance=light", "light"],
    ['holdpoint-appearance="onload=canary()', "auto"],
  ])("with the cookie %j", async (cookie, mode) => {
    const text = await show(OF_SHOP, { cookie });
    expect(text).toContain(`<html lang="en" data-color-mode="${mode}"`);
    expect(text).toMatch(new RegExp(`value="${mode}"\\s+aria-pressed="true"`));
  });
});

describe("REL-76: names in the header are text", () => {
  test.each(HOSTILE)("%j", async (name) => {
    const text = await show(
      {
        ...OF_SHOP,
        title: name,
        person: { ...PERSON, login: name },
        place: { kind: "repository", repository: repositoryOf(name, name), tab: "cases" },
      },
      { path: `/?q=${encodeURIComponent(name)}` },
    );
    expect(text).not.toMatch(/<(?:img|svg onload|textarea)/);
    expect(text.match(/<title>/g)).toHaveLength(1);
  });
});
