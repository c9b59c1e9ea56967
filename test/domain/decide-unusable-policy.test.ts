import { describe, expect, test } from "vitest";
import { decideUnusablePolicy } from "../../src/domain/decide-unusable-policy.ts";
import type { Effect } from "../../src/domain/effect.ts";
import type { PolicyProblem, PolicyState } from "../../src/domain/policy.ts";
import { HEAD, buildRepository } from "./build-snapshot.ts";
import { HOSTILE } from "./escape/hostile-text.ts";
import { whatIsLive } from "./escape/render-markdown.ts";

type Unusable = Extract<PolicyState, { state: "unusable" }>;

const GRACE: PolicyProblem = {
  line: 12,
  column: 10,
  path: "deferred.grace",
  message: "“3 days” is no duration: write 90s, 30m, 72h or 14d.",
};
const KEY: PolicyProblem = {
  line: 3,
  column: 1,
  path: "ticket",
  message: "There is no setting “ticket”; did you mean “tickets”?",
};

function decide(changes: Partial<Unusable> = {}, isPrivate = true): readonly Effect[] {
  return decideUnusablePolicy({
    repository: buildRepository({ private: isPrivate }),
    policyState: { state: "unusable", problems: [KEY, GRACE], why: "invalid", ownFile: true, ...changes },
    head: HEAD,
    publicUrl: "https://holdpoint.example.com",
    githubUrl: "https://github.com",
  });
}
function descriptionOf(effects: readonly Effect[]): string {
  const status = effects.find(({ kind }) => kind === "status");
  return status?.kind === "status" ? status.description : "";
}
function summaryOf(effects: readonly Effect[]): string {
  const run = effects.find(({ kind }) => kind === "check-run");
  return run?.kind === "check-run" ? run.summary : "";
}

describe("J12: a policy that was never usable is shown where the file is edited", () => {
  test("the head is pending, and the check run lists every problem with its line", () => {
    const url = `https://github.com/acme/storefront/commit/${HEAD}/checks`;
    const title =
      "could not verify: .github/holdpoint.yml line 3: There is no setting “ticket”; did you mean “tickets”? (and 1 more)";
    expect(decide()).toEqual([
      {
        kind: "status",
        repositoryId: 7,
        sha: HEAD,
        context: "holdpoint/pre-deploy",
        state: "pending",
        description: title,
        targetUrl: url,
      },
      {
        kind: "check-run",
        repositoryId: 7,
        sha: HEAD,
        name: "Holdpoint",
        externalId: "deploy",
        conclusion: "action_required",
        title,
        summary: `
**Could not verify: the policy has 2 problems.** Nothing is checked until it can be used; a mended file takes effect as soon as it is on the default branch.

- \`.github/holdpoint.yml:3:1\` \`ticket\`: There is no setting “ticket”; did you mean “tickets”?
- \`.github/holdpoint.yml:12:10\` \`deferred.grace\`: “3 days” is no duration: write 90s, 30m, 72h or 14d.
`.trim(),
        text: "`holdpoint policy check .github/holdpoint.yml` says the same before a push.",
        detailsUrl: url,
        actions: [
          {
            label: "Check again",
            description: "Read everything again, decide again",
            identifier: "check-again",
          },
        ],
      },
    ]);
  });

  test("a file that is there and cannot be read is said to be so, without a line", () => {
    const message = "The file could not be read (a symbolic link). It is tried again.";
    const effects = decide({ why: "unreadable", problems: [{ line: 1, column: 1, path: "", message }] });
    expect(descriptionOf(effects)).toBe(`could not verify: .github/holdpoint.yml: ${message}`);
    expect(summaryOf(effects)).toContain("**Could not verify: the policy cannot be read.**");
  });

  test("REL-68: a repository without a file of its own is left alone", () => {
    expect(decide({ ownFile: false })).toEqual([]);
  });
});

describe("whose file is wrong", () => {
  const ofOrganisation: PolicyProblem = { ...KEY, file: "organisation" };

  test("the organisation's is named", () => {
    const effects = decide({ problems: [ofOrganisation] });
    expect(descriptionOf(effects)).toBe(
      "could not verify: the organisation's .github/holdpoint.yml line 3: There is no setting “ticket”; did you mean “tickets”?",
    );
    expect(summaryOf(effects)).toContain(
      "- `.github/holdpoint.yml:3:1` of the organisation's defaults `ticket`: There is no",
    );
  });

  test("in a public repository its words are not shown: it may be private", () => {
    const effects = decide({ problems: [ofOrganisation] }, false);
    expect(JSON.stringify(effects)).not.toContain("“ticket”");
    expect(descriptionOf(effects)).toBe("could not verify: the organisation's .github/holdpoint.yml line 3");
    expect(summaryOf(effects)).toContain(
      "\n- `.github/holdpoint.yml:3:1` of the organisation's defaults is wrong; what stands there is not shown in a public repository",
    );
  });
});

describe("REL-47, REL-74: whatever stands in the file", () => {
  test.each(HOSTILE)("%s fits and stays text", (_, text) => {
    const problems = Array.from({ length: 3 }, () => ({ line: 1, column: 2, path: text, message: text }));
    const effects = decide({ problems });
    const description = descriptionOf(effects);
    expect(Array.from(description).length).toBeLessThanOrEqual(140);
    expect(description).toMatch(/ \(and 2 more\)$/);
    expect(whatIsLive(summaryOf(effects))).toEqual([]);
  });

  test("very many problems fit", () => {
    const summary = summaryOf(decide({ problems: Array.from({ length: 5_000 }, () => GRACE) }));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(summary).toMatch(/\nAnd \d+ more that would not fit here: `holdpoint policy check/);
  });
});
