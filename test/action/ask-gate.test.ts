import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { parsePlainYaml } from "../../src/policy/parse-plain-yaml.ts";
import { OF_STOREFRONT } from "../api/open-gate.ts";
import { serveGate, type ServedGate, type Stand } from "../api/serve-gate.ts";
import { HEAD } from "../domain/build-snapshot.ts";
import { ROOT, run, SCRIPT } from "./run-script.ts";

let server: ServedGate;
let folder: string;
beforeAll(async () => {
  server = await serveGate();
  folder = await mkdtemp(join(tmpdir(), "holdpoint-action-"));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const QUESTION = ["acme/storefront", "production", HEAD] as const;

function settings(): Record<string, string> {
  return { HOLDPOINT_URL: server.url, HOLDPOINT_TOKEN: OF_STOREFRONT, TMPDIR: folder };
}

function ask(...given: readonly string[]) {
  return run("sh", [SCRIPT, ...given], settings());
}

function plain(decision: string, about: string): Stand {
  return { status: 200, body: `holdpoint.gate/1 ${decision} ${about}\n- reason: why\n` };
}

describe("ask-gate.sh", () => {
  test("open: 0, asked with the token in a header", async () => {
    server.say("open");
    expect(await ask(...QUESTION)).toEqual({
      code: 0,
      out: `open: acme/storefront at ${HEAD} to production\n`,
      err: "",
    });
    expect(server.requests).toEqual([
      {
        url: `/api/v1/repos/acme/storefront/gate?environment=production&sha=${HEAD}&intent=deploy`,
        authorization: `Bearer ${OF_STOREFRONT}`,
      },
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("held: 1, with why and who can do what", async () => {
    server.say("held");
    const { code, out, err } = await ask(...QUESTION);
    expect([code, err]).toEqual([1, ""]);
    const [first, why, who] = out.split("\n");
    expect(first).toBe(`held: acme/storefront at ${HEAD} to production`);
    expect(why).toMatch(/^- halt: halted by octocat since 2026-03-02 10:00 UTC \(#4\): the till is down/);
    expect(who).toMatch(/^ {2}octocat or admins can end it/);
  });

  test("unknown: 2", async () => {
    server.say("unknown");
    const { code, out } = await ask(...QUESTION);
    expect([code, out.split("\n")[0]]).toEqual([2, `unknown: acme/storefront at ${HEAD} to production`]);
  });

  test("names in any case, an environment with spaces, a sha in capitals, a rollback", async () => {
    server.say("open");
    const asked = ["Acme/Storefront", "Production EU & more", HEAD.toUpperCase(), "rollback"];
    expect((await ask(...asked)).code).toBe(0);
    const { pathname, searchParams } = new URL(server.requests[0]?.url ?? "", server.url);
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      "/api/v1/repos/Acme/Storefront/gate",
      { environment: "Production EU & more", sha: HEAD, intent: "rollback" },
    ]);
  });

  test.each<readonly [string, Stand]>([
    ["a log-in page", { status: 200, body: "<!DOCTYPE html><title>open</title>" }],
    ["an empty answer", { status: 200, body: "" }],
    ["JSON", { status: 200, body: '{"decision":"open"}' }],
    ["an answer about another commit", plain("open", `acme/storefront production ${"0".repeat(40)}`)],
    ["an answer about another environment", plain("open", `acme/storefront staging ${HEAD}`)],
    ["an answer about another repository", plain("open", `globex/storefront production ${HEAD}`)],
    ["a decision that there is not", plain("opened", `acme/storefront production ${HEAD}`)],
    [
      "an open gate further down",
      { status: 200, body: `\nholdpoint.gate/1 open acme/storefront production ${HEAD}\n` },
    ],
    [
      "an open gate with status 203",
      { ...asObject(plain("open", `acme/storefront production ${HEAD}`)), status: 203 },
    ],
    ["a redirect to an open gate", { status: 302, headers: { location: "/api" }, body: "" }],
    ["a proxy's error page", { status: 502, body: "<h1>Bad Gateway</h1>" }],
    ["two megabytes", { status: 200, body: "x".repeat(2_000_000) }],
  ])("%s is never open: 2, with a sentence", async (_, stand) => {
    server.say(stand);
    const { code, out, err } = await ask(...QUESTION);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^holdpoint: the gate could not be asked: [^\n]+\n$/);
    expect(server.requests).toHaveLength(1);
  });

  test("nobody there, a wrong token, another repository: 2, with what to do", async () => {
    const closed = await serveGate();
    await closed.stop();
    const nobody = await run("sh", [SCRIPT, ...QUESTION], { ...settings(), HOLDPOINT_URL: closed.url });
    expect([nobody.code, nobody.out]).toEqual([2, ""]);
    expect(nobody.err).toMatch(
      /^holdpoint: the gate could not be asked: Holdpoint could not be reached: curl: \(7\)/,
    );
    server.say("open");
    const wrong = await run("sh", [SCRIPT, ...QUESTION], { ...settings(), HOLDPOINT_TOKEN: "another" });
    expect(wrong).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: the gate could not be asked: Holdpoint does not know the token: compare HOLDPOINT_TOKEN with its HOLDPOINT_API_TOKENS.\n",
    });
    expect(await ask("acme/other", ...QUESTION.slice(1))).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: the gate could not be asked: Holdpoint knows no such repository, or the token may not ask about it.\n",
    });
  });

  test("a reason that would steer a build tool or a terminal is not obeyed", async () => {
    server.say({
      status: 200,
      body: `holdpoint.gate/1 held acme/storefront production ${HEAD}\n- a: \u001b[2Jb\n::error::c\n  d\n`,
    });
    const { out } = await ask(...QUESTION);
    expect(out).toBe(`held: acme/storefront at ${HEAD} to production\n- a: [2Jb\n  d\n`);
  });

  test("waits until it is open, and no longer than it is told", async () => {
    server.say("held", "open");
    const { code, err } = await ask(...QUESTION, "deploy", "1s");
    expect([code, err]).toEqual([0, "holdpoint: held; asking again in 1 s.\n"]);
    server.say("held");
    expect((await ask(...QUESTION, "deploy", "1s")).code).toBe(1);
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });

  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
    ["no repository", ["", ...QUESTION.slice(1)], {}],
    ["a path", ["acme/../storefront", ...QUESTION.slice(1)], {}],
    ["no environment", ["acme/storefront", "", HEAD], {}],
    ["a short sha", ["acme/storefront", "production", "abc1234"], {}],
    ["a sha with more", ["acme/storefront", "production", `${HEAD}&sha=1`], {}],
    ["another intent", [...QUESTION, "unclear"], {}],
    ["a wait that is none", [...QUESTION, "deploy", "soon"], {}],
    ["no token", QUESTION, { HOLDPOINT_TOKEN: "" }],
    ["a token with a line break", QUESTION, { HOLDPOINT_TOKEN: "a\nX-Other: b" }],
    ["no address", QUESTION, { HOLDPOINT_URL: "" }],
    ["REL-71: http that is not loopback", QUESTION, { HOLDPOINT_URL: "http://holdpoint.example.com" }],
    [
      "REL-71: a host that begins like loopback",
      QUESTION,
      { HOLDPOINT_URL: "http://localhost.evil.example" },
    ],
    ["REL-71: another host behind loopback", QUESTION, { HOLDPOINT_URL: "http://localhost:80@evil.example" }],
    ["REL-71: a file", QUESTION, { HOLDPOINT_URL: "file:///etc/passwd" }],
  ])("%s: 2, and nobody is asked", async (_, given, environment) => {
    server.say("open");
    const { code, out, err } = await run("sh", [SCRIPT, ...given], { ...settings(), ...environment });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^holdpoint: [^\n]+\.\n$/);
    expect(server.requests).toEqual([]);
  });

  test("a curl that is set up to follow redirects or to talk to a proxy by its own file does not", async () => {
    await writeFile(join(folder, ".curlrc"), "location\nproxy = http://127.0.0.1:1\n");
    server.say("open");
    const { code } = await run("sh", [SCRIPT, ...QUESTION], { ...settings(), HOME: folder });
    await rm(join(folder, ".curlrc"));
    expect(code).toBe(0);
  });
});

