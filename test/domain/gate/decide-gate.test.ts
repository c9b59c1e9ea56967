import { describe, expect, test } from "vitest";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import type { GateFacts } from "../../../src/domain/gate/gate.ts";
import type { Policy } from "../../../src/domain/policy.ts";
import { missing, sha, unread } from "../build-snapshot.ts";
import {
  AT,
  buildCase,
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildOverride,
  buildPermit,
  caseId,
  expired,
  finding,
  hours,
  lifting,
  OVERRIDE,
  verdictOf,
} from "./build-gate-facts.ts";

type Changes = Parameters<typeof buildGateFacts>[0];

/** `held: expired, halt`: the decision, and the codes in their order. */
function say(changes: Changes = {}): string {
  const { decision, reasons } = decideGate(buildGateFacts(changes));
  return reasons.length === 0 ? decision : `${decision}: ${reasons.map(({ code }) => code).join(", ")}`;
}
function reasonsOf(changes: Changes): ReturnType<typeof decideGate>["reasons"] {
  return decideGate(buildGateFacts(changes)).reasons;
}
function withEnvironments(...names: readonly string[]): Policy {
  const { deploy } = buildGatePolicy();
  return buildGatePolicy({
    deploy: {
      ...deploy,
      environments: names.map((name) => ({ name, base: { kind: "branch", branch: name } })),
    },
  });
}

const fails = { verdict: verdictOf(finding("no-ticket", "fail")) };
const unsure = { verdict: verdictOf(finding("jira-timeout", "unknown")) };
const observe = buildGatePolicy({ mode: "observe" });
const allow = buildGatePolicy({ onUnknown: "allow" });

describe("J1: the outcome", () => {
  const rows: readonly (readonly [string, Changes, string])[] = [
    ["nothing holds", {}, "open"],
    ["the verdict fails", { judged: fails }, "held: no-ticket"],
    ["the verdict is unknown", { judged: unsure }, "unknown: jira-timeout"],
    ["a case has expired", { cases: [expired()] }, "held: expired"],
    [
      "REL-56: an expired case whose issue is gone",
      { cases: [expired({ issueUrl: null })] },
      "held: expired",
    ],
    ["a manual halt", { halts: [buildHalt()] }, "held: halt"],
    [
      "a case is due, and nobody has confirmed it (J12)",
      { cases: [buildCase()] },
      "unknown: expiry-unverified",
    ],
    ["a case's deadline is to come", { cases: [buildCase({ deadline: hours(1) })] }, "open"],
    [
      "a case's deadline is this very moment",
      { cases: [buildCase({ deadline: AT })] },
      "unknown: expiry-unverified",
    ],
    ["nobody was warned of the case", { cases: [buildCase({ deadline: null })] }, "open"],
    ["a newer run is waited for", { cases: [buildCase({ verifyUntil: hours(1) })] }, "open"],
    ["a case of another environment", { cases: [expired({ environments: ["staging"] })] }, "open"],
    [
      "a case of this environment in other letters",
      { cases: [expired({ environments: ["Production"] })] },
      "held: expired",
    ],
    ["a halt of another environment", { halts: [buildHalt({ environment: "staging" })] }, "open"],
    ["a halt of this environment", { halts: [buildHalt({ environment: "PRODUCTION" })] }, "held: halt"],
    ["a halt that has ended", { halts: [buildHalt({ endedAt: hours(-1) })] }, "open"],
    ["a halt that ends this very moment", { halts: [buildHalt({ endedAt: AT })] }, "open"],
    ["a halt that begins this very moment", { halts: [buildHalt({ beganAt: AT })] }, "held: halt"],
    [
      "a case of several environments",
      { cases: [expired({ environments: ["staging", "production"] })] },
      "held: expired",
    ],
    [
      "a verdict that fails, and says only what is unknown",
      { judged: { verdict: { ...verdictOf(finding("jira-timeout", "unknown")), outcome: "fail" } } },
      "held: verdict, jira-timeout",
    ],
    ["a halt that ends later", { halts: [buildHalt({ endedAt: hours(1) })] }, "held: halt"],
    ["a halt that begins later", { halts: [buildHalt({ beganAt: hours(1) })] }, "open"],
    [
      "everything at once: what holds first, then what is unknown",
      {
        judged: { verdict: verdictOf(finding("jira-timeout", "unknown"), finding("no-ticket", "fail")) },
        cases: [buildCase({ id: caseId(2) }), expired()],
        halts: [buildHalt()],
      },
      "held: expired, halt, no-ticket, expiry-unverified, jira-timeout",
    ],
    [
      "a verdict that fails without saying why",
      { judged: { verdict: { ...verdictOf(), outcome: "fail" } } },
      "held: verdict",
    ],
    [
      "a verdict that is unknown without saying why",
      { judged: { verdict: { ...verdictOf(), outcome: "unknown" } } },
      "unknown: verdict",
    ],
  ];
  test.each(rows)("%s", (_, changes, said) => {
    expect(say(changes)).toBe(said);
  });
});

