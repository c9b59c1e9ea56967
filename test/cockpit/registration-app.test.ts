import { expect, test } from "vitest";
import { createRegistrationApp } from "../../src/cockpit/registration-app.ts";
import { Fault } from "../../src/errors.ts";
import type { AppCredentials } from "../../src/ports/installations.ts";

const HERE = "http://127.0.0.1:3000";
const CREDENTIALS: AppCredentials = {
  appId: 7,
  appPage: "https://github.com/apps/holdpoint-acme",
  privateKey: "pem-of-the-app",
  webhookSecret: "hook-word",
  clientId: "Iv1.a",
  clientSecret: "client-word",
};

interface Opened {
  readonly ask: (path: string) => Promise<{ status: number; text: string; policy: string }>;
  readonly kept: AppCredentials[];
  readonly exchanged: string[];
}

function openPage(exchange: () => Promise<AppCredentials> = async () => CREDENTIALS): Opened {
  const kept: AppCredentials[] = [];
  const exchanged: string[] = [];
  const app = createRegistrationApp({
    manifest: { name: "Holdpoint", default_events: ["push"] },
    githubUrl: "https://github.com",
    here: HERE,
    exchange(code) {
      exchanged.push(code);
      return exchange();
    },
    async keep(credentials) {
      kept.push(credentials);
      return ".env";
    },
  });
  return {
    kept,
    exchanged,
    async ask(path) {
      const response = await app.request(`${HERE}${path}`);
      const policy = response.headers.get("content-security-policy") ?? "";
      return { status: response.status, text: await response.text(), policy };
    },
  };
}

async function stateOf({ ask }: Opened): Promise<string> {
  const { text } = await ask("/register?organisation=acme&address=https://holdpoint.example.com/");
  return /\?state=([A-Za-z0-9_-]{32})"/.exec(text)?.[1] ?? "no state";
}

test("the form goes to the organisation at GitHub, with the manifest and the addresses filled in", async () => {
  const { ask } = openPage();
  const { status, text, policy } = await ask(
    "/register?organisation=acme&address=https://holdpoint.example.com/",
  );
  expect(status).toBe(200);
  expect(text).toContain('action="https://github.com/organizations/acme/settings/apps/new?state=');
  const value = /name="manifest" value="([^"]*)"/.exec(text)?.[1] ?? "";
  expect(JSON.parse(value.replaceAll("&quot;", '"'))).toEqual({
    name: "Holdpoint",
    default_events: ["push"],
    url: "https://holdpoint.example.com",
    hook_attributes: { url: "https://holdpoint.example.com/api/github/webhooks", active: true },
    redirect_url: `${HERE}/registered`,
    callback_urls: ["https://holdpoint.example.com/signed-in"],
  });
  expect(policy).toBe(`default-src 'none'; form-action https://github.com ${HERE}; frame-ancestors 'none'`);
});

test.each([
  [
    "an organisation that would leave its place in the address",
    "organisation=acme/../x&address=https://a.example",
  ],
  ["markup for an organisation", "organisation=<script>alert(1)</script>&address=https://a.example"],
  ["an address without https", "organisation=acme&address=http://a.example"],
  ["an address that is none", "organisation=acme&address=javascript:alert(1)"],
])("%s is refused, and not repeated", async (_, query) => {
  const { status, text } = await openPage().ask(`/register?${query}`);
  expect(status).toBe(400);
  expect(text).not.toMatch(/script>|javascript:|<form/);
});

test("an answer that does not belong to this registration is exchanged for nothing", async () => {
  const opened = openPage();
  const state = await stateOf(opened);
  for (const query of [
    "code=abc",
    "code=abc&state=",
    `code=a/b&state=${state}`,
    `code=abc&state=${state}x`,
  ]) {
    expect((await opened.ask(`/registered?${query}`)).status).toBe(400);
  }
  expect(opened.exchanged).toEqual([]);
});

test("the settings are kept, and the page shows where but none of them", async () => {
  const opened = openPage();
  const { status, text } = await opened.ask(`/registered?code=abc123&state=${await stateOf(opened)}`);
  expect(status).toBe(200);
  expect(opened.exchanged).toEqual(["abc123"]);
  expect(opened.kept).toEqual([CREDENTIALS]);
  expect(text).toContain("Its settings were written to .env, readable by you alone.");
  expect(text).toContain('href="https://github.com/apps/holdpoint-acme/installations/new"');
  expect(text).not.toMatch(/pem-of-the-app|hook-word|client-word/);
});

test("what failed is said with the next step, and keeps nothing", async () => {
  const opened = openPage(async () => {
    throw new Fault({ kind: "never-retry", code: "github-refused", doing: "exchanging <the> code" });
  });
  const { status, text } = await opened.ask(`/registered?code=abc123&state=${await stateOf(opened)}`);
  expect(status).toBe(502);
  expect(text).toContain(
    "The App&#39;s settings could not be fetched or kept: github-refused while exchanging &lt;the&gt; code. " +
      "If GitHub lists the App already, delete it there; then begin again at the first page.",
  );
  expect(opened.kept).toEqual([]);
});
