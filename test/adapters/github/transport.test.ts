import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { repositoryAnswer, statusAnswer } from "./answers.ts";
import {
  faultOf,
  type GitHubUnderTest,
  INSTALLATION,
  KEY_PEM,
  OTHER_INSTALLATION,
  REPOSITORY,
  type Reply,
  sha,
  spent,
  START,
  startGitHub,
  TOKEN_CANARY,
} from "./github-under-test.ts";

const PATH = `/repositories/${REPOSITORY.id}`;
const FOUND: Reply = { body: repositoryAnswer("acme", "storefront") };

function read(under: GitHubUnderTest, installation = INSTALLATION): Promise<unknown> {
  return under.github.readRepository(installation, REPOSITORY.id);
}

function post(under: GitHubUnderTest, context = "holdpoint/gate"): Promise<unknown> {
  const status = { sha: sha("a"), context, state: "success", description: "Open", targetUrl: null } as const;
  return under.github.postStatus(REPOSITORY, status);
}

describe("REL-41: GitHub in trouble", () => {
  test.each<[string, Reply]>([
    ["500", { status: 500, body: { message: "oops" } }],
    [
      "502 with a page",
      { status: 502, body: "<html>Bad gateway</html>", headers: { "content-type": "text/html" } },
    ],
    ["503", { status: 503, body: { message: "unavailable" } }],
    ["a reset", { breaks: "ECONNRESET" }],
    ["JSON cut short", { body: '{"id": 1, "name": "stor', lies: true }],
    [
      "an error page with status 200",
      { body: "<html>Whoops</html>", headers: { "content-type": "text/html" }, lies: true },
    ],
    ["an empty answer", { body: "", lies: true }],
  ])("%s is tried three times with growing pauses, then is a fault", async (_what, reply) => {
    const under = startGitHub();
    under.on("GET", PATH, reply);
    const fault = await faultOf(read(under));
    expect([fault.kind, fault.code, fault.doing]).toEqual([
      "retry-later",
      "github-unreachable",
      "reading a repository by its number",
    ]);
    expect(spent(under)).toBe(3);
    expect(under.naps).toEqual([375, 750]);
  });

  test.each<[string, Reply]>([
    ["500", { status: 500, body: { message: "oops" } }],
    ["a reset", { breaks: "ECONNRESET" }],
    ["an error page with status 200", { body: "<html>Whoops</html>", lies: true }],
  ])("%s that passes is not seen by the caller", async (_what, reply) => {
    const under = startGitHub();
    under.on("GET", PATH, reply, FOUND);
    expect(await read(under)).toMatchObject({ state: "known", value: { name: "storefront" } });
    expect(spent(under)).toBe(2);
  });

  test("the pauses differ by chance, so that replicas do not come back together", async () => {
    const naps = await Promise.all(
      [0, 1].map(async (chance) => {
        const under = startGitHub({ random: () => chance });
        under.on("GET", PATH, { status: 500, body: {} });
        await faultOf(read(under));
        return under.naps;
      }),
    );
    expect(naps).toEqual([
      [250, 500],
      [500, 1_000],
    ]);
  });

  test("no further try is made once ten seconds have passed", async () => {
    const under = startGitHub();
    under.on("GET", PATH, () => {
      under.clock.advance(10_000);
      return { status: 500, body: {} };
    });
    await faultOf(read(under));
    expect(spent(under)).toBe(1);
  });

  test.each([400, 404, 410, 422, 451])("a status of %i is an answer, not tried again", async (status) => {
    const under = startGitHub();
    under.on("GET", PATH, FOUND);
    under.on("POST", /\/statuses\//, { status, body: { message: "No" }, lies: true });
    await post(under).catch(() => undefined);
    expect(
      under.requests.filter(({ method, path }) => method === "POST" && path.includes("/statuses/")),
    ).toHaveLength(1);
  });

  test("a not-found page that is no JSON is not GitHub's word", async () => {
    const under = startGitHub();
    under.on("GET", PATH, { status: 404, body: "<html>proxy</html>", lies: true });
    expect((await faultOf(read(under))).code).toBe("github-unreachable");
  });

  test("an answer that does not come in time is a fault", async () => {
    const under = startGitHub({ timeoutMilliseconds: 20 });
    under.on("GET", PATH, () => new Promise<Reply>((resolve) => setTimeout(resolve, 200, FOUND)));
    const fault = await faultOf(read(under));
    expect([fault.code, fault.detail]).toEqual([
      "github-unreachable",
      "GitHub did not answer (TimeoutError).",
    ]);
  });

  test("an answer larger than the limit is not read", async () => {
    const under = startGitHub({ maxBodyBytes: 2_000 });
    under.on("GET", PATH, { body: { padding: "x".repeat(3_000) }, lies: true });
    const fault = await faultOf(read(under));
    expect([fault.code, fault.detail]).toEqual([
      "github-unreachable",
      "GitHub's answer was larger than 2000 bytes and was not read.",
    ]);
  });

  test("an answer of another shape is a fault, never a value", async () => {
    const under = startGitHub();
    under.on("GET", PATH, { body: { id: "12" }, lies: true });
    const fault = await faultOf(read(under));
    expect([fault.kind, fault.code, fault.detail]).toEqual([
      "retry-later",
      "github-inconsistent",
      "GitHub's answer has no usable “id”.",
    ]);
  });

  test("what may have been written is not written again without a look", async () => {
    const under = startGitHub();
    under.on("GET", PATH, FOUND);
    under.on("GET", /\/comments\?/, { body: [] });
    under.on("POST", /\/comments$/, { breaks: "ECONNRESET" });
    const comment = { issueNumber: 1, marker: "<!-- m -->", body: "Hello" };
    expect((await faultOf(under.github.postComment(REPOSITORY, comment))).code).toBe("github-unreachable");
    expect(under.calls.filter(({ kind }) => kind === "write")).toHaveLength(1);
  });
});

describe("REL-42: the primary limit", () => {
  const reset = String(START.getTime() / 1_000 + 900);
  const spentAll = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };

  test.each([403, 429])(
    "after a %i no call is made for that installation before the reset",
    async (status) => {
      const under = startGitHub();
      under.on(
        "GET",
        PATH,
        { status, body: { message: "API rate limit exceeded" }, headers: spentAll },
        FOUND,
      );
      const fault = await faultOf(read(under));
      const until = new Date(START.getTime() + 901_000);
      expect([fault.kind, fault.code, fault.retryAt]).toEqual(["retry-later", "github-rate-limited", until]);
      expect(fault.detail).toBe(
        "GitHub allows no more calls for this installation before 2026-03-02T10:15:01.000Z.",
      );

      under.clock.advance(900_000);
      const before = under.requests.length;
      expect((await faultOf(read(under))).retryAt).toEqual(until);
      expect(under.requests).toHaveLength(before);

      under.clock.advance(1_001);
      expect(await read(under)).toMatchObject({ state: "known" });
    },
  );

  test("other installations go on", async () => {
    const under = startGitHub();
    under.on("GET", PATH, { status: 403, body: { message: "limit" }, headers: spentAll }, FOUND);
    await faultOf(read(under));
    expect(await read(under, OTHER_INSTALLATION)).toMatchObject({ state: "known" });
  });

  test("the reset is counted by GitHub's clock, not by ours", async () => {
    const under = startGitHub();
    under.clock.advance(-600_000);
    under.on("GET", PATH, {
      status: 403,
      body: { message: "limit" },
      headers: { ...spentAll, date: START.toUTCString() },
    });
    const fault = await faultOf(read(under));
    expect(fault.retryAt).toEqual(new Date(START.getTime() - 600_000 + 901_000));
  });

  test("the last call that was allowed goes through, the next is not made", async () => {
    const under = startGitHub();
    under.on("GET", PATH, { ...FOUND, headers: spentAll });
    expect(await read(under)).toMatchObject({ state: "known" });
    expect((await faultOf(read(under))).code).toBe("github-rate-limited");
    expect(spent(under)).toBe(1);
  });

  test("GraphQL says it with status 200", async () => {
    const under = startGitHub();
    under.onQuery("PullRequest", {
      body: { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
      headers: spentAll,
    });
    const fault = await faultOf(under.github.readPullRequest(REPOSITORY, 1));
    expect([fault.code, fault.retryAt]).toEqual(["github-rate-limited", new Date(START.getTime() + 901_000)]);
  });
});

describe("REL-43: the secondary limit", () => {
  const secondary = {
    message: "You have exceeded a secondary rate limit.",
    documentation_url:
      "https://docs.github.com/rest/overview/resources-in-the-rest-api#secondary-rate-limits",
  };

  test.each([403, 429])("after a %i with retry-after it waits that long", async (status) => {
    const under = startGitHub();
    under.on("GET", PATH, { status, body: secondary, headers: { "retry-after": "30" } });
    expect((await faultOf(read(under))).retryAt).toEqual(new Date(START.getTime() + 31_000));
  });

  test.each([403, 429])(
    "after a %i without a word on how long it waits a minute, then longer each time",
    async (status) => {
      const under = startGitHub();
      under.on("GET", PATH, { status, body: secondary });
      const waits: number[] = [];
      for (let times = 0; times < 4; times += 1) {
        const { retryAt } = await faultOf(read(under));
        const wait = (retryAt?.getTime() ?? 0) - under.clock.now().getTime();
        waits.push(wait / 1_000);
        under.clock.advance(wait);
      }
      expect(waits).toEqual([60, 120, 240, 480]);
      under.on("GET", PATH, FOUND);
      await read(under);
      under.on("GET", PATH, { status, body: secondary });
      expect((await faultOf(read(under))).retryAt).toEqual(new Date(under.clock.now().getTime() + 60_000));
    },
  );

  test("a pause is shared between replicas", async () => {
    const under = startGitHub();
    const other = under.replica();
    under.on("GET", PATH, { status: 429, body: secondary, headers: { "retry-after": "30" } }, FOUND);
    await faultOf(read(under));
    const fault = await faultOf(other.readRepository(INSTALLATION, REPOSITORY.id));
    expect([fault.code, fault.retryAt]).toEqual(["github-rate-limited", new Date(START.getTime() + 31_000)]);
    expect(spent(under)).toBe(1);
  });

  test("the shared pauses are asked for once in five seconds, not with every call", async () => {
    const under = startGitHub();
    under.on("GET", PATH, FOUND);
    await read(under);
    const first = under.pauseReads();
    await read(under);
    await read(under);
    expect(under.pauseReads()).toBe(first);
    under.clock.advance(5_000);
    await read(under);
    expect(under.pauseReads()).toBe(first + 1);
  });

  test("writes of one installation go one after another, a second apart", async () => {
    const under = startGitHub();
    under.on("GET", PATH, FOUND);
    const at: number[] = [];
    let open = 0;
    under.on("POST", /\/statuses\//, async () => {
      open += 1;
      expect(open).toBe(1);
      at.push(under.clock.now().getTime() - START.getTime());
      await new Promise(setImmediate);
      open -= 1;
      return { status: 201, body: { ...statusAnswer("x", "success"), creator: null } };
    });
    await Promise.all(["a", "b", "c"].map((context) => post(under, context)));
    expect(at).toEqual([0, 1_000, 2_000]);
  });

  test("one write that fails does not stop the next", async () => {
    const under = startGitHub({ writeGapMilliseconds: 0 });
    under.on("GET", PATH, FOUND);
    under.on("POST", /\/statuses\//, { status: 403, body: { message: "No" } });
    const results = await Promise.allSettled([post(under, "a"), post(under, "b")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(under.naps).not.toContain(0);
  });
});

describe("REL-44: credentials", () => {
  test("a clock that is wrong is learned from the Date header of the refusal", async () => {
    const under = startGitHub();
    const ours = START.getTime();
    const ahead = 20 * 60_000;
    const issued: number[] = [];
    under.on("POST", /\/access_tokens$/, ({ headers }) => {
      const { iat, exp } = claims(headers["authorization"] ?? "");
      issued.push(iat);
      const theirs = under.clock.now().getTime() + ahead;
      const date = { date: new Date(theirs).toUTCString() };
      if (exp * 1_000 < theirs) {
        return {
          status: 401,
          body: { message: "'Expiration time' claim ('exp') must be in the future" },
          headers: date,
        };
      }
      const expires = new Date(theirs + 3_600_000).toISOString();
      return { status: 201, body: { token: TOKEN_CANARY, expires_at: expires }, headers: date, lies: true };
    });
    under.on("GET", PATH, FOUND);
    expect(await read(under)).toMatchObject({ state: "known" });
    expect(issued).toEqual([ours / 1_000 - 60, (ours + ahead) / 1_000 - 60]);
    // Valid for an hour by GitHub's clock, so for an hour by ours.
    under.clock.advance(54 * 60_000);
    await read(under);
    expect(issued).toHaveLength(2);
    under.clock.advance(2 * 60_000);
    await read(under);
    expect(issued).toHaveLength(3);
  });

  test("a refusal that no clock explains is final", async () => {
    const under = startGitHub();
    under.on("POST", /\/access_tokens$/, { status: 401, body: { message: "Integration not found" } });
    const fault = await faultOf(read(under));
    expect([fault.kind, fault.code, fault.detail]).toEqual([
      "misconfigured",
      "github-forbidden",
      "GitHub refuses the credentials: check APP_ID and the private key, or the token.",
    ]);
    expect(under.requests).toHaveLength(1);
  });

  test("a token that expires in the middle of a job is replaced once", async () => {
    const under = startGitHub();
    under.on("GET", PATH, { status: 401, body: { message: "Bad credentials" } }, FOUND);
    expect(await read(under)).toMatchObject({ state: "known" });
    expect(under.calls.filter(({ kind }) => kind === "credentials")).toHaveLength(2);
    under.on("GET", PATH, { status: 401, body: { message: "Bad credentials" } });
    expect((await faultOf(read(under))).code).toBe("github-forbidden");
    expect(under.calls.filter(({ kind }) => kind === "credentials")).toHaveLength(3);
  });

  test("one token serves all calls until five minutes before its end; many who ask at once share one", async () => {
    const under = startGitHub();
    under.on("GET", PATH, FOUND);
    await Promise.all([read(under), read(under), read(under)]);
    under.clock.advance(54 * 60_000);
    await read(under);
    expect(under.calls.filter(({ kind }) => kind === "credentials")).toHaveLength(1);
    under.clock.advance(60_000);
    await read(under);
    expect(under.calls.filter(({ kind }) => kind === "credentials")).toHaveLength(2);
  });

  test("a 403 right after minting is tried once more; later it is a missing permission", async () => {
    const under = startGitHub();
    const no: Reply = { status: 403, body: { message: "Resource not accessible by integration" } };
    under.on("GET", PATH, no, FOUND);
    expect(await read(under)).toMatchObject({ state: "known" });
    expect(under.naps).toEqual([1_000]);

    under.clock.advance(60_000);
    under.on("GET", PATH, no);
    const fault = await faultOf(read(under));
    expect([fault.kind, fault.code, fault.status, fault.detail]).toEqual([
      "misconfigured",
      "github-forbidden",
      403,
      "GitHub refuses access: Resource not accessible by integration. Check the App's permissions and whether its owner has accepted them.",
    ]);
    expect(under.naps).toEqual([1_000]);
  });

  test("a 403 for want of permission pauses nobody", async () => {
    const under = startGitHub();
    under.on("GET", PATH, { status: 403, body: { message: "Resource not accessible by integration" } });
    await faultOf(read(under));
    expect(under.pauses.size).toBe(0);
  });

  test("the JWT is backdated by a minute, lives nine, and is never the same twice", async () => {
    const under = startGitHub();
    const seen: string[] = [];
    under.on("GET", "/app/installations", ({ headers }) => {
      seen.push(headers["authorization"] ?? "");
      return { body: [] };
    });
    await under.github.listInstallations();
    await under.github.listInstallations();
    const [one, other] = seen.map(claims);
    const now = START.getTime() / 1_000;
    expect(one).toMatchObject({ iss: "4711", iat: now - 60, exp: now + 480 });
    expect(one?.jti).not.toBe(other?.jti);
  });
});

describe("REL-45: no token", () => {
  const path = `/app/installations/${INSTALLATION}`;

  test("a 404 on the token is not taken for uninstalled while GitHub still lists the installation", async () => {
    const under = startGitHub();
    const token = { token: TOKEN_CANARY, expires_at: new Date(START.getTime() + 3_600_000).toISOString() };
    under.on(
      "POST",
      `${path}/access_tokens`,
      { status: 404, body: {} },
      { status: 201, body: token, lies: true },
    );
    under.on("GET", path, { body: { id: INSTALLATION, suspended_at: null }, lies: true });
    under.on("GET", PATH, FOUND);
    expect(await read(under)).toMatchObject({ state: "known" });
    const [first, , second] = under.requests.map(({ headers }) => headers["authorization"]);
    expect(first).not.toBe(second);
  });

  test("a token that is refused twice although the installation is there comes later", async () => {
    const under = startGitHub();
    under.on("POST", `${path}/access_tokens`, { status: 404, body: {} });
    under.on("GET", path, { body: { id: INSTALLATION, suspended_at: null }, lies: true });
    const fault = await faultOf(read(under));
    expect([fault.kind, fault.code]).toEqual(["retry-later", "github-inconsistent"]);
  });

  test.each<[string, Reply, string]>([
    ["uninstalled", { status: 404, body: {} }, "The App is not installed there any more."],
    [
      "suspended",
      { body: { id: INSTALLATION, suspended_at: "2026-03-01T00:00:00Z" }, lies: true },
      "The App's installation there is suspended: its owner can unsuspend it in GitHub's settings.",
    ],
  ])("%s is said when GitHub confirms it", async (_what, reply, detail) => {
    const under = startGitHub();
    under.on("POST", `${path}/access_tokens`, { status: 404, body: {} });
    under.on("GET", path, reply);
    const fault = await faultOf(read(under));
    expect([fault.kind, fault.code, fault.detail]).toEqual(["misconfigured", "github-forbidden", detail]);
  });
});

test("REL-10: each installation is asked with its own token alone", async () => {
  const under = startGitHub();
  under.on("POST", /\/access_tokens$/, ({ pathname }) => ({
    status: 201,
    body: {
      token: `token-of-${pathname.split("/")[3]}`,
      expires_at: new Date(START.getTime() + 3_600_000).toISOString(),
    },
    lies: true,
  }));
  const seen: unknown[] = [];
  under.on("GET", PATH, ({ headers }) => {
    seen.push(headers["authorization"]);
    return FOUND;
  });
  await Promise.all([read(under), read(under, OTHER_INSTALLATION), read(under)]);
  await read(under, OTHER_INSTALLATION);
  expect(seen.map(String).toSorted((one, other) => one.localeCompare(other))).toEqual([
    "token token-of-7",
    "token token-of-7",
    "token token-of-8",
    "token token-of-8",
  ]);
});

describe("conditional requests", () => {
  test("an unchanged answer costs nothing and is counted apart", async () => {
    const under = startGitHub();
    under.on("GET", PATH, ({ headers }) =>
      headers["if-none-match"] === '"v1"' ? { status: 304 } : { ...FOUND, headers: { etag: '"v1"' } },
    );
    const first = await read(under);
    expect(await read(under)).toEqual(first);
    expect(under.calls.map(({ kind }) => kind)).toEqual(["credentials", "read", "not-modified"]);
  });

  test("an answer is never kept for another installation", async () => {
    const under = startGitHub();
    under.on("GET", PATH, ({ headers }) => {
      expect(headers["if-none-match"]).toBeUndefined();
      return { ...FOUND, headers: { etag: '"v1"' } };
    });
    await read(under);
    await read(under, OTHER_INSTALLATION);
  });
});

test("REL-71: a redirect is not followed, and no token goes to another host", async () => {
  const under = startGitHub();
  under.on("GET", PATH, { status: 301, body: {}, headers: { location: "http://169.254.169.254/latest" } });
  expect((await faultOf(read(under))).code).toBe("github-inconsistent");
  expect(under.requests.map(({ pathname }) => pathname)).toEqual([
    `/app/installations/${INSTALLATION}/access_tokens`,
    PATH,
  ]);
});

describe("REL-77: no secret in any fault or log line", () => {
  test.each<[string, Reply]>([
    ["unreachable", { breaks: "ECONNRESET" }],
    ["refused", { status: 401, body: { message: "Bad credentials" } }],
    ["forbidden", { status: 403, body: { message: "No" } }],
    ["limited", { status: 429, body: {} }],
    ["no JSON", { body: "<html>", lies: true }],
    ["another shape", { body: [], lies: true }],
    [
      "deprecated",
      { ...FOUND, headers: { deprecation: "true", sunset: "soon", link: '<x>; rel="deprecation"' } },
    ],
  ])("%s", async (_what, reply) => {
    const under = startGitHub();
    under.on("GET", PATH, reply);
    const seen = await read(under).then(
      () => "",
      (error: unknown) => inspect(error, { depth: 20, showHidden: true }),
    );
    const jwt = under.requests[0]?.headers["authorization"]?.replace("Bearer ", "") ?? "";
    expect(jwt.split(".")).toHaveLength(3);
    const [, keyLine = ""] = KEY_PEM.split("\n");
    for (const secret of [TOKEN_CANARY, jwt, keyLine]) {
      expect(seen).not.toContain(secret);
      expect(under.logged.join("\n")).not.toContain(secret);
    }
  });

  test("a private key that is none is named without its text", () => {
    const create = (): unknown => startGitHub({ privateKey: "-----BEGIN PRIVATE KEY-----\ncanaryKey\n" });
    expect(create).toThrow("GitHub refuses the credentials: check APP_ID and the private key, or the token.");
    expect(create).not.toThrow("canaryKey");
  });
});

function claims(authorization: string): { iss: string; iat: number; exp: number; jti: string } {
  const [, payload = ""] = authorization.replace("Bearer ", "").split(".");
  const parsed: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  if (typeof parsed !== "object" || parsed === null) throw new TypeError("no claims");
  const { iss, iat, exp, jti } = { iss: "", iat: 0, exp: 0, jti: "", ...parsed };
  return { iss, iat, exp, jti };
}
