import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSignIn } from "../../../src/adapters/github/sign-in.ts";
import { isRepositoryId } from "../../../src/domain/brands.ts";
import type { RepositoryId } from "../../../src/domain/model.ts";
import { Fault } from "../../../src/errors.ts";
import type { SignsIn } from "../../../src/ports/sign-in.ts";
import { validateRestExchange } from "../../../src/sandbox/validation/validate-rest.ts";
import { openShop, openStage, type Stage } from "../../sandbox/github/open-sandbox.ts";
import { silentLog } from "../../database/loud-log.ts";

const REDIRECT = "https://holdpoint.example.com/signed-in";
const HOUR = 3_600_000;

function signInOf({ sandbox, clock }: Stage, secret = sandbox.app.clientSecret): SignsIn {
  return createSignIn(
    {
      github: { apiUrl: "https://api.github.com" },
      cockpit: { clientId: sandbox.app.clientId, clientSecret: secret, sessionSecrets: ["unused"] },
    },
    { clock, log: silentLog, fetch: (input, init) => sandbox.fetch(new Request(input, init)) },
  );
}

function openSignIn(): Stage {
  const stage = openStage({ inspect: validateRestExchange });
  stage.sandbox.setCallback("https://holdpoint.example.com");
  return stage;
}

/** What a person does in their browser; answers where they are sent then. */
async function pick({ sandbox }: Stage, address: string, login: string): Promise<URLSearchParams> {
  const url = new URL(address);
  const response = await sandbox.fetch(
    new Request(`${url.origin}${url.pathname}`, {
      method: "POST",
      headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...Object.fromEntries(url.searchParams), login }),
    }),
  );
  return new URL(response.headers.get("location") ?? "https://nowhere.example").searchParams;
}

async function tokensOf(stage: Stage, login: string): Promise<{ access: string; refresh: string }> {
  const signIn = signInOf(stage);
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const address = signIn.authorizeUrl({ state: "s", challenge, redirectUri: REDIRECT });
  const code = (await pick(stage, address, login)).get("code") ?? "";
  const tokens = await signIn.exchangeCode({ code, verifier, redirectUri: REDIRECT });
  return { access: tokens?.accessToken ?? "", refresh: tokens?.refreshToken ?? "" };
}

function idOf(id: number): RepositoryId {
  if (!isRepositoryId(id)) throw new Error("no id");
  return id;
}

describe("a code", () => {
  test("REL-76: is exchanged once, with the verifier that its challenge was made of, and nothing else", async () => {
    const stage = openSignIn();
    await openShop(stage);
    const signIn = signInOf(stage);
    const verifier = randomBytes(32).toString("base64url");
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const address = signIn.authorizeUrl({ state: "the state", challenge, redirectUri: REDIRECT });
    const answer = await pick(stage, address, "octocat");
    expect(answer.get("state")).toBe("the state");
    const stolen = { code: answer.get("code") ?? "", verifier: "another", redirectUri: REDIRECT };
    expect(await signIn.exchangeCode(stolen)).toBe(null);
    // A wrong try has used it up.
    expect(await signIn.exchangeCode({ ...stolen, verifier })).toBe(null);
    const code = (await pick(stage, address, "octocat")).get("code") ?? "";
    const tokens = await signIn.exchangeCode({ code, verifier, redirectUri: REDIRECT });
    expect(tokens?.accessToken).toMatch(/^ghu_/);
    expect(tokens?.accessEndsAt).toEqual(new Date(stage.clock.now().getTime() + 8 * HOUR));
    expect(await signIn.exchangeCode({ code, verifier, redirectUri: REDIRECT })).toBe(null);
  });

  test.each([
    ["without PKCE", { code_challenge: "" }, "There is no code_challenge of the method S256"],
    [
      "with the plain method",
      { code_challenge_method: "plain" },
      "There is no code_challenge of the method S256",
    ],
    ["without a state", { state: "" }, "There is no state"],
    [
      "for another address",
      { redirect_uri: "https://evil.example/signed-in" },
      "is not associated with this",
    ],
  ])("REL-76: is given to nobody %s", async (_, wrong, said) => {
    const stage = openSignIn();
    const { sandbox } = stage;
    const challenge = createHash("sha256").update("v").digest("base64url");
    const url = new URL(signInOf(stage).authorizeUrl({ state: "s", challenge, redirectUri: REDIRECT }));
    for (const [name, value] of Object.entries(wrong)) url.searchParams.set(name, value);
    const page = await sandbox.fetch(new Request(url, { headers: { accept: "text/html" } }));
    expect(page.status).toBe(400);
    expect(await page.text()).toContain(said);
    expect([...(await pick(stage, url.href, "octocat")).keys()]).toEqual([]);
  });

  test("of a person who says no comes as the word for it", async () => {
    const stage = openSignIn();
    await openShop(stage);
    const challenge = createHash("sha256").update("v").digest("base64url");
    const address = signInOf(stage).authorizeUrl({ state: "s", challenge, redirectUri: REDIRECT });
    const page = await stage.sandbox.fetch(new Request(address, { headers: { accept: "text/html" } }));
    const text = await page.text();
    expect(text).toContain('<button name="login" value="octocat">octocat</button>');
    expect(text).toContain(
      'href="https://holdpoint.example.com/signed-in?error=access_denied&amp;error_description=',
    );
  });

  test("that the App itself cannot exchange is the operator's to mend", async () => {
    const stage = openSignIn();
    const signIn = signInOf(stage, "another secret");
    await expect(
      signIn.exchangeCode({ code: "c", verifier: "v", redirectUri: REDIRECT }),
    ).rejects.toMatchObject({
      kind: "misconfigured",
      code: "sign-in-refused",
      detail:
        "GitHub refuses the App's sign-in (incorrect_client_credentials): check GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET and the App's callback address.",
    });
    await expect(signIn.revoke("ghu_x")).rejects.toMatchObject({ kind: "misconfigured" });
  });
});

