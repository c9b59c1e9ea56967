import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGate, gate } from "../../src/cli/gate.ts";
import { OF_STOREFRONT } from "../api/open-gate.ts";
import { serveGate, type ServedGate, type Stand } from "../api/serve-gate.ts";
import { HEAD } from "../domain/build-snapshot.ts";
import { runCommand } from "./run-command.ts";

let server: ServedGate;
beforeAll(async () => {
  server = await serveGate();
});
afterAll(() => server.stop());

const QUESTION = ["acme/storefront", "--environment", "production", "--sha", HEAD] as const;

function settings(): Record<string, string> {
  return { HOLDPOINT_URL: server.url, HOLDPOINT_TOKEN: OF_STOREFRONT };
}

function ask(...more: readonly string[]) {
  return runCommand(gate, [...QUESTION, ...more], settings());
}

/** Time passes by sleeping alone. */
function patientGate() {
  let now = 0;
  const naps: number[] = [];
  const command = createGate({
    now: () => now,
    sleep: (milliseconds) => {
      naps.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  });
  return { command, naps };
}

const PAGE = { status: 200, body: "<!DOCTYPE html><title>Please log in</title>" } as const;

describe("holdpoint gate", () => {
  test("open: 0, and it was asked as it says", async () => {
    server.say("open");
    expect(await ask()).toEqual({
      code: 0,
      out: `open: acme/storefront at ${HEAD.slice(0, 7)} to production\n`,
      err: "",
    });
    expect(server.requests).toEqual([
      {
        url: `/api/v1/repos/acme/storefront/gate?environment=production&sha=${HEAD}`,
        authorization: `Bearer ${OF_STOREFRONT}`,
      },
    ]);
  });

  test("held: 1, with why, since when, and who can do what", async () => {
    server.say("held");
    const { code, out, err } = await ask();
    expect([code, err]).toEqual([1, ""]);
    const [first, why, who, where] = out.split("\n");
    expect(first).toBe(`held: acme/storefront at ${HEAD.slice(0, 7)} to production`);
    expect(why).toBe("- halt: halted by octocat since 2026-03-02 10:00 UTC (#4): the till is down");
    expect(who).toMatch(/^ {2}octocat or admins can end it/);
    expect(where).toBe("  https://github.com/acme/storefront/issues/4");
  });

  test("unknown: 2", async () => {
    server.say("unknown");
    const { code, out } = await ask();
    expect([code, out.split("\n")[0]]).toEqual([
      2,
      `unknown: acme/storefront at ${HEAD.slice(0, 7)} to production`,
    ]);
  });

  test("--rollback says so, --json gives the answer as it came", async () => {
    server.say("open");
    const { code, out } = await ask("--rollback", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schema: "holdpoint.gate/1", decision: "open", sha: HEAD });
    expect(server.requests[0]?.url).toContain("&intent=rollback");
  });

  test.each<readonly [string, Stand, string]>([
    [
      "a log-in page",
      PAGE,
      "the answer (status 200) is not Holdpoint's: a log-in page or a proxy may stand at that address.",
    ],
    [
      "an empty answer",
      { status: 200, body: "" },
      "the answer (status 200) is not Holdpoint's: a log-in page or a proxy may stand at that address.",
    ],
    [
      "a redirect",
      { status: 302, headers: { location: "https://evil.example/" }, body: "" },
      "the address answered with a redirect (302), which is not followed: a token goes nowhere else. Set HOLDPOINT_URL to where Holdpoint really is.",
    ],
    [
      "another schema",
      { status: 200, body: '{"schema":"holdpoint.gate/2","decision":"open"}' },
      "the answer is not of the schema holdpoint.gate/1, or not about what was asked: this and that Holdpoint are of different versions, or something stands between.",
    ],
    [
      "an answer about another commit",
      {
        status: 200,
        body: JSON.stringify({
          schema: "holdpoint.gate/1",
          repository: "acme/storefront",
          environment: "production",
          sha: "0".repeat(40),
          decision: "open",
          would_be: "open",
          reasons: [],
        }),
      },
      "the answer is not of the schema holdpoint.gate/1, or not about what was asked: this and that Holdpoint are of different versions, or something stands between.",
    ],
    [
      "a proxy's error page",
      { status: 502, body: "<h1>Bad Gateway</h1>" },
      "the answer (status 502) is not Holdpoint's: a log-in page or a proxy may stand at that address.",
    ],
    [
      "two megabytes",
      { status: 200, body: "x".repeat(2_000_000) },
      "the answer was too large and was not read.",
    ],
  ])("%s is never open: 2, with a sentence", async (_, stand, problem) => {
    server.say(stand);
    expect(await ask()).toEqual({
      code: 2,
      out: "",
      err: `holdpoint: the gate could not be asked: ${problem}\n`,
    });
  });

  test("nobody there, a wrong token and a repository that is not there: 2, with what to do", async () => {
    server.say("open");
    const closed = await serveGate();
    await closed.stop();
    const nobody = { ...settings(), HOLDPOINT_URL: closed.url };
    expect(await runCommand(gate, QUESTION, nobody)).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: the gate could not be asked: Holdpoint could not be reached (ECONNREFUSED): check HOLDPOINT_URL and the network.\n",
    });
    expect(await runCommand(gate, QUESTION, { ...settings(), HOLDPOINT_TOKEN: "another" })).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: the gate could not be asked: Holdpoint does not know the token: compare HOLDPOINT_TOKEN with its HOLDPOINT_API_TOKENS.\n",
    });
    expect(await runCommand(gate, ["acme/other", ...QUESTION.slice(1)], settings())).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: the gate could not be asked: Holdpoint knows no such repository, or the token may not ask about it.\n",
    });
  });

  test("text of a server that would steer a terminal is shown, not obeyed", async () => {
    const reason = {
      kind: "halt",
      code: "h",
      message: "\u001b[2J\nopen",
      since: null,
      until: null,
      who: "",
      url: null,
    };
    server.say({
      status: 200,
      body: JSON.stringify({
        schema: "holdpoint.gate/1",
        repository: "acme/storefront",
        environment: "production",
        sha: HEAD,
        decision: "held",
        would_be: "held",
        reasons: [reason],
      }),
    });
    const { out } = await ask();
    expect(out).toBe(`held: acme/storefront at ${HEAD.slice(0, 7)} to production\n- h: �[2J open\n`);
  });
});

