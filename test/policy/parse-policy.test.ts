import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Policy } from "../../src/domain/policy.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

const HOUR = 3_600_000;

function parse(repository: string | null, organisation: string | null = null): Policy {
  const { policy, problems, organisationProblems } = parsePolicy({ organisation, repository });
  if (policy === null) throw new Error(JSON.stringify([...problems, ...organisationProblems]));
  return policy;
}

/** Matchers by their patterns, so that whole policies can be compared. */
function withoutMatchers(policy: Policy): unknown {
  return JSON.parse(
    JSON.stringify(policy, (_key, value: unknown) => {
      if (value instanceof Map) return Object.fromEntries<unknown>(value);
      return value;
    }),
  );
}

describe("a policy file", () => {
  test("with every key becomes that policy", () => {
    const text = readFileSync(new URL("../../docs/examples/full.yml", import.meta.url), "utf8");
    expect(withoutMatchers(parse(text))).toEqual({
      mode: "enforce",
      onUnknown: "hold",
      trunk: "main",
      deploy: {
        branch: "deploy",
        allowDiverged: false,
        environments: [
          { name: "production", base: { kind: "branch", branch: "production" } },
          { name: "staging", base: { kind: "deployment", environment: "staging" } },
        ],
      },
      tickets: {
        projects: ["PLAY", "OPS"],
        require: "commit",
        statuses: [
          { kind: "name", name: "Ready to deploy" },
          { kind: "name", name: "Done" },
        ],
        fields: [
          { name: "Risk assessment", types: [] },
          { name: "Post-deploy checks", types: ["Story", "Bug"] },
        ],
        complete: "warn",
        exempt: { authors: ["dependabot[bot]"], subjects: ["MINOR", "[NO-JIRA]"] },
        forks: false,
      },
      requiredChecks: [
        { kind: "workflow", workflow: "ci.yml", job: { pattern: "unit *" } },
        { kind: "status", status: { pattern: "ci/build" } },
      ],
      deferred: {
        grace: 72 * HOUR,
        remind: [24 * HOUR, 4 * HOUR],
        hour: HOUR,
        label: "deferred-compliance",
        haltLabel: "deploy-halt",
        checks: [
          {
            name: "Enterprise Server integration",
            match: { kind: "workflow", workflow: "enterprise.yml", job: { pattern: "integration *" } },
            grace: 48 * HOUR,
            environments: ["production"],
            events: ["push", "schedule", "merge_group"],
            confirm: 1,
            verifyGrace: 0,
            owners: ["@acme/server"],
          },
        ],
      },
      override: {
        label: "halt-override",
        allow: { kind: "permission", permission: "admin" },
        expires: 24 * HOUR,
        max: 72 * HOUR,
        reason: "optional",
        fourEyes: false,
      },
      gate: { maxWait: HOUR / 2 },
      notify: { slack: { channel: "#deploys", people: { octocat: "U012AB3CD" } } },
    });
  });

  test.each(["", "# nothing yet\n", "---\n", "---\n...\n", "{}", "\uFEFF", "~"])(
    "that says nothing (%j) is the policy of all defaults",
    (text) => {
      expect(withoutMatchers(parse(text))).toEqual({
        mode: "enforce",
        onUnknown: "hold",
        trunk: null,
        deploy: { branch: null, allowDiverged: false, environments: [] },
        tickets: {
          projects: [],
          require: "commit",
          statuses: [],
          fields: [],
          complete: "warn",
          exempt: { authors: [], subjects: [] },
          forks: false,
        },
        requiredChecks: [],
        deferred: {
          grace: 72 * HOUR,
          remind: [24 * HOUR, 4 * HOUR],
          hour: HOUR,
          label: "deferred-compliance",
          haltLabel: "deploy-halt",
          checks: [],
        },
        override: {
          label: "halt-override",
          allow: { kind: "permission", permission: "admin" },
          expires: 24 * HOUR,
          max: 72 * HOUR,
          reason: "optional",
          fourEyes: false,
        },
        gate: { maxWait: HOUR / 2 },
        notify: { slack: null },
      });
    },
  );

  test("that is not there is no policy and no problem", () => {
    expect(parsePolicy({ organisation: null, repository: null })).toEqual({
      policy: null,
      problems: [],
      organisationProblems: [],
      notes: [],
    });
  });

  test("is read the same with block and flow style, quotes, a start mark and Windows' line ends", () => {
    const flow = parse("deploy: { environments: { live: { base: { branch: production } } } }");
    const block =
      "---\r\n'deploy':\r\n  environments:\r\n    live:\r\n      base:\r\n        branch: \"production\"\r\n";
    expect(withoutMatchers(parse(block))).toEqual(withoutMatchers(flow));
  });

  test("takes one category in place of a list of statuses", () => {
    expect(parse("tickets: { statuses: { category: done } }").tickets.statuses).toEqual([
      { kind: "category", category: "done" },
    ]);
  });

  test("may name environments, people and statuses like parts of JavaScript", () => {
    const text =
      "deploy: { environments: { constructor: { base: { branch: a } }, toString: { base: { branch: b } } } }";
    expect(parse(text).deploy.environments.map(({ name }) => name)).toEqual(["constructor", "toString"]);
  });

  test("keeps the order of environments, also where a name is a number", () => {
    const text =
      "deploy: { environments: { live: { base: { branch: a } }, 42: { base: { branch: b } }, 7: { base: { branch: c } } } }";
    expect(parse(text).deploy.environments.map(({ name }) => name)).toEqual(["live", "42", "7"]);
  });

  test("gives each deferred check the common grace unless it has its own", () => {
    const text =
      "deferred: { grace: 2d, checks: [{ name: a, match: { status: a } }, { name: b, match: { status: b }, grace: 90s }] }";
    expect(parse(text).deferred.checks.map(({ grace }) => grace)).toEqual([48 * HOUR, 90_000]);
  });

  test.each([
    ["72h", [24 * HOUR, 4 * HOUR]],
    ["24h", [4 * HOUR]],
    ["4h", []],
  ])("of the default reminders keeps those that fit into a grace of %s", (grace, remind) => {
    expect(parse(`deferred: { grace: ${grace} }`).deferred.remind).toEqual(remind);
  });

  test("knows people by their login in lower case", () => {
    const { slack } = parse('notify: { slack: { channel: "#d", people: { OctoCat: U012AB3CD } } }').notify;
    expect(slack?.people.get("octocat")).toBe("U012AB3CD");
  });
});