describe("a token", () => {
  test("says who it is and what they see: their roles, and what is public in between", async () => {
    const stage = openSignIn();
    const { id } = await openShop(stage);
    const { control } = stage.sandbox;
    const open = await control.createRepository({ owner: "acme", name: "open", private: false });
    const secret = await control.createRepository({ owner: "acme", name: "secret", private: true });
    await control.setPermission({ repository: "acme/shop", login: "monalisa", role: "maintain" });
    const { access } = await tokensOf(stage, "monalisa");
    const signIn = signInOf(stage);
    expect((await signIn.readUser(access))?.login).toBe("monalisa");
    const seen = await signIn.listRepositories(access);
    expect(seen?.map(({ name, permission }) => [name, permission])).toEqual([
      ["shop", "write"],
      ["open", "read"],
    ]);
    expect(await signIn.readPermission(access, idOf(id))).toBe("write");
    expect(await signIn.readPermission(access, idOf(open.id))).toBe("read");
    expect(await signIn.readPermission(access, idOf(secret.id))).toBe("none");
    expect(await signIn.readPermission(access, idOf(999_999))).toBe("none");
  });

  test("sees nothing of an installation that is suspended", async () => {
    const stage = openSignIn();
    await openShop(stage);
    const { control } = stage.sandbox;
    await control.setPermission({ repository: "acme/shop", login: "monalisa", role: "admin" });
    const { access } = await tokensOf(stage, "monalisa");
    expect(await signInOf(stage).listRepositories(access)).toHaveLength(1);
    await control.suspendInstallation({ account: "acme" });
    expect(await signInOf(stage).listRepositories(access)).toEqual([]);
  });

  test("ends after eight hours, and is refreshed once", async () => {
    const stage = openSignIn();
    await openShop(stage);
    const signIn = signInOf(stage);
    const { access, refresh } = await tokensOf(stage, "octocat");
    stage.clock.forward(8 * HOUR);
    expect(await signIn.readUser(access)).toBe(null);
    expect(await signIn.listRepositories(access)).toBe(null);
    expect(await signIn.readPermission(access, idOf(1))).toBe(null);
    const next = await signIn.refresh(refresh);
    expect((await signIn.readUser(next?.accessToken ?? ""))?.login).toBe("octocat");
    expect(await signIn.refresh(refresh)).toBe(null);
  });

  test("ends when it is revoked, and its refresh token with it; twice is no error", async () => {
    const stage = openSignIn();
    await openShop(stage);
    const signIn = signInOf(stage);
    const { access, refresh } = await tokensOf(stage, "octocat");
    await signIn.revoke(access);
    expect(await signIn.readUser(access)).toBe(null);
    expect(await signIn.refresh(refresh)).toBe(null);
    await signIn.revoke(access);
  });
});

