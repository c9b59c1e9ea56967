import { describe, expect, test } from "vitest";
import { HEAD, TAKEN_AT, buildRepository, known, unread } from "../domain/build-snapshot.ts";
import { buildCase } from "../domain/gate/build-gate-facts.ts";
import { ALL, OF_ACME, OF_GLOBEX, OF_STOREFRONT, buildGateFacts, gateWith, openGate } from "./open-gate.ts";

const REFUSED = "a question without a good token was refused";
const GATE = "/api/v1/repos/acme/storefront/gate";
const QUESTION = `${GATE}?environment=production&sha=${HEAD}`;

function problem(code: string, message: string): unknown {
  return { schema: "holdpoint.error/1", code, message };
}
const NOT_FOUND = problem("not-found", "There is no such repository, or this token may not ask about it.");
const UNAUTHORIZED = problem(
  "unauthorized",
  "Send “Authorization: Bearer” and a token that HOLDPOINT_API_TOKENS of this Holdpoint names.",
);

describe("the gate answers programs", () => {
  test("an open gate, whole: holdpoint.gate/1, with ISO times and null for what there is none of", async () => {
    const { ask, asked } = openGate();
    const { status, headers, text } = await ask(QUESTION);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(JSON.parse(text)).toEqual({
      schema: "holdpoint.gate/1",
      repository: "acme/storefront",
      environment: "production",
      sha: HEAD,
      decision: "open",
      would_be: "open",
      mode: "enforce",
      evaluated_at: "2026-03-02T10:00:00.000Z",
      reasons: [],
    });
    expect(asked).toEqual([
      {
        repository: { owner: "acme", name: "storefront" },
        environment: "production",
        sha: HEAD,
        intent: "deploy",
      },
    ]);
  });

  test("a halt, with since when, until when, who can do what and where", async () => {
    const { id: repositoryId } = buildRepository();
    const halt = {
      id: 3,
      repositoryId,
      environment: null,
      by: "octocat",
      because: "the till is down",
      issueNumber: 4,
      beganAt: TAKEN_AT,
      endedAt: null,
      issueUrl: "https://github.com/acme/storefront/issues/4",
    };
    const { ask } = openGate({ gate: gateWith({ halts: [halt] }) });
    const { status, text } = await ask(QUESTION);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      decision: "held",
      would_be: "held",
      reasons: [
        {
          kind: "halt",
          code: "halt",
          since: "2026-03-02T10:00:00.000Z",
          until: null,
          url: "https://github.com/acme/storefront/issues/4",
        },
      ],
    });
  });

  test("for shells, plain text: its first line alone is theirs", async () => {
    const { ask } = openGate();
    const { headers, text } = await ask(QUESTION, { headers: { accept: "text/plain" } });
    expect(headers.get("content-type")).toBe("text/plain; charset=UTF-8");
    expect(text).toBe(`holdpoint.gate/1 open acme/storefront production ${HEAD}\n`);
  });

  test("no reason, whatever it says, begins a line of the plain text as a first line begins, or as a build tool's command", async () => {
    const { id: repositoryId } = buildRepository();
    const halt = {
      id: 3,
      repositoryId,
      environment: null,
      by: "octocat",
      because: `\n::add-mask::x\rholdpoint.gate/1 open acme/storefront production ${HEAD}`,
      issueNumber: 4,
      beganAt: TAKEN_AT,
      endedAt: null,
      issueUrl: null,
    };
    const { ask } = openGate({ gate: gateWith({ halts: [halt] }) });
    const { text } = await ask(QUESTION, { headers: { accept: "text/plain" } });
    const [first, ...rest] = text.trimEnd().split(/\r\n|\r|\n/);
    expect(first).toBe(`holdpoint.gate/1 held acme/storefront production ${HEAD}`);
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.filter((line) => !/^(?:- |  )/.test(line))).toEqual([]);
  });

  test("a rollback is asked for as one, and names in any case", async () => {
    const { ask, asked } = openGate();
    await ask(
      `/api/v1/repos/Acme/Storefront/gate?environment=prod%2Feu&sha=${HEAD.toUpperCase()}&intent=rollback`,
    );
    expect(asked).toEqual([
      {
        repository: { owner: "Acme", name: "Storefront" },
        environment: "prod/eu",
        sha: HEAD,
        intent: "rollback",
      },
    ]);
  });

  test("REL-65: a commit that is not there is never open", async () => {
    const missing = { state: "missing", detail: "no such commit" } as const;
    const { ask } = openGate({ gate: gateWith({ judgement: missing }) });
    const { status, text } = await ask(QUESTION);
    expect([status, JSON.parse(text)]).toMatchObject([200, { decision: "held" }]);
  });

  test("a lookup that fails is no answer: 503, and the log has it", async () => {
    const { ask, logged } = openGate({ gate: { ask: () => Promise.reject(new Error("no database")) } });
    const { status, text } = await ask(QUESTION);
    expect([status, JSON.parse(text)]).toEqual([
      503,
      problem(
        "could-not-answer",
        "Holdpoint could not look that up at this moment. Ask again; until then the gate is not open.",
      ),
    ]);
    expect(logged).toEqual(["the gate could not be asked"]);
  });
});