describe("the organisation's defaults", () => {
  const environments = (policy: Policy) => policy.deploy.environments;
  const rows: readonly {
    readonly name: string;
    readonly organisation: string;
    readonly repository: string | null;
    readonly pick: (policy: Policy) => unknown;
    readonly expected: unknown;
  }[] = [
    {
      name: "stand alone where the repository has no file",
      organisation: "mode: observe\ntrunk: main",
      repository: null,
      pick: ({ mode, trunk }) => [mode, trunk],
      expected: ["observe", "main"],
    },
    {
      name: "stand where the repository's file says nothing",
      organisation: "mode: observe",
      repository: "# adopted\n",
      pick: ({ mode }) => mode,
      expected: "observe",
    },
    {
      name: "give way to a value of the repository",
      organisation: "mode: observe\non_unknown: allow",
      repository: "mode: enforce",
      pick: ({ mode, onUnknown }) => [mode, onUnknown],
      expected: ["enforce", "allow"],
    },
    {
      name: "give way to a value that repeats Holdpoint's own default",
      organisation: "gate: { max_wait: 2h }\ntickets: { forks: true }",
      repository: "gate: { max_wait: 30m }\ntickets: { forks: false }",
      pick: ({ gate, tickets }) => [gate.maxWait, tickets.forks],
      expected: [HOUR / 2, false],
    },
    {
      name: "are merged key by key in maps, at every depth",
      organisation: "tickets: { complete: hold, exempt: { authors: [octocat] } }",
      repository: "tickets: { exempt: { subjects: [MINOR] } }",
      pick: ({ tickets }) => [tickets.complete, tickets.exempt],
      expected: ["hold", { authors: ["octocat"], subjects: ["MINOR"] }],
    },
    {
      name: "are replaced whole in lists",
      organisation: "tickets: { projects: [PLAY, OPS] }\nrequired_checks: [{ status: a }]",
      repository: "tickets: { projects: [WEB] }\nrequired_checks: []",
      pick: ({ tickets, requiredChecks }) => [tickets.projects, requiredChecks],
      expected: [["WEB"], []],
    },
    {
      name: "add environments after the repository's own",
      organisation:
        "deploy: { environments: { production: { base: { branch: live } }, staging: { base: { branch: staging } } } }",
      repository: "deploy: { environments: { preview: { base: { branch: preview } } } }",
      pick: (policy) => environments(policy).map(({ name }) => name),
      expected: ["preview", "production", "staging"],
    },
    {
      name: "let the repository choose the main environment by naming it first",
      organisation:
        "deploy: { environments: { production: { base: { branch: live } }, staging: { base: { branch: staging } } } }",
      repository: "deploy: { environments: { staging: {} } }",
      pick: environments,
      expected: [
        { name: "staging", base: { kind: "branch", branch: "staging" } },
        { name: "production", base: { kind: "branch", branch: "live" } },
      ],
    },
    {
      name: "give way as a whole where one of two keys counts: a base",
      organisation: "deploy: { environments: { production: { base: { deployment: production } } } }",
      repository: "deploy: { environments: { production: { base: { branch: live } } } }",
      pick: environments,
      expected: [{ name: "production", base: { kind: "branch", branch: "live" } }],
    },
    {
      name: "give way as a whole where one of two keys counts: a base of an environment with a strange name",
      organisation: `deploy: { environments: { 'a "b". c': { base: { deployment: production } } } }`,
      repository: `deploy: { environments: { 'a "b". c': { base: { branch: live } } } }`,
      pick: environments,
      expected: [{ name: 'a "b". c', base: { kind: "branch", branch: "live" } }],
    },
    {
      name: "give way as a whole where one of two keys counts: who may lift",
      organisation: "override: { allow: { teams: [acme/release] } }",
      repository: "override: { allow: { permission: write } }",
      pick: ({ override }) => override.allow,
      expected: { kind: "permission", permission: "write" },
    },
    {
      name: "may hold a half that only the repository completes: people and channel",
      organisation: "notify: { slack: { people: { octocat: U012AB3CD } } }",
      repository: 'notify: { slack: { channel: "#web" } }',
      pick: ({ notify }) => notify.slack,
      expected: { channel: "#web", people: new Map([["octocat", "U012AB3CD"]]) },
    },
    {
      name: "may know people without choosing a channel: no Slack where the repository names none",
      organisation: "notify: { slack: { people: { octocat: U012AB3CD } } }",
      repository: "trunk: main",
      pick: ({ notify }) => notify.slack,
      expected: null,
    },
    {
      name: "may hold a deferred check whose environment only the repository has",
      organisation: "deferred: { checks: [{ name: a, match: { status: a }, environments: [production] }] }",
      repository: "deploy: { environments: { production: { base: { branch: live } } } }",
      pick: ({ deferred }) => deferred.checks[0]?.environments,
      expected: ["production"],
    },
  ];
  test.each(rows)("$name", ({ organisation, repository, pick, expected }) => {
    expect(pick(parse(repository, organisation))).toEqual(expected);
  });

  test("are replaced by themselves: merging a file over itself changes nothing", () => {
    const text = readFileSync(new URL("../../docs/examples/full.yml", import.meta.url), "utf8");
    expect(withoutMatchers(parse(text, text))).toEqual(withoutMatchers(parse(text)));
  });

  test("with a problem are no policy, and the problem is theirs", () => {
    expect(parsePolicy({ organisation: "mode: dry-run", repository: "trunk: main" })).toEqual({
      policy: null,
      problems: [],
      organisationProblems: [
        {
          line: 1,
          column: 7,
          path: "mode",
          message: "“dry-run” is not a mode; write enforce or observe.",
        },
      ],
      notes: [],
    });
  });

  test("with a problem stay wrong where the repository overrides just that", () => {
    const parsed = parsePolicy({ organisation: "mode: dry-run", repository: "mode: observe" });
    expect([parsed.policy, parsed.organisationProblems.length]).toEqual([null, 1]);
  });

  test.each([
    {
      name: "in the repository's file where it caused it",
      organisation: "override: { max: 24h }",
      repository: "override: { expires: 48h }",
      own: ["1:22 override.expires"],
      theirs: [],
    },
    {
      name: "in the repository's file where that changed the other half",
      organisation: "override: { expires: 48h }",
      repository: "override: { max: 24h }",
      own: ["1:18 override.max"],
      theirs: [],
    },
    {
      name: "in the organisation's file where all of it stands there",
      organisation: "override: { expires: 48h, max: 24h }",
      repository: "trunk: main",
      own: [],
      theirs: ["1:22 override.expires"],
    },
  ])("that do not fit are told $name", ({ organisation, repository, own, theirs }) => {
    const parsed = parsePolicy({ organisation, repository });
    const places = (problems: typeof parsed.problems) =>
      problems.map(({ line, column, path }) => `${line}:${column} ${path}`);
    expect([places(parsed.problems), places(parsed.organisationProblems)]).toEqual([own, theirs]);
  });
});