describe("J1: on_unknown: allow", () => {
  const rows: readonly (readonly [string, Changes, string])[] = [
    ["lets an unknown verdict through, and says so", { judged: unsure }, "open: jira-timeout"],
    ["never an expiry that nobody confirmed", { cases: [buildCase()] }, "unknown: expiry-unverified"],
    [
      "never a missing judgement",
      { judgement: unread("github-unreachable", "502") },
      "unknown: github-unreachable",
    ],
    [
      "never one that is too old",
      { judged: { ...unsure, readAt: new Date(AT.getTime() - 60_001) } },
      "unknown: stale",
    ],
    [
      "never a check that still runs",
      { judged: { verdict: verdictOf(finding("running", "unknown")) } },
      "unknown: running",
    ],
    [
      "never one that says less than its outcome",
      { judged: { verdict: { ...verdictOf(), outcome: "unknown" } } },
      "unknown: verdict",
    ],
    [
      "never beside a failure",
      { judged: { verdict: verdictOf(finding("a", "unknown"), finding("b", "fail")) } },
      "held: b, a",
    ],
    ["does not lift what holds", { judged: unsure, halts: [buildHalt()] }, "held: halt, jira-timeout"],
  ];
  test.each(rows)("%s", (_, changes, said) => {
    expect(say({ policy: allow, ...changes })).toBe(said);
  });

  test("the reason is of kind `unverified`, and says by what it is let through", () => {
    expect(reasonsOf({ policy: allow, judged: unsure })).toEqual([
      {
        kind: "unverified",
        code: "jira-timeout",
        message: "not verified, let through by on_unknown: allow: jira-timeout, in full",
        since: AT,
        until: null,
        who: "Holdpoint asks again by itself. Else admins can let it out: /holdpoint override 4h because …",
        url: null,
      },
    ]);
  });
});

describe("J1: mode: observe", () => {
  test.each([
    [{ judged: fails }, "open", "held"],
    [{ judged: unsure }, "open", "unknown"],
    [{ cases: [expired()] }, "open", "held"],
    [{ halts: [buildHalt()] }, "open", "held"],
    [{ judgement: missing() }, "open", "held"],
    [{}, "open", "open"],
    [{ environment: "qa" }, "unknown", "unknown"],
  ] satisfies readonly (readonly [Changes, string, string])[])("%j", (changes, decision, wouldBe) => {
    expect(decideGate(buildGateFacts({ policy: observe, ...changes }))).toMatchObject({
      decision,
      wouldBe,
      mode: "observe",
    });
  });

  test("J9: does not open what a stricter policy holds, before it is accepted", () => {
    const loosened = { policy: observe, heldTo: buildGatePolicy() };
    expect(decideGate(buildGateFacts({ ...loosened, halts: [buildHalt()] })).decision).toBe("held");
    expect(decideGate(buildGateFacts({ ...loosened, cases: [buildCase()] })).decision).toBe("unknown");
    expect(decideGate(buildGateFacts({ ...loosened, judged: fails })).decision).toBe("open");
  });
});

