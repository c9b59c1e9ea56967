import { commit, deploy, GATE, JOB, readyTicket, runTests, WORKFLOW } from "./compliance-steps.ts";
import {
  cockpit,
  comment,
  deployJob,
  gate,
  issue,
  issueReport,
  issueText,
  replies,
  slack,
} from "./sights.ts";
import { noted, type Scene, status } from "./story.ts";

const POLICY = `mode: enforce
deploy:
  environments:
    production: { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy", { category: done }]
  fields:
    - { name: "Risk assessment" }
    - { name: "Post-deploy checks", types: [Story, Bug] }
deferred:
  grace: 72h
  remind: [24h, 8h]
  checks:
    - name: "Enterprise Server integration"
      match: { workflow: "enterprise.yml", job: "integration *" }
      owners: ["@hubot"]
override:
  allow: { permission: admin }
  expires: 24h
gate: { max_wait: 72h }
notify:
  slack: { channel: "#deploys", people: { monalisa: U012MONA1 } }
`;

/** From a slow check that turns red to the halt of all deploys. */
export const COMPLIANCE_STORY: readonly Scene[] = [
  {
    title: "A slow check leaves the way from merge to deploy",
    told: "The integration tests take 50 minutes. The policy defers them: 72 hours to be green on main (72 seconds here).",
    async act(stage) {
      const { box, repository, notes } = stage;
      const { control } = box.github;
      await control.protectEnvironment({ repository, environment: "production" });
      const sha = await commit(
        stage,
        `${readyTicket(stage, "Defer slow tests")}: Defer slow tests`,
        "octocat",
        {
          ".github/holdpoint.yml": POLICY,
          [`.github/workflows/${WORKFLOW}`]: "on: push\njobs:\n  integration: { runs-on: x, steps: [] }\n",
          ".github/CODEOWNERS": "/billing/ @octocat\n",
        },
      );
      await runTests(stage, sha, "success");
      await stage.quiet();
      await deploy(stage, sha, "first run");
      notes.set("good", sha);
      return [
        status(sha, GATE, "success"),
        deployJob("first run", "success", "approved"),
        ...gate(() => ({ environment: "production", sha }), "open"),
      ];
    },
    hours: 0,
  },
  {
    title: "Merged, released, and then red",
    told: "monalisa's pull request is merged without waiting. 50 minutes later the deferred check turns red on main.",
    async act(stage) {
      const { box, repository, notes } = stage;
      const { control } = box.github;
      const title = `${readyTicket(stage, "Round prices")}: Round prices to cents`;
      await control.commit({
        repository,
        branch: "round",
        from: "main",
        author: "monalisa",
        message: title,
        files: { "billing/round.txt": "cents\n" },
      });
      const { number } = await control.openPullRequest({ repository, head: "round", title, by: "monalisa" });
      const { sha } = await control.mergePullRequest({
        repository,
        number,
        method: "squash",
        by: "monalisa",
      });
      notes.set("red", sha);
      await stage.quiet();
      await runTests(stage, sha, "failure");
      return [
        issue("failure", "open", "[deferred-compliance]", JOB),
        issueText("Deploys to", "stop at"),
        issueText("@monalisa"),
        slack("#deploys", "stop at"),
        slack("@monalisa", "You are told because"),
        slack("@hubot", "You are told because"),
        status(sha, GATE, "success"),
        ...gate(() => ({ environment: "production", sha }), "open"),
      ];
    },
    report: issueReport,
    hours: 0,
  },
  {
    title: "A day left",
    told: "Nobody mends it. Red runs repeat in silence; 24 hours before the deadline there is one reminder.",
    act: async () => [comment("left"), slack("#deploys", "left")],
    hours: 48,
  },
  {
    title: "Eight hours left",
    told: "The second reminder comes in the Slack thread alone; nobody reads an issue that nags.",
    act: async (stage) => [replies(stage, "left", 2)],
    hours: 20,
  },
  {
    title: "The deadline: deploys are halted at every door",
    told: "72 hours are over and it is still red. GitHub is read once more; then the gate shuts, and somebody's deploy waits.",
    async act(stage) {
      const sha = noted(stage, "red");
      return [
        issue("failure", "open", "[deploy-halt]"),
        comment("are halted"),
        slack("#deploys", "are halted"),
        status(sha, GATE, "failure"),
        cockpit("held", JOB),
        ...gate(() => ({ environment: "production", sha }), "held", "expired"),
      ];
    },
    hours: 4,
  },
];
