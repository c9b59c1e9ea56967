import { comment, deployJob, findIssue, gate, issue, issueReport, issueText, slack } from "./sights.ts";
import { noted, type Scene, type Stage, status } from "./story.ts";

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

const WORKFLOW = "enterprise.yml";
const JOB = "integration (postgres)";
const GATE = "holdpoint/gate";

/** From a slow check that turns red to the halt of all deploys, and every way out of it. */
export const COMPLIANCE_STORY: readonly Scene[] = [
  {
    title: "A slow check leaves the way from merge to deploy",
    told: "The integration tests take 50 minutes. The policy defers them: 72 hours to be green on main (72 seconds here).",
    async act(stage) {
      const { box, repository, notes } = stage;
      const { control } = box.github;
      await control.setPermission({ repository, login: "octocat", role: "admin" });
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
    act: async (stage) => [repliesWith(stage, "left", 2)],
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
        ...gate(() => ({ environment: "production", sha }), "held", "expired"),
      ];
    },
    hours: 4,
  },
  {
    title: "A deploy is asked for all the same",
    told: "octocat starts the deploy workflow. GitHub asks Holdpoint, which says why it waits, and keeps it waiting.",
    async act(stage) {
      await deploy(stage, noted(stage, "red"), "halted run");
      return [deployJob("halted run", "pending", "waiting", "red")];
    },
    hours: 0,
  },
  {
    title: "A writer's label is refused",
    told: "monalisa may write, but not override. Her label is taken off, with one comment.",
    async act(stage) {
      await label(stage, "monalisa");
      return [
        without("halt-override"),
        comment("monalisa"),
        status(noted(stage, "red"), GATE, "failure"),
        deployJob("halted run", "pending", "waiting"),
      ];
    },
    hours: 0,
  },
  {
    title: "An admin's label lets one deploy out",
    told: "octocat is an admin and puts the label halt-override on the issue. The waiting job goes on by itself.",
    async act(stage) {
      await label(stage, "octocat");
      const sha = noted(stage, "red");
      return [
        deployJob("halted run", "success", "approved"),
        issue("failure", "[halt-override]"),
        comment("lifted by"),
        slack("#deploys", "lifted by"),
        status(sha, GATE, "success"),
        ...gate(() => ({ environment: "production", sha }), "open"),
      ];
    },
    hours: 0,
  },
  {
    title: "The override ends by itself",
    told: "A day later it is over: the label is gone and the halt is back.",
    async act(stage) {
      const sha = noted(stage, "red");
      return [
        without("halt-override"),
        slack("#deploys", "override is over"),
        status(sha, GATE, "failure"),
        ...gate(() => ({ environment: "production", sha }), "held", "expired"),
      ];
    },
    hours: 24,
  },
  {
    title: "A rollback goes out during the halt",
    told: "Prices are wrong in production. monalisa asks for the version before, which was live: halts for red checks do not hold it.",
    async act(stage) {
      const { box, repository } = stage;
      const sha = noted(stage, "good");
      const found = await findIssue(stage);
      if (found === null) throw new Error("there is an issue to comment on");
      await box.github.control.comment({
        repository,
        number: found.number,
        body: `/holdpoint rollback ${sha} because prices are wrong`,
        by: "monalisa",
      });
      await stage.quiet();
      await deploy(stage, sha, "rollback run");
      return [
        deployJob("rollback run", "success", "approved"),
        ...gate(() => ({ environment: "production", sha, intent: "rollback" }), "open"),
        status(noted(stage, "red"), GATE, "failure"),
      ];
    },
    hours: 0,
  },
  {
    title: "A revert turns it green: the issue closes, the gate opens",
    told: "monalisa's change is reverted, and the deferred check is green on main again. Nobody has to tell Holdpoint.",
    async act(stage) {
      const red = noted(stage, "red");
      const message = `Revert "Round prices to cents"\n\nThis reverts commit ${red}.`;
      const sha = await commit(stage, message, "hubot", { "billing/round.txt": null });
      await stage.quiet();
      await runTests(stage, sha, "success");
      return [
        issue("success", "closed", JOB),
        slack("#deploys", "green again"),
        status(sha, GATE, "success"),
        ...gate(() => ({ environment: "production", sha }), "open"),
      ];
    },
    hours: 0,
  },
];

/** A ticket that nothing is missing from; its key. */
function readyTicket({ box }: Stage, summary: string): string {
  return box.jira.createIssue({
    project: "PLAY",
    type: "Bug",
    summary,
    status: "Ready to deploy",
    fields: { "Risk assessment": "Low", "Post-deploy checks": "Look at the receipt" },
  }).key;
}

async function commit(
  { box, repository, notes }: Stage,
  message: string,
  author: string,
  files: Readonly<Record<string, string | null>>,
): Promise<string> {
  const { sha } = await box.github.control.commit({ repository, branch: "main", message, author, files });
  notes.set("head", sha);
  return sha;
}

async function runTests(
  { box, repository }: Stage,
  sha: string,
  conclusion: "success" | "failure",
): Promise<void> {
  await box.github.control.finishWorkflowRun({
    repository,
    sha,
    workflow: WORKFLOW,
    branch: "main",
    jobs: [{ name: JOB, conclusion }],
  });
}

/** The deploy workflow is started; the run is noted under that name. */
async function deploy({ box, repository, notes }: Stage, sha: string, as: string): Promise<void> {
  const { run } = await box.github.control.startDeployment({ repository, environment: "production", sha });
  notes.set(as, String(run));
}

async function label(stage: Stage, by: string): Promise<void> {
  const found = await findIssue(stage);
  if (found === null) throw new Error("there is an issue to label");
  const { repository } = stage;
  await stage.box.github.control.label({ repository, number: found.number, label: "halt-override", by });
}

/** The issue is open and does not have the label. */
function without(name: string): ReturnType<typeof issue> {
  const expected = issue("failure", "open", `without ${name}`);
  return {
    ...expected,
    async look(stage) {
      const sight = await expected.look(stage);
      if (sight === null || sight.text.includes(`[${name}]`)) return sight;
      return { ...sight, text: `${sight.text} (without ${name})` };
    },
  };
}

/** So many replies with those words stand in the thread by now. */
function repliesWith({ box }: Stage, words: string, count: number): ReturnType<typeof slack> {
  const expected = slack("#deploys", words);
  return {
    ...expected,
    async look(stage) {
      const replies = box.slack
        .messages("C0DEPLOYS")
        .filter(({ threadTs, text }) => threadTs !== null && text.includes(words));
      return replies.length < count ? null : await expected.look(stage);
    },
  };
}