describe("J1, J2: policy and environment", () => {
  const stagingAlone = withEnvironments("staging");
  const rows: readonly (readonly [string, Changes, string])[] = [
    ["no policy", { policy: null, noPolicy: "none" }, "unknown: no-policy"],
    ["none that can be used", { policy: null, noPolicy: "unusable" }, "unknown: policy-unusable"],
    [
      "the policy was deleted while a halt stands on it",
      { policy: null, noPolicy: "none", heldTo: buildGatePolicy(), halts: [buildHalt()] },
      "held: halt, no-policy",
    ],
    [
      "an environment that the policy does not name",
      { environment: "qa" },
      "unknown: environment-not-in-policy",
    ],
    [
      "one that it does not name: holds are of those that it names",
      { environment: "qa", cases: [expired()], halts: [buildHalt()] },
      "unknown: environment-not-in-policy",
    ],
    [
      "one that was left out while a halt stands on it",
      { policy: stagingAlone, heldTo: buildGatePolicy(), halts: [buildHalt()] },
      "held: halt, environment-not-in-policy",
    ],
    [
      "one that was left out of a policy that only observed",
      { policy: stagingAlone, heldTo: observe, halts: [buildHalt()] },
      "unknown: environment-not-in-policy",
    ],
    ["one that it names in other letters", { environment: "Production" }, "open"],
    [
      "no environments: holds alone decide, for any",
      { policy: withEnvironments(), environment: "qa", judged: { verdict: null } },
      "open",
    ],
    [
      "no environments: a halt holds",
      { policy: withEnvironments(), environment: "qa", judged: { verdict: null }, halts: [buildHalt()] },
      "held: halt",
    ],
    [
      "environments that were named after the judgement",
      { judged: { verdict: null } },
      "unknown: not-judged",
    ],
  ];
  test.each(rows)("%s", (_, changes, said) => {
    expect(say(changes)).toBe(said);
  });
});

describe("J2: the commit", () => {
  const rows: readonly (readonly [string, Changes, string])[] = [
    ["REL-65: there is no such commit", { judgement: missing("no such commit") }, "held: no-such-commit"],
    [
      "it could not be read",
      { judgement: unread("github-rate-limited", "until noon") },
      "unknown: github-rate-limited",
    ],
    ["at the head of a pull request into the base", { judged: { place: "pull-request" } }, "open"],
    ["at the head of a merge group", { judged: { place: "merge-group" } }, "open"],
    ["elsewhere", { judged: { place: "elsewhere" } }, "held: not-on-deploy-branch"],
    ["elsewhere, but live there before", { judged: { place: "elsewhere", wasLive: true } }, "open"],
    ["facts of 60 seconds ago", { judged: { readAt: new Date(AT.getTime() - 60_000) } }, "open"],
    ["older facts", { judged: { readAt: new Date(AT.getTime() - 60_001) } }, "unknown: stale"],
    ["facts from the future", { judged: { readAt: new Date(AT.getTime() + 60_001) } }, "unknown: stale"],
  ];
  test.each(rows)("%s", (_, changes, said) => {
    expect(say(changes)).toBe(said);
  });
});

