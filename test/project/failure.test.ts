import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import type { Finding } from "../../src/domain/finding.ts";
import * as auditWording from "../../src/domain/wording/audit.ts";
import * as session from "../../src/domain/wording/cockpit/session.ts";
import * as gateApi from "../../src/domain/wording/gate-api.ts";
import { expiryUnverified } from "../../src/domain/wording/gate.ts";
import * as github from "../../src/domain/wording/github.ts";
import { requestRefused } from "../../src/domain/wording/ingress.ts";
import { migrationMissing } from "../../src/domain/wording/database.ts";
import * as policyState from "../../src/domain/wording/policy-state.ts";
import { deliveryQueued } from "../../src/domain/wording/redeliver.ts";
import { changesNotRead, ticketsNotRead } from "../../src/domain/wording/rules.ts";
import { statusText } from "../../src/domain/wording/status.ts";
import { reasonOfUnknown } from "../../src/domain/wording/unread.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { listSources } from "./imports.ts";
import { readSource } from "./source-text.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const failure = readFileSync(`${root}docs/failure.md`, "utf8");
const security = readFileSync(`${root}docs/security.md`, "utf8");
const sources = listSources(`${root}src`)
  .filter((path) => !path.includes("/src/sandbox/"))
  .map((path) => readFileSync(path, "utf8"));

/** A status whose one finding could not be answered. */
function couldNotVerify(message: string): string {
  const finding: Finding = {
    rule: "ticket-found",
    outcome: "unknown",
    warning: false,
    code: "unread",
    message,
    publicMessage: message,
    commits: [],
    tickets: [],
  };
  const decision = { state: "unknown", wouldBe: "unknown", because: "verdict" } as const;
  return statusText({ decision, findings: [finding], private: true, contents: "" });
}

const { problems } = parsePolicy({
  organisation: null,
  repository: "mode: enforce\ndeferred:\n    granularity: fine\n",
});
const SHARED = { account: "acme", anchored: 0, installation: 7, records: 4_900 } as const;

/** Everything that the page quotes, as the program says it. */
const SAID: readonly string[] = [
  couldNotVerify(changesNotRead(reasonOfUnknown("github-rate-limited"))),
  couldNotVerify(changesNotRead(reasonOfUnknown("github-unreachable"))),
  couldNotVerify(ticketsNotRead(["PLAY-1"], reasonOfUnknown("jira-unreachable"))),
  couldNotVerify(ticketsNotRead(["PLAY-1"], reasonOfUnknown("jira-timeout"))),
  couldNotVerify(ticketsNotRead(["PLAY-1"], reasonOfUnknown("jira-unauthorized"))),
  couldNotVerify(
    expiryUnverified({ name: "integration", redSince: new Date("2026-03-02T10:00:00Z"), url: null }),
  ),
  policyState.policyUnusableStatus(problems, { why: "invalid", shows: () => true }),
  policyState.newerPolicyRefused(problems.map(policyState.policyPlace)[0] ?? ""),
  github.githubRateLimited(new Date("2026-03-02T11:00:00Z")),
  github.githubInstallationSuspended(),
  deliveryQueued("72d3162e-cc78-11e3-81ab-4c9367dc0958").trim(),
  requestRefused("not-stored"),
  requestRefused("signature-wrong"),
  gateApi.couldNotAnswer(),
  session.pageUnavailableWhy("0123456789ab"),
  session.rightsUnreadWhy(),
  migrationMissing(["0007-told-again"]),
  auditWording.auditRow({ ...SHARED, broken: { sequence: 4_821, because: "cut-off" } }),
  auditWording.auditRow({ ...SHARED, broken: { sequence: 12, because: "altered" } }),
];

describe("what to do when something breaks", () => {
  test("quotes what the program says, word for word, and says nothing else in quotation", () => {
    const quoted = [...failure.matchAll(/^\s*> (.+)$/gm)].map(([, text = ""]) => text);
    expect(quoted.toSorted()).toEqual([...SAID].toSorted());
  });

  test("names commands that there are, with options that they have", async () => {
    const named = [...failure.matchAll(/`holdpoint ([^`]+)`/g)].map(([, text = ""]) => text);
    expect(named.length).toBeGreaterThan(8);
    for (const text of named) {
      const command = COMMANDS.find(({ name }) => text === name || text.startsWith(`${name} `));
      expect([text, command?.name]).toEqual([text, expect.stringMatching(/^\w/)]);
      const help = (await command?.load())?.help ?? "";
      const options = text.match(/--[a-z-]+/g) ?? [];
      expect([text, options.filter((option) => !help.includes(option))]).toEqual([text, []]);
    }
  });

  test("names metrics, addresses and codes that there are", () => {
    const probes = readFileSync(`${root}src/ingress/probes.ts`, "utf8");
    const metrics = [...failure.matchAll(/holdpoint_[a-z_]+/g)].map(([name]) => name);
    expect(new Set(metrics).size).toBeGreaterThanOrEqual(3);
    expect(metrics.filter((name) => !probes.includes(`"${name}"`))).toEqual([]);
    for (const path of ["/readyz", "/metrics"]) {
      expect(failure).toContain(path);
      expect(probes).toContain(`"${path}"`);
    }
    const codes = [...failure.matchAll(/`(database-[a-z-]+)`/g)].map(([, code = ""]) => code);
    const written = sources.join("\n");
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !written.includes(`"${code}"`))).toEqual([]);
  });

  test("names tests that are there, at least one for each chapter", () => {
    const chapters = failure.split("\n## ").slice(1);
    expect(chapters.length).toBeGreaterThan(14);
    for (const chapter of chapters) {
      const named = [...chapter.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
      expect([chapter.split("\n")[0], named.length > 0]).toEqual([chapter.split("\n")[0], true]);
      const missing = named.filter(
        ([, file = "", name = ""]) =>
          !existsSync(`${root}${file}`) || !readFileSync(`${root}${file}`, "utf8").includes(name),
      );
      expect(missing.map(([whole]) => whole)).toEqual([]);
    }
  });
});

describe("what is said of the log", () => {
  const messages = new Set(
    sources.flatMap((text) => readSource(text).literals.map((literal) => literal.text)),
  );

  test("are messages that there are", () => {
    const rows = security.split("\n## The log\n")[1]?.split("\n## ")[0] ?? "";
    const told = [...rows.matchAll(/^\| .* \| (.+) \|$/gm)]
      .flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)])
      .map(([, message = ""]) => message);
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((message) => !messages.has(message))).toEqual([]);
  });

  test("are messages that there are, where somebody is to look for them", () => {
    const told = [...failure.matchAll(/`((?:a|an|the) [^`]{20,})`/g)].map(([, message = ""]) => message);
    expect(told.length).toBeGreaterThan(3);
    expect(told.filter((message) => !messages.has(message))).toEqual([]);
  });
});