describe("GitHub's answers", () => {
  const REPOSITORY = {
    id: 7,
    name: "shop",
    owner: { login: "acme" },
    default_branch: "main",
    private: true,
    archived: false,
  };

  function answering(
    answers: Readonly<Record<string, () => Response>>,
  ): SignsIn & { readonly asked: string[] } {
    const asked: string[] = [];
    const signIn = createSignIn(
      {
        github: { apiUrl: "https://api.github.com" },
        cockpit: { clientId: "Iv1", clientSecret: "s", sessionSecrets: ["unused"] },
      },
      {
        clock: { now: () => new Date("2026-03-02T09:00:00Z") },
        log: silentLog,
        fetch: async (input, init) => {
          const url = new URL(new Request(input, init).url);
          const path = `${url.pathname}${url.search}`;
          asked.push(path);
          return answers[path]?.() ?? Response.json({ message: "Not Found" }, { status: 404 });
        },
      },
    );
    return { ...signIn, asked };
  }

  const INSTALLATIONS = { total_count: 1, installations: [{ id: 5, suspended_at: null }] };
  const FIRST = "/user/installations/5/repositories?per_page=100";

  function page(link: string | null, ...permissions: readonly (readonly [number, object])[]): () => Response {
    const repositories = permissions.map(([id, has]) => ({ ...REPOSITORY, id, permissions: has }));
    return () => Response.json({ total_count: 9, repositories }, { headers: link === null ? {} : { link } });
  }

  test("are read to the last page, and every word for a role is understood", async () => {
    const signIn = answering({
      "/user/installations?per_page=100": () => Response.json(INSTALLATIONS),
      [FIRST]: page(
        '<https://api.github.com/user/installations/5/repositories?per_page=100&page=2>; rel="next"',
        [1, { admin: true, maintain: true, push: true, triage: true, pull: true }],
        [2, { admin: false, maintain: true, push: false, triage: true, pull: true }],
      ),
      "/user/installations/5/repositories?per_page=100&page=2": page(
        null,
        [3, { push: true, pull: true }],
        [4, { triage: true, pull: true }],
        [5, { pull: true }],
        [6, { pull: false }],
      ),
    });
    const seen = await signIn.listRepositories("ghu_x");
    expect(seen?.map(({ id, permission }) => [id, permission])).toEqual([
      [1, "admin"],
      [2, "write"],
      [3, "write"],
      [4, "read"],
      [5, "read"],
    ]);
  });

  test("that lead to another host are not followed: a person's token goes nowhere else", async () => {
    const signIn = answering({
      "/user/installations?per_page=100": () => Response.json(INSTALLATIONS),
      [FIRST]: page('<https://evil.example/user/installations/5/repositories?page=2>; rel="next"'),
    });
    await expect(signIn.listRepositories("ghu_x")).rejects.toMatchObject({ code: "github-inconsistent" });
    expect(signIn.asked).toHaveLength(2);
  });

  test("that refuse one installation leave the others; that refuse the token leave nothing", async () => {
    const refusing =
      (status: number): (() => Response) =>
      () =>
        Response.json({ message: "no" }, { status });
    const installations = { total_count: 2, installations: [{ id: 5 }, { id: 6 }] };
    const answers = {
      "/user/installations?per_page=100": () => Response.json(installations),
      [FIRST]: page(null, [1, { pull: true }]),
    };
    const other = "/user/installations/6/repositories?per_page=100";
    const forbidden = answering({ ...answers, [other]: refusing(403) });
    expect(await forbidden.listRepositories("ghu_x")).toHaveLength(1);
    const over = answering({ ...answers, [other]: refusing(401) });
    expect(await over.listRepositories("ghu_x")).toBe(null);
  });

  test.each([
    ["a server error", () => Response.json({}, { status: 502 }), "github-unreachable"],
    ["a page that is no JSON", () => new Response("<html>", { status: 404 }), "github-unreachable"],
    [
      "a redirect",
      () => new Response(null, { status: 302, headers: { location: "https://evil.example/" } }),
      "github-unreachable",
    ],
    [
      "a limit",
      () => Response.json({ message: "slow down" }, { status: 403, headers: { "retry-after": "30" } }),
      "github-rate-limited",
    ],
  ])("%s is a fault, and no word on what somebody may do", async (_, answer, code) => {
    const signIn = answering({ "/repositories/7": answer, "/user": answer });
    await expect(signIn.readPermission("ghu_x", idOf(7))).rejects.toMatchObject({
      kind: "retry-later",
      code,
    });
    await expect(signIn.readUser("ghu_x")).rejects.toBeInstanceOf(Fault);
  });

  test("go to an Enterprise Server's own addresses", async () => {
    const asked: string[] = [];
    const signIn = createSignIn(
      {
        github: { apiUrl: "https://ghe.example/api/v3" },
        cockpit: { clientId: "Iv1", clientSecret: "s", sessionSecrets: ["unused"] },
      },
      {
        clock: { now: () => new Date() },
        log: silentLog,
        fetch: async (input, init) => {
          asked.push(new Request(input, init).url);
          return Response.json({ id: 1, login: "octocat", access_token: "ghu_x" });
        },
      },
    );
    const address = signIn.authorizeUrl({ state: "s", challenge: "c", redirectUri: REDIRECT });
    expect(address).toBe(
      "https://ghe.example/login/oauth/authorize?client_id=Iv1&redirect_uri=https%3A%2F%2Fholdpoint.example.com%2Fsigned-in&state=s&code_challenge=c&code_challenge_method=S256",
    );
    await signIn.exchangeCode({ code: "c", verifier: "v", redirectUri: REDIRECT });
    await signIn.readUser("ghu_x");
    expect(asked).toEqual([
      "https://ghe.example/login/oauth/access_token",
      "https://ghe.example/api/v3/user",
    ]);
  });
});