describe("J4: a rollback", () => {
  const wasLive = {
    wasLive: true,
    verdict: verdictOf(
      finding("no-ticket", "fail"),
      finding("behind", "fail", { rule: "not-a-rollback" }),
      finding("jira-timeout", "unknown", { rule: "ticket-found" }),
    ),
  };
  const asked = { intent: "rollback" } as const;
  const rows: readonly (readonly [string, Changes, string])[] = [
    [
      "of what was live: in spite of tickets and of going back",
      { ...asked, judged: wasLive },
      "open: rollback",
    ],
    [
      "in spite of expired cases, confirmed or not",
      { ...asked, judged: { wasLive: true }, cases: [expired(), buildCase({ id: caseId(2) })] },
      "open: rollback",
    ],
    [
      "not in spite of a manual halt",
      { ...asked, judged: wasLive, halts: [buildHalt()] },
      "held: halt, rollback",
    ],
    [
      "not in spite of a red required check",
      {
        ...asked,
        judged: {
          wasLive: true,
          verdict: verdictOf(finding("not-green", "fail", { rule: "required-checks" })),
        },
      },
      "held: not-green",
    ],
    [
      "of what was never live is judged like any other, and told so",
      { ...asked, judged: { ...wasLive, wasLive: false } },
      "held: no-ticket, behind, jira-timeout, never-live",
    ],
    ["of what was never live, with nothing against it", { ...asked }, "open"],
    ["with nothing to lift", { ...asked, judged: { wasLive: true } }, "open"],
    ["by nobody's wish", { judged: wasLive }, "held: no-ticket, behind, jira-timeout"],
    ["permitted", { judged: wasLive, rollbacks: [buildPermit()] }, "open: rollback"],
    [
      "permitted for another commit",
      { judged: wasLive, rollbacks: [buildPermit({ sha: sha("other") })] },
      "held: no-ticket, behind, jira-timeout",
    ],
    [
      "permitted for another environment",
      { judged: wasLive, rollbacks: [buildPermit({ environment: "staging" })] },
      "held: no-ticket, behind, jira-timeout",
    ],
    [
      "permitted until now",
      { judged: wasLive, rollbacks: [buildPermit({ endsAt: AT })] },
      "held: no-ticket, behind, jira-timeout",
    ],
    [
      "of what could not be read",
      { ...asked, judgement: unread("github-unreachable"), cases: [expired()] },
      "held: expired, github-unreachable",
    ],
  ];
  test.each(rows)("%s", (_, changes, said) => {
    expect(say(changes)).toBe(said);
  });

  test("says who may, why, until when, and in spite of what", () => {
    const later = buildPermit({ by: "hubot", because: "still broken", endsAt: hours(0.75) });
    expect(reasonsOf({ judged: wasLive, rollbacks: [buildPermit(), later] })).toEqual([
      {
        kind: "override",
        code: "rollback",
        message:
          "rollback by hubot to what was live before, in spite of “no-ticket, in full”, “behind, in full”, “jira-timeout, in full”: still broken",
        since: hours(-0.5),
        until: hours(0.75),
        who: "hubot asked for it; it ends by itself",
        url: null,
      },
    ]);
    expect(reasonsOf({ ...asked, judged: wasLive })).toEqual([
      {
        kind: "override",
        code: "rollback",
        message:
          "rollback to what was live before, in spite of “no-ticket, in full”, “behind, in full”, “jira-timeout, in full”",
        since: null,
        until: null,
        who: "whoever asked with the intent to roll back",
        url: null,
      },
    ]);
  });

  test("of two permits that end together the same is named, whatever their order", () => {
    const two = [buildPermit({ by: "anna" }), buildPermit({ by: "bert" })];
    for (const rollbacks of [two, two.toReversed()]) {
      expect(reasonsOf({ judged: wasLive, rollbacks })[0]?.who).toMatch(/^anna /);
    }
  });
});

