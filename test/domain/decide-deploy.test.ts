import { describe, expect, test } from "vitest";
import { decideDeploy } from "../../src/domain/decide-deploy.ts";
import { effectTarget } from "../../src/domain/effect.ts";
import type { Effect } from "../../src/domain/effect.ts";
import { evaluate } from "../../src/domain/evaluate.ts";
import type { Judged } from "../../src/domain/judged.ts";
import type { DeploySnapshot } from "../../src/domain/snapshot.ts";
import type { Carriage } from "../../src/domain/tickets/carriage.ts";
import {
  HEAD,
  answers,
  buildCarriage,
  buildChangeSet,
  buildDeploySnapshot,
  buildPolicy,
  carrying,
  known,
  missing,
  sha,
  unread,
} from "./build-snapshot.ts";

const publicUrl = "https://holdpoint.example.com";
function decide(
  snapshot: DeploySnapshot,
  carriage: Carriage | null = buildCarriage(),
  more: Partial<Judged<DeploySnapshot>> = {},
): readonly Effect[] {
  return decideDeploy({ snapshot, carriage, verdict: evaluate(snapshot, carriage), publicUrl, ...more });
}

const away = answers({ "PLAY-1": unread("jira-timeout", "no answer in time") });
const bare = buildCarriage({ unticketed: [sha("x")] });
const observe = buildPolicy({ mode: "observe" });
const allow = buildPolicy({ onUnknown: "allow" });

test("the deploy head shows a status and a check run", () => {
  expect(decide(buildDeploySnapshot(), buildCarriage(), { githubUrl: "https://github.com" })).toEqual([
    {
      kind: "status",
      repositoryId: 7,
      sha: HEAD,
      context: "holdpoint/pre-deploy",
      state: "success",
      description: "production: 1 commit, 1 ticket",
      targetUrl: `https://github.com/acme/storefront/commit/${HEAD}/checks`,
    },
    {
      kind: "check-run",
      repositoryId: 7,
      sha: HEAD,
      name: "Holdpoint",
      externalId: "deploy",
      conclusion: "success",
      title: "production: 1 commit, 1 ticket",
      summary: "**May go out.** `production` would get 1 commit with 1 ticket.",
      text: `
### What goes out

- [\`PLAY-1\`](<https://acme.atlassian.net/browse/PLAY-1>) \`Summary of PLAY-1\` – \`Story\`, \`Ready to deploy\`
  - Risk assessment: \`low\`
  - [\`${sha("french").slice(0, 7)}\`](<https://github.com/acme/storefront/commit/${sha("french")}>) \`PLAY-1: Speak French\` by \`octocat\`

### Where this comes from

- \`32694bc\` compared with \`production\` at \`3ddc94d\`.
- \`mode: enforce, on_unknown: hold\`
- Jira answered for 1 of 1 ticket.
- Passed: \`not-a-rollback\`, \`required-checks\`, \`ticket-present\`, \`ticket-found\`, \`ticket-fields\`, \`ticket-status\`, \`ticket-complete\`.
`.trim(),
      footnote: "Facts read at `2026-03-02 10:00 UTC`.",
      detailsUrl: `https://github.com/acme/storefront/commit/${HEAD}/checks`,
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

describe("J1: the answer in the words of each door", () => {
  test.each<[string, DeploySnapshot, Carriage | null, string, string, string]>([
    ["open", buildDeploySnapshot(), buildCarriage(), "success", "success", "production: 1 commit, 1 ticket"],
    ["held", buildDeploySnapshot(), bare, "failure", "failure", "1 commit without ticket: fd0c508"],
    [
      "REL-72: unknown",
      buildDeploySnapshot({ tickets: away }),
      buildCarriage(),
      "pending",
      "action_required",
      "could not verify: Jira did not answer in time (no answer in time); not checked: PLAY-1",
    ],
    [
      "REL-72: unknown, let through",
      buildDeploySnapshot({ tickets: away, policy: allow }),
      buildCarriage(),
      "success",
      "success",
      "not verified, let through by on_unknown: allow: Jira did not answer in time (no answer in time); not checked: PLAY-1",
    ],
    [
      "observing, would be held",
      buildDeploySnapshot({ policy: observe }),
      bare,
      "success",
      "success",
      "observing only, would be held: 1 commit without ticket: fd0c508",
    ],
    [
      "observing, could not verify",
      buildDeploySnapshot({ tickets: away, policy: observe }),
      buildCarriage(),
      "success",
      "success",
      "observing only, could not verify: Jira did not answer in time (no answer in time); not checked: PLAY-1",
    ],
    [
      "I8: what cannot be read holds nothing open",
      buildDeploySnapshot({ changeSet: unread("github-unreachable") }),
      null,
      "pending",
      "action_required",
      "could not verify: what would go out is not known: GitHub did not answer",
    ],
    [
      "the first deployment",
      buildDeploySnapshot({ base: missing() }),
      buildCarriage(),
      "success",
      "success",
      "production: first deployment, tickets are only listed",
    ],
    [
      "nothing new",
      buildDeploySnapshot({ changeSet: known(buildChangeSet({ relation: "identical", commits: [] })) }),
      carrying(),
      "success",
      "success",
      "production: nothing new",
    ],
    [
      "without Jira",
      buildDeploySnapshot({ tickets: { state: "off", because: "no-settings" } }),
      buildCarriage(),
      "success",
      "success",
      "production: 1 commit, 1 ticket; Jira not asked",
    ],
  ])("%s", (_, snapshot, carriage, state, conclusion, description) => {
    expect(decide(snapshot, carriage)).toMatchObject([
      { kind: "status", state, description, targetUrl: publicUrl },
      { kind: "check-run", conclusion, title: description },
    ]);
  });
});

test("only the main environment is shown on the head", () => {
  expect(decide(buildDeploySnapshot({ environment: "staging" }))).toEqual([]);
});

test("the check run's name differs from every status context", () => {
  const names = decide(buildDeploySnapshot()).map((effect) =>
    effect.kind === "status" ? effect.context : effect.kind === "check-run" ? effect.name : "",
  );
  expect(names).toEqual(["holdpoint/pre-deploy", "Holdpoint"]);
});

test("the same facts make the same wish for the same targets", () => {
  const [one, two] = [decide(buildDeploySnapshot()), decide(buildDeploySnapshot())];
  expect(one).toEqual(two);
  expect(one.map(effectTarget)).toEqual([
    `status:7:${HEAD}:holdpoint/pre-deploy`,
    `check-run:7:${HEAD}:Holdpoint`,
  ]);
});