describe("holdpoint gate --wait", () => {
  test("asks again, less and less often, until it is open", async () => {
    const { command, naps } = patientGate();
    server.say("held", "unknown", { status: 503, body: "" }, "open");
    const { code, err } = await runCommand(command, [...QUESTION, "--wait", "10m"], settings());
    expect(code).toBe(0);
    expect(naps).toEqual([5_000, 7_500, 11_250]);
    expect(err).toBe(
      [
        "holdpoint: held; asking again in 5 s.",
        "holdpoint: unknown; asking again in 8 s.",
        "holdpoint: the answer (status 503) is not Holdpoint's: a log-in page or a proxy may stand at that address; asking again in 12 s.",
        "",
      ].join("\n"),
    );
  });

  test("ends with the last answer when the time is over, never a moment later", async () => {
    const { command, naps } = patientGate();
    server.say("held");
    expect((await runCommand(command, [...QUESTION, "--wait", "2m"], settings())).code).toBe(1);
    expect(naps.reduce((sum, nap) => sum + nap, 0)).toBe(120_000);
    expect(Math.max(...naps)).toBeLessThanOrEqual(30_000);
  });

  test("what will not change is not asked for again", async () => {
    const { command, naps } = patientGate();
    server.say(PAGE);
    expect((await runCommand(command, [...QUESTION, "--wait", "2m"], settings())).code).toBe(2);
    expect(naps).toEqual([]);
  });
});

describe("holdpoint gate is told what is wrong with the question", () => {
  test.each<readonly [string, readonly string[], string]>([
    ["no repository", [], "holdpoint: name one repository: OWNER/REPO. See --help.\n"],
    ["two", ["a/b", "c/d"], "holdpoint: name one repository: OWNER/REPO. See --help.\n"],
    ["a path", ["a/b/../c"], "holdpoint: name one repository: OWNER/REPO. See --help.\n"],
    ["no environment", ["a/b"], "holdpoint: say where it is to go: --environment production. See --help.\n"],
    [
      "a short sha",
      ["a/b", "--environment", "e", "--sha", "abc1234"],
      "holdpoint: --sha must be the whole name of the commit: 40 hex digits, 64 in a SHA-256 repository. See --help.\n",
    ],
    [
      "a wait that is none",
      [...QUESTION, "--wait", "soon"],
      "holdpoint: --wait takes a duration of at most a day, a whole number and a unit, such as 90s or 10m.\n",
    ],
    ["another option", [...QUESTION, "--force"], "holdpoint: Unknown option '--force'. See --help.\n"],
    [
      "an option without its value",
      ["a/b", "--environment", "e", "--sha"],
      "holdpoint: Option '--sha <value>' argument missing. See --help.\n",
    ],
  ])("%s", async (_, given, err) => {
    const { code, out, err: told } = await runCommand(gate, given, settings());
    expect({ code, out, told }).toEqual({ code: 2, out: "", told: err });
  });

  test.each<readonly [string, Record<string, string>, string]>([
    [
      "nothing set",
      {},
      [
        "2 settings need your attention:",
        "  HOLDPOINT_URL is missing: the address of the Holdpoint to ask, such as https://holdpoint.example.com.",
        "  HOLDPOINT_TOKEN is missing: a token that HOLDPOINT_API_TOKENS of that Holdpoint names.",
        "",
      ].join("\n"),
    ],
    [
      "REL-71: http that is not loopback",
      { HOLDPOINT_URL: "http://holdpoint.example.com", HOLDPOINT_TOKEN: "secret-canary" },
      "A setting needs your attention:\n  HOLDPOINT_URL must start with https:// (http:// is taken for loopback addresses only).\n",
    ],
    [
      "a token with a space",
      { HOLDPOINT_URL: "https://holdpoint.example.com", HOLDPOINT_TOKEN: "secret canary" },
      "A setting needs your attention:\n  HOLDPOINT_TOKEN is no token: it holds a space or a character that no token has.\n",
    ],
  ])("%s: by the variable's name, never its value", async (_, environment, err) => {
    expect(await runCommand(gate, QUESTION, environment)).toEqual({ code: 2, out: "", err });
  });
});