describe("J11: overrides", () => {
  const cases = [expired()];
  const caseOverride = { kind: "cases", caseIds: [caseId(1)], environment: null } as const;
  const rows: readonly (readonly [string, Changes, string])[] = [
    ["of a case", { cases, overrides: [buildOverride(caseOverride)] }, "open: override"],
    [
      "of another case",
      { cases, overrides: [buildOverride({ ...caseOverride, caseIds: [caseId(9)] })] },
      "held: expired",
    ],
    [
      "of a case in this environment",
      { cases, overrides: [buildOverride({ ...caseOverride, environment: "PRODUCTION" })] },
      "open: override",
    ],
    [
      "of a case in another environment",
      { cases, overrides: [buildOverride({ ...caseOverride, environment: "staging" })] },
      "held: expired",
    ],
    [
      "of a case lifts nothing else",
      { cases, halts: [buildHalt()], judged: fails, overrides: [buildOverride(caseOverride)] },
      "held: halt, no-ticket, override",
    ],
    [
      "that begins later",
      { cases, overrides: [buildOverride(caseOverride, { beganAt: hours(1) })] },
      "held: expired",
    ],
    [
      "that is over this very moment",
      { cases, overrides: [buildOverride(caseOverride, { endsAt: AT })] },
      "held: expired",
    ],
    [
      "that was ended",
      { cases, overrides: [buildOverride(caseOverride, { endedAt: hours(-0.5) })] },
      "held: expired",
    ],
    [
      "of reasons",
      { cases, judged: fails, overrides: [buildOverride(lifting("expired", "no-ticket"))] },
      "open: override",
    ],
    ["of a halt", { halts: [buildHalt()], overrides: [buildOverride(lifting("halt"))] }, "open: override"],
    [
      "of where a commit stands",
      { judged: { place: "elsewhere" }, overrides: [buildOverride(lifting("not-on-deploy-branch"))] },
      "open: override",
    ],
    [
      "of what could not be verified",
      { judged: unsure, overrides: [buildOverride(lifting("jira-timeout"))] },
      "open: override",
    ],
    [
      "of a halt does not lift another that began later",
      {
        halts: [buildHalt(), buildHalt({ id: 2, beganAt: hours(-0.5) })],
        overrides: [buildOverride(lifting("halt"))],
      },
      "held: halt, override",
    ],
    [
      "of an expired case does not lift another that expired later",
      {
        cases: [...cases, expired({ id: caseId(2), deadline: hours(-0.5), expiredAt: hours(-0.5) })],
        overrides: [buildOverride(lifting("expired"))],
      },
      "held: expired, override",
    ],
    [
      "of a case that expired while a newer run was still waited for",
      {
        cases: [expired({ deadline: hours(-3), verifyUntil: hours(1), expiredAt: hours(-2) })],
        overrides: [buildOverride(lifting("expired"))],
      },
      "open: override",
    ],
    [
      "a reason that came later still holds",
      { cases, judged: fails, overrides: [buildOverride(lifting("expired"))] },
      "held: no-ticket, override",
    ],
    [
      "of reasons for another commit",
      { judged: fails, overrides: [buildOverride({ ...lifting("no-ticket"), sha: sha("other") })] },
      "held: no-ticket",
    ],
    [
      "of reasons in another environment",
      {
        judged: fails,
        overrides: [buildOverride({ ...lifting("no-ticket"), environment: "staging" })],
      },
      "held: no-ticket",
    ],
    [
      "never of a commit that is not there",
      { judgement: missing(), overrides: [buildOverride(lifting("no-such-commit"))] },
      "held: no-such-commit",
    ],
    [
      "never of facts that could not be read",
      { judgement: unread("github-unreachable"), overrides: [buildOverride(lifting("github-unreachable"))] },
      "unknown: github-unreachable",
    ],
    [
      "never of a policy that is not there",
      { policy: null, noPolicy: "none", overrides: [buildOverride(lifting("no-policy"))] },
      "unknown: no-policy",
    ],
  ];
  test.each(rows)("%s", (_, changes, said) => {
    expect(say(changes)).toBe(said);
  });

  test("what was lifted is listed with who, why and until when", () => {
    expect(reasonsOf({ cases, overrides: [buildOverride(caseOverride)] })).toEqual([
      {
        kind: "override",
        code: "override",
        message: "integration lifted by octocat until 2026-11-21 15:00 UTC: the fix is in it",
        since: hours(-1),
        until: hours(3),
        who: "it ends by itself; admins can end it sooner by taking the label “halt-override” off",
        url: null,
      },
    ]);
  });

  test("of two that lift the same, the older is named", () => {
    const overrides = [
      buildOverride(caseOverride, { id: 2, by: "late" }),
      buildOverride(caseOverride, { by: "early", because: null }),
    ];
    expect(reasonsOf({ cases, overrides }).map(({ message }) => message)).toEqual([
      "integration lifted by early until 2026-11-21 15:00 UTC",
    ]);
  });
});