function asObject(stand: Stand): Exclude<Stand, string> {
  if (typeof stand === "string") throw new TypeError(stand);
  return stand;
}

describe("action.yml", () => {
  const action = z.object({
    inputs: z.record(
      z.string(),
      z.object({ required: z.boolean().optional(), default: z.string().optional() }),
    ),
    outputs: z.object({ decision: z.object({ value: z.string() }) }),
    runs: z.object({
      using: z.literal("composite"),
      steps: z.tuple([
        z.object({
          id: z.string(),
          shell: z.literal("bash"),
          env: z.record(z.string(), z.string()),
          run: z.string(),
        }),
      ]),
    }),
  });
  const given: Readonly<Record<string, string>> = {
    token: OF_STOREFRONT,
    environment: "production",
    repository: "acme/storefront",
    sha: HEAD,
    rollback: "false",
    wait: "0s",
  };

  async function readAction(): Promise<z.infer<typeof action>> {
    return action.parse(parsePlainYaml(await readFile(`${ROOT}action.yml`, "utf8")));
  }

  /** As a runner would: the expressions in `env` filled in, the script run by bash. */
  async function runAction(inputs: Readonly<Record<string, string>> = {}) {
    const [step] = (await readAction()).runs.steps;
    const all: Readonly<Record<string, string>> = { ...given, url: server.url, ...inputs };
    const environment = Object.fromEntries(
      Object.entries(step.env).map(([name, value]) => [
        name,
        value.replace(/^\$\{\{ inputs\.(\w+) \}\}$/, (_, input: string) => all[input] ?? ""),
      ]),
    );
    const output = join(folder, "output");
    await writeFile(output, "");
    const ran = await run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      ...environment,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: output,
      TMPDIR: folder,
    });
    return { ...ran, output: await readFile(output, "utf8") };
  }

  test("every input reaches the script by its environment, none by its text", async () => {
    const { inputs, runs, outputs } = await readAction();
    const [step] = runs.steps;
    expect(step.run).not.toContain("${{");
    expect(Object.values(step.env).toSorted()).toEqual(
      Object.keys(inputs)
        .map((name) => `\${{ inputs.${name} }}`)
        .toSorted(),
    );
    expect(outputs.decision.value).toBe(`\${{ steps.${step.id}.outputs.decision }}`);
  });

  test("open goes on, held and unknown fail the job, and all say so", async () => {
    server.say("open");
    expect(await runAction()).toMatchObject({ code: 0, output: "decision=open\n" });
    server.say("held");
    expect(await runAction()).toMatchObject({ code: 1, output: "decision=held\n" });
    server.say("unknown");
    expect(await runAction()).toMatchObject({ code: 2, output: "decision=unknown\n" });
    server.say({ status: 200, body: "<html>" });
    expect(await runAction()).toMatchObject({ code: 2, output: "decision=unknown\n" });
  });

  test("a rollback is asked for as one; anything but true and false is refused", async () => {
    server.say("open");
    expect(await runAction({ rollback: "true" })).toMatchObject({ code: 0 });
    expect(server.requests[0]?.url).toContain("&intent=rollback");
    expect(await runAction({ rollback: "yes" })).toMatchObject({ code: 2, output: "" });
  });

  test("an input that holds a command is no command", async () => {
    server.say("open");
    const marker = join(folder, "marker");
    const { code } = await runAction({ environment: `"; touch ${marker}; echo "$(touch ${marker})` });
    expect(code).toBe(0);
    expect(await readdir(folder)).not.toContain("marker");
  });
});