describe("notes are said once", () => {
  test.each([
    {
      text: "",
      notes: [
        "No environment is named under deploy.environments: the pre-deploy check is off, and the gate consists of holds alone.",
      ],
    },
    { text: "deploy: { environments: { live: { base: { branch: production } } } }", notes: [] },
    {
      text: "mode: observe\non_unknown: allow\ntickets: { require: off }\ntrunk: main\ndeploy: { environments: { live: { base: { branch: main } } } }",
      notes: [
        "The mode is observe: nothing is held; statuses say what would have been.",
        "on_unknown is allow: what could not be verified goes out, marked as unverified.",
        "tickets.require is off: commits need no ticket, and the tickets they carry are still checked.",
        "The base of “live” is the deploy branch “main” itself: only heads of pull requests and merge groups differ from it.",
      ],
    },
    {
      text: "deploy: { environments: { live: { base: { deployment: live } } } }\ndeferred: { checks: [{ name: Long, match: { status: a }, grace: 12h }] }",
      notes: ["The deferred check “Long” has a grace of 12h: it gets no reminder 24h before its deadline."],
    },
  ])("about $text", ({ text, notes }) => {
    expect(parsePolicy({ organisation: null, repository: text }).notes).toEqual(notes);
  });
});

test("an hour of deadlines may last a second: every deadline is shortened alike, and nothing else", () => {
  const text =
    "deferred: { grace: 72h, remind: [24h, 4h], checks: [{ name: Long, match: { status: a }, grace: 48h, verify_grace: 90m }] }\noverride: { expires: 12h, max: 24h }\ngate: { max_wait: 30m }";
  const texts = { organisation: null, repository: text };
  const given = parsePolicy(texts, { hour: 1_000 }).policy;
  expect(given?.deferred).toMatchObject({
    hour: 1_000,
    grace: 72_000,
    remind: [24_000, 4_000],
    checks: [{ grace: 48_000, verifyGrace: 1_500 }],
  });
  expect([given?.override.expires, given?.override.max, given?.gate.maxWait]).toEqual([12_000, 24_000, 500]);
  expect(parsePolicy(texts, { hour: 1_000 }).notes).toEqual(parsePolicy(texts).notes);
});

describe("whatever the text is", () => {
  const piece = fc.constantFrom(
    ..."[ ] { } , : \n ? - ' \" | > # & * ! % @ ` \\ \t \r ~ = <<:".split(" "),
    ..." |  |: |- |a|b: |mode: |deploy:\n|\n  |\n    - |---\n|...\n|null|true|0x1|.inf|\u0000|\uFEFF|\\x41|72h".split(
      "|",
    ),
  );
  const soup = fc.array(piece, { maxLength: 300 }).map((pieces) => pieces.join(""));

  test.each([
    ["any string", fc.string({ unit: "binary", maxLength: 3_000 })],
    ["any soup of YAML's marks", soup],
  ])("%s becomes a policy or problems with places, and never throws", (_name, texts) => {
    fc.assert(
      fc.property(texts, fc.option(texts), (repository, organisation) => {
        const { policy, problems, organisationProblems } = parsePolicy({ organisation, repository });
        const all = [...problems, ...organisationProblems];
        expect(policy === null).toBe(all.length > 0);
        for (const { line, column, message } of all) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message).toMatch(/^[^\p{Cc}]{10,}[.?]$/u);
          expect(message).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