describe("every reason says what, since when, until when, and who can do what about it", () => {
  const nothingElse = { until: null, url: null };
  const rows: readonly (readonly [string, Changes, GateFacts["at"] | null, string, string])[] = [
    [
      "an expired case",
      { cases: [expired()] },
      hours(-1),
      "integration red on the trunk since 2026-11-18 06:49 UTC (#12)",
      "whoever broke it fixes or reverts it: a green run opens the gate; admins can lift it with the label “halt-override”",
    ],
    [
      "a case that expired before anybody set a deadline",
      { cases: [expired({ deadline: null, expiredAt: hours(-2), issueUrl: null })] },
      hours(-2),
      "integration red on the trunk since 2026-11-18 06:49 UTC",
      "whoever broke it fixes or reverts it: a green run opens the gate; admins can lift it with the label “halt-override”",
    ],
    [
      "REL-48: an expiry that nobody has confirmed",
      { cases: [buildCase()] },
      hours(-1),
      "integration is past its deadline, and not yet confirmed at GitHub (#12)",
      "nobody has to do anything: Holdpoint asks GitHub again by itself",
    ],
    [
      "a halt",
      { halts: [buildHalt({ because: null })] },
      hours(-2),
      "halted by hubot since 2026-11-21 10:00 UTC (#4)",
      "hubot or admins can end it: /holdpoint resume because …",
    ],
    [
      "a finding, in a public repository without what Jira says",
      { judged: fails, repository: { ...buildGateFacts().repository, private: false } },
      AT,
      "no-ticket, for everybody",
      "Put the ticket's key at the start of the pull request's title; that counts after the merge too. Else admins can let it out: /holdpoint override 4h because …",
    ],
    [
      "a finding about which nobody can do anything but override",
      { judged: { verdict: verdictOf(finding("odd", "fail")) } },
      AT,
      "odd, in full",
      "admins can let it out: /holdpoint override 4h because …",
    ],
    [
      "a commit elsewhere",
      { judged: { place: "elsewhere" } },
      AT,
      "the commit is not on the deploy branch, and was never live in production",
      "merge it into the deploy branch; admins can let it out: /holdpoint override 4h because …",
    ],
    [
      "a commit that is not there",
      { judgement: missing() },
      null,
      "there is no such commit in the repository",
      "whoever deploys names a commit that was pushed, by its whole sha",
    ],
    [
      "an unread judgement",
      { judgement: unread("github-unreachable", "502\nfrom\u202E a proxy") },
      null,
      "the facts could not be read: 502 from� a proxy",
      "ask again in a minute; if it lasts, whoever runs Holdpoint looks at its log",
    ],
    [
      "no policy",
      { policy: null, noPolicy: "none" },
      null,
      "the repository has no policy, `.github/holdpoint.yml`",
      "whoever may push to the default branch adds the file",
    ],
    [
      "an unusable policy",
      { policy: null, noPolicy: "unusable" },
      null,
      "the policy, `.github/holdpoint.yml`, cannot be used",
      "whoever may push to the default branch mends the file: `holdpoint policy check` says what is wrong",
    ],
    [
      "an environment that is not named",
      { environment: "qa" },
      null,
      "the policy names no environment “qa”, but “production”, “staging”",
      "whoever deploys asks for one of those, or the policy gets that environment",
    ],
  ];
  test.each(rows)("%s", (_, changes, since, message, who) => {
    expect(reasonsOf(changes)[0]).toMatchObject({ message, since, who, until: null });
    expect(Object.keys(reasonsOf(changes)[0] ?? {})).toEqual(
      expect.arrayContaining(Object.keys(nothingElse)),
    );
  });

  test("a halt without a policy names nobody but its author", () => {
    const given = { policy: null, noPolicy: "none", halts: [buildHalt()], cases: [expired()] } as const;
    expect(reasonsOf(given).map(({ who }) => who)).toEqual([
      "whoever broke it fixes or reverts it: a green run opens the gate",
      "hubot can end it: /holdpoint resume because …",
      "whoever may push to the default branch adds the file",
    ]);
  });

  test("who may override is the policy's word, and while a looser one waits, the stricter one's", () => {
    const teams = { ...OVERRIDE, allow: { kind: "teams", teams: ["acme/release", "acme/sre"] } } as const;
    const writers = { ...OVERRIDE, allow: { kind: "permission", permission: "write" } } as const;
    const by = (policy: Policy, heldTo: Policy | null): string | undefined =>
      reasonsOf({ policy, heldTo, halts: [buildHalt()] })[0]?.who;
    expect(by(buildGatePolicy({ override: teams }), null)).toBe(
      "hubot or members of acme/release, acme/sre can end it: /holdpoint resume because …",
    );
    expect(by(buildGatePolicy({ override: writers }), null)).toBe(
      "hubot or people with write access can end it: /holdpoint resume because …",
    );
    expect(by(buildGatePolicy({ override: writers }), buildGatePolicy())).toBe(
      "hubot or admins can end it: /holdpoint resume because …",
    );
  });

  test("a commit elsewhere is held by its verdict, and what is lifted of it is called what it is", () => {
    expect(reasonsOf({ judged: { place: "elsewhere" } })[0]?.kind).toBe("verdict");
    const overrides = [buildOverride(lifting("not-on-deploy-branch"))];
    expect(reasonsOf({ judged: { place: "elsewhere" }, overrides })[0]?.message).toBe(
      "“not on the deploy branch” lifted by octocat until 2026-11-21 15:00 UTC: the fix is in it",
    );
  });

  test("a rollback of what was never live says so after what holds it", () => {
    expect(reasonsOf({ intent: "rollback", judged: fails })[1]).toEqual({
      kind: "policy",
      code: "never-live",
      message: "no rollback: the commit was never live in production",
      since: null,
      until: null,
      who: "whoever rolls back names a commit that was deployed there with success",
      url: null,
    });
  });

  test("the deploy branch is named where the policy names it", () => {
    const policy = buildGatePolicy({ deploy: { ...buildGatePolicy().deploy, branch: "release" } });
    expect(reasonsOf({ policy, judged: { place: "elsewhere" } })[0]?.message).toBe(
      "the commit is not on the deploy branch “release”, and was never live in production",
    );
  });
});

