import type { Box } from "../../../src/sandbox/start-box.ts";
import type { Witness } from "../witness.ts";
import { type ChaosStory, tellStory } from "./chapters.ts";
import { foundRepository } from "./found-repository.ts";

/** Nobody is late here: a deadline of thirty days outlasts what may be in its way. */
const POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy", { category: done }]
  fields: [{ name: "Risk assessment" }]
deferred:
  grace: 720h
  checks:
    - { name: Integration, match: { workflow: ci.yml, job: "integration *" }, owners: ["@admin"] }
gate: { max_wait: 30d }
notify: { slack: { channel: "#deploys" } }
`;
const GATE = "holdpoint/gate";
const PRE_DEPLOY = "holdpoint/pre-deploy";
const TICKETS = "holdpoint/tickets";
const environment = "production";

/**
 * A pull request without and with its ticket, a merge, a deploy, a red job and its fix, a halt by hand that keeps a deploy waiting
 * and ends, a release: every kind of work that Holdpoint has.
 */
export async function releaseWork(box: Box, witness: Witness, name: string): Promise<ChaosStory> {
  const { github, jira } = box;
  const { control } = github;
  const repository = `acme/${name}`;
  await foundRepository(github, name, POLICY);
  await control.protectEnvironment({ repository, environment });
  const branch = { repository, branch: "currency", from: "main", author: "monalisa" };
  const { sha: branchHead } = await control.commit({
    ...branch,
    message: "Charge in the currency of the venue",
    files: { "currency.txt": "EUR\n" },
  });
  const { number } = await control.openPullRequest({
    repository,
    head: "currency",
    title: "Charge in the currency of the venue",
    by: "monalisa",
  });
  let head = branchHead;
  const runs: number[] = [];

  function ticket(summary: string): string {
    const fields = { "Risk assessment": "Low" };
    return jira.createIssue({ project: "PLAY", type: "Bug", summary, status: "Ready to deploy", fields }).key;
  }

  async function push(summary: string, conclusion: "success" | "failure"): Promise<void> {
    const message = `${ticket(summary)}: ${summary}`;
    const files = { [`${summary.replaceAll(" ", "-")}.txt`]: summary };
    head = (await control.commit({ repository, branch: "main", message, author: "monalisa", files })).sha;
    const jobs = [{ name: "integration db", conclusion }];
    await control.finishWorkflowRun({ repository, sha: head, workflow: "ci.yml", jobs });
  }

  async function deploy(): Promise<void> {
    runs.push((await control.startDeployment({ repository, environment, sha: head })).run);
  }

  function readRun(index: number): ReturnType<typeof control.readDeployment> {
    return control.readDeployment({ repository, run: runs[index] ?? 0 });
  }

  function say(body: string): () => Promise<void> {
    return async () => void (await control.comment({ repository, number, body, by: "monalisa" }));
  }

  function shows(context: string, state: string): () => Promise<boolean> {
    return async () => (await witness.status(repository, head, context)) === state;
  }

  async function issueIs(state: "open" | "closed"): Promise<boolean> {
    return (await witness.issuesByApps(repository)).some((issue) => issue.state === state);
  }

  return tellStory(
    repository,
    [
      {
        name: "without a ticket",
        when: shows(TICKETS, "failure"),
        async act() {
          const title = `${ticket("Charge in euros")}: Charge in euros`;
          await control.editPullRequest({ repository, number, title, by: "monalisa" });
        },
      },
      {
        name: "with its ticket",
        when: shows(TICKETS, "success"),
        async act() {
          const merged = await control.mergePullRequest({
            repository,
            number,
            method: "merge",
            by: "monalisa",
          });
          head = merged.sha;
        },
      },
      {
        name: "merged",
        when: async () => (await shows(PRE_DEPLOY, "success")()) && (await shows(GATE, "success")()),
        act: deploy,
      },
      {
        name: "deployed",
        when: async () => (await readRun(0)).status === "completed",
        act: () => push("Round prices", "failure"),
      },
      { name: "red", when: () => issueIs("open"), act: say("/holdpoint status") },
      {
        name: "asked about",
        when: async () => (await witness.commentsByApps(repository, number)).length > 0,
        act: () => push("Round prices to cents", "success"),
      },
      {
        name: "green",
        when: async () => (await issueIs("closed")) && (await shows(GATE, "success")()),
        act: say("/holdpoint halt because prices are wrong"),
      },
      { name: "halted by hand", when: shows(GATE, "failure"), act: deploy },
      {
        name: "waiting",
        when: async () => (await readRun(1)).reports.length > 0,
        act: say("/holdpoint resume because they are right"),
      },
      {
        name: "resumed",
        when: async () => (await shows(GATE, "success")()) && (await readRun(1)).status === "completed",
        async act() {
          await control.forcePush({ repository, branch: "production", to: head, by: "admin" });
        },
      },
      {
        name: "released",
        when: async () =>
          (await witness.statuses(repository, head)).some((one) => one.description.includes("nothing")),
        act: () => Promise.resolve(),
      },
    ],
    async () => {
      const wrong: string[] = [];
      const issues = await witness.issuesByApps(repository);
      // Holdpoint opens an issue for what is red, and none for a halt that somebody asked for.
      if (issues.length !== 1) wrong.push(`${String(issues.length)} issues for its first red commit`);
      if (issues.some(({ state }) => state !== "closed")) wrong.push("an issue is open though all is green");
      for (const index of runs.keys()) {
        const { answer } = await readRun(index);
        if (answer?.state !== "approved")
          wrong.push(`deploy ${String(index + 1)} was ${answer?.state ?? "not answered"}`);
      }
      const answers = (await witness.commentsByApps(repository, number)).filter((body) =>
        body.includes("<!-- holdpoint answers "),
      );
      if (answers.length !== 3) wrong.push(`${String(answers.length)} answers to three commands`);
      if (!(await shows(GATE, "success")())) wrong.push("its gate is not open though nothing holds it");
      return wrong;
    },
  );
}