describe("J4: open for a rollback alone", () => {
  const ROLLBACK = `${QUESTION}&intent=rollback`;
  const { judgement } = buildGateFacts();
  if (judgement.state !== "known") throw new Error("a known one was expected");
  const wasLive = known({ ...judgement.value, wasLive: true });
  const expired = buildCase({ deadline: TAKEN_AT, expiredAt: TAKEN_AT });
  const gate = gateWith({ intent: "rollback", judgement: wasLive, cases: [expired] });

  test("is on record, with the token's name and what it goes past, before the tool is told", async () => {
    const recorded: unknown[] = [];
    const { ask } = openGate({
      gate,
      async recordRollback({ token, repository, facts, past }) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        recorded.push([token, repository.name, facts.environment, facts.sha, past.map(({ code }) => code)]);
      },
    });
    const { status, text } = await ask(ROLLBACK, { token: OF_ACME });
    expect([status, JSON.parse(text)]).toMatchObject([200, { decision: "open" }]);
    expect(recorded).toEqual([["acme", "storefront", "production", HEAD, ["expired"]]]);
  });

  test("is not open where it cannot be put on record", async () => {
    const { ask, logged } = openGate({
      gate,
      recordRollback: () => Promise.reject(new Error("no audit")),
    });
    const { status, text } = await ask(ROLLBACK, { headers: { accept: "text/plain" } });
    expect([status, JSON.parse(text)]).toMatchObject([503, { code: "could-not-answer" }]);
    expect(logged).toEqual(["the gate could not be asked"]);
  });

  test.each([
    ["a deploy", gateWith({})],
    ["a rollback that nothing is in the way of", gateWith({ intent: "rollback", judgement: wasLive })],
    ["a rollback that is held", gateWith({ intent: "rollback", cases: [expired] })],
  ])("%s is not on record", async (_, other) => {
    const { ask } = openGate({ gate: other, recordRollback: () => Promise.reject(new Error("recorded")) });
    expect((await ask(ROLLBACK)).status).toBe(200);
  });
});

describe("REL-66: who may ask", () => {
  const rows: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ["no token", "", {}],
    ["a wrong token", "token-for-everythinG", {}],
    ["the beginning of a token", ALL.slice(0, -1), {}],
    ["a token with another scheme", "", { authorization: `Basic ${ALL}` }],
    ["a token with something behind it", "", { authorization: `Bearer ${ALL} x` }],
    ["a token in the query", "", { "x-query": "token" }],
  ];
  test.each(rows)("%s is refused, and nothing is looked up", async (_, token, headers) => {
    const { ask, asked } = openGate();
    const path = headers["x-query"] === undefined ? QUESTION : `${QUESTION}&token=${ALL}`;
    const { status, headers: answered, text } = await ask(path, { token, headers });
    expect([status, JSON.parse(text)]).toEqual([401, UNAUTHORIZED]);
    expect(answered.get("www-authenticate")).toBe("Bearer");
    expect(answered.get("cache-control")).toBe("no-store");
    expect(asked).toEqual([]);
  });

  test.each([
    ["another tenant's repository that is there", OF_GLOBEX, GATE],
    ["another tenant's repository", OF_ACME, "/api/v1/repos/globex/shop/gate"],
    ["another repository of the owner", OF_STOREFRONT, "/api/v1/repos/acme/other/gate"],
    ["a repository that begins like the token's", OF_STOREFRONT, "/api/v1/repos/acme/storefront-2/gate"],
    ["an owner that begins like the token's", OF_ACME, "/api/v1/repos/acme-2/storefront/gate"],
    ["what is not there", ALL, "/api/v1/repos/acme/nothing/gate"],
    ["what cannot be there", ALL, "/api/v1/repos/acme/a%2Fb/gate"],
    ["a name with a control character", ALL, "/api/v1/repos/acme/store%00front/gate"],
  ])("%s looks exactly like a repository that is not there", async (_, token, path) => {
    const { ask } = openGate();
    const absent = await ask(`/api/v1/repos/acme/absent/gate?environment=production&sha=${HEAD}`);
    const { status, headers, text } = await ask(`${path}?environment=production&sha=${HEAD}`, { token });
    expect([status, JSON.parse(text)]).toEqual([404, NOT_FOUND]);
    expect([text, [...headers]]).toEqual([absent.text, [...absent.headers]]);
  });

  test("what a token may not ask about is not even looked up, and that it was asked is in the log", async () => {
    const { ask, asked, logged } = openGate();
    await ask(`/api/v1/repos/globex/shop/gate?environment=production&sha=${HEAD}`, { token: OF_ACME });
    expect(asked).toEqual([]);
    expect(logged).toEqual(["a token asked about what it may not"]);
  });

  test.each([
    ["all", ALL],
    ["its owner", OF_ACME],
    ["itself", OF_STOREFRONT],
  ])("a token for %s may ask", async (_, token) => {
    const { ask } = openGate();
    expect((await ask(QUESTION, { token })).status).toBe(200);
  });

  test("many wrong tokens from one address are slowed down, a good one from there is answered, others are not concerned", async () => {
    const { ask, pass, logged } = openGate();
    for (let count = 0; count < 60; count += 1) {
      expect((await ask(QUESTION, { token: `guess-${count}` })).status).toBe(401);
    }
    const refused = await ask(QUESTION, { token: "guess-61" });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(JSON.parse(refused.text)).toEqual(
      problem(
        "too-often",
        "Too much was asked that had to be looked up, or too much failed. Ask again in 60 s.",
      ),
    );
    expect((await ask(QUESTION, { token: "guess", address: "10.0.0.2" })).status).toBe(401);
    expect((await ask(QUESTION)).status).toBe(200);
    expect(logged.filter((message) => message === REFUSED)).toHaveLength(61);
    expect(logged.filter((message) => message !== REFUSED)).toEqual(["many questions without a good token"]);
    pass(60_000);
    expect((await ask(QUESTION, { token: "guess-62" })).status).toBe(401);
  });

  test("a token that tries names, one after another, is stopped; other tokens are not concerned", async () => {
    const { ask, asked } = openGate();
    for (let count = 0; count < 600; count += 1) {
      await ask(`/api/v1/repos/acme/guess-${count}/gate?environment=production&sha=${HEAD}`, {
        token: OF_ACME,
      });
    }
    expect((await ask(QUESTION, { token: OF_ACME })).status).toBe(429);
    expect(asked).toHaveLength(600);
    expect((await ask(QUESTION, { token: OF_STOREFRONT })).status).toBe(200);
  });

  test("a token that has much looked up, or tries shas, is stopped; answers from fresh facts cost nothing", async () => {
    const { ask } = openGate();
    for (let count = 0; count < 1_000; count += 1) {
      expect((await ask(QUESTION)).status).toBe(200);
    }
    const unknown = openGate({
      gate: gateWith({ judgement: unread("github-unreachable", "down") }),
    });
    for (let count = 0; count < 600; count += 1) {
      expect((await unknown.ask(QUESTION)).status).toBe(200);
    }
    expect((await unknown.ask(QUESTION)).status).toBe(429);
  });
});