test("halts and cases are told oldest first, whatever order they come in", () => {
  const halts = [buildHalt({ id: 2, by: "bert" }), buildHalt({ by: "anna" })];
  const cases = [expired({ id: caseId(2), name: "later" }), expired({ name: "earlier" })];
  expect(reasonsOf({ halts, cases }).map(({ message }) => message.split(" ").slice(0, 3).join(" "))).toEqual([
    "earlier red on",
    "later red on",
    "halted by anna",
    "halted by bert",
  ]);
});

describe("when the answer changes by itself", () => {
  const caseOverride = { kind: "cases", caseIds: [caseId(1)], environment: null } as const;
  const rows: readonly (readonly [string, Changes, Date | null])[] = [
    ["never, where nothing has a time", { cases: [expired()], halts: [buildHalt()] }, null],
    ["at a deadline", { cases: [buildCase({ deadline: hours(5) })] }, hours(5)],
    [
      "not before a newer run was waited for",
      { cases: [buildCase({ deadline: hours(5), verifyUntil: hours(7) })] },
      hours(7),
    ],
    [
      "not at a deadline of another environment",
      { cases: [buildCase({ deadline: hours(5), environments: ["staging"] })] },
      null,
    ],
    ["not before anybody was warned", { cases: [buildCase({ deadline: null })] }, null],
    ["when an override ends", { overrides: [buildOverride(caseOverride)] }, hours(3)],
    [
      "when an override begins",
      { overrides: [buildOverride(caseOverride, { beganAt: hours(2) })] },
      hours(2),
    ],
    [
      "when an override will have been ended",
      { overrides: [buildOverride(caseOverride, { endedAt: hours(1) })] },
      hours(1),
    ],
    [
      "not when one for another commit ends",
      { overrides: [buildOverride({ ...lifting("halt"), sha: sha("other") })] },
      null,
    ],
    ["when a permit ends", { rollbacks: [buildPermit()] }, hours(0.5)],
    ["not when a permit for another commit ends", { rollbacks: [buildPermit({ sha: sha("other") })] }, null],
    [
      "at the first of several moments",
      { cases: [buildCase({ deadline: hours(5) })], overrides: [buildOverride(caseOverride)] },
      hours(3),
    ],
  ];
  test.each(rows)("%s", (_, changes, at) => {
    expect(decideGate(buildGateFacts(changes)).changesAt).toEqual(at);
  });
});