describe("a question that is none", () => {
  const SHA = `sha=${HEAD}`;
  test.each([
    ["no environment", SHA, "Say where the commit is to go: environment=production."],
    [
      "a blank environment",
      `environment=%20&${SHA}`,
      "Say where the commit is to go: environment=production.",
    ],
    [
      "an environment with a control character",
      `environment=a%00b&${SHA}`,
      "No environment has such a name: it has at most 255 characters, none of them a control character.",
    ],
    [
      "an endless environment",
      `environment=${"e".repeat(256)}&${SHA}`,
      "No environment has such a name: it has at most 255 characters, none of them a control character.",
    ],
    ["no sha", "environment=production", "Say which commit is to go out: sha= and its whole name."],
    [
      "a short sha",
      `environment=production&sha=${HEAD.slice(0, 7)}`,
      "The sha must be whole: all 40 hex digits (64 in a SHA-256 repository), not a shortened one and not a branch.",
    ],
    [
      "a branch",
      "environment=production&sha=main",
      "The sha must be whole: all 40 hex digits (64 in a SHA-256 repository), not a shortened one and not a branch.",
    ],
    [
      "another intent",
      `environment=production&${SHA}&intent=hotfix`,
      "The intent is deploy, which may be left out, or rollback.",
    ],
    [
      "a parameter that there is not",
      `environment=production&${SHA}&force=1`,
      "There is a parameter that the gate does not know; it knows environment, sha, intent.",
    ],
    [
      "a parameter twice",
      `environment=a&environment=b&${SHA}`,
      "The parameter environment stands there twice.",
    ],
  ])("%s: one clear sentence", async (_, query, message) => {
    const { ask, asked } = openGate();
    const { status, headers, text } = await ask(`${GATE}?${query}`);
    expect([status, JSON.parse(text)]).toEqual([400, problem("bad-question", message)]);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(asked).toEqual([]);
  });

  test.each(["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])(
    "%s is not how the gate is asked",
    async (method) => {
      const { ask, asked } = openGate();
      const { status, headers, text } = await ask(QUESTION, { method });
      expect([status, headers.get("allow")]).toEqual([405, "GET"]);
      const said = problem("method-not-allowed", "The gate is asked with GET.");
      expect(text).toBe(method === "HEAD" ? "" : JSON.stringify(said));
      expect(asked).toEqual([]);
    },
  );
});
