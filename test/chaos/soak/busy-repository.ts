import type { Box } from "../../../src/sandbox/start-box.ts";
import type { Witness } from "../witness.ts";
import { foundRepository } from "../story/found-repository.ts";

const POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy", { category: done }]
  fields: [{ name: "Risk assessment" }]
deferred:
  grace: 90m
  remind: [60m, 30m]
  checks:
    - { name: Integration, match: { workflow: ci.yml, job: "integration *" }, owners: ["@admin"] }
override: { expires: 2h, max: 4h }
gate: { max_wait: 30d }
notify: { slack: { channel: "#deploys" } }
`;
const GATE = "holdpoint/gate";
const HALT = "deploy-halt";

/** A repository in which people are at work all day. */
export interface BusyRepository {
  readonly repository: string;
  /** Somebody does something that makes sense just now. */
  readonly act: (random: () => number) => Promise<void>;
  /** Whether somebody has halted it by hand, was told so, and has not ended that. */
  readonly isHalted: () => boolean;
  readonly head: () => string;
  /** Everything that is open is mended; to be called until it answers that all is well. */
  readonly mend: () => Promise<boolean>;
}

export async function startBusyRepository(
  { github, jira }: Box,
  witness: Witness,
  name: string,
): Promise<BusyRepository> {
  const { control } = github;
  const repository = `acme/${name}`;
  let head = await foundRepository(github, name, POLICY);
  await control.protectEnvironment({ repository, environment: "production" });
  let pushed = 0;
  let red = false;
  let halt: "no" | "asked" | "told" = "no";
  let haltedOn = 0;
  let halts = 0;

  function ticket(summary: string): string {
    const fields = { "Risk assessment": "Low" };
    return jira.createIssue({ project: "PLAY", type: "Bug", summary, status: "Ready to deploy", fields }).key;
  }

  async function push(conclusion: "success" | "failure", withTicket: boolean): Promise<void> {
    pushed += 1;
    const summary = `Change ${String(pushed)}`;
    const { sha } = await control.commit({
      repository,
      branch: "main",
      message: withTicket ? `${ticket(summary)}: ${summary}` : summary,
      author: "monalisa",
      files: { "change.txt": summary },
    });
    head = sha;
    red = conclusion === "failure";
    const jobs = [{ name: "integration db", conclusion }];
    await control.finishWorkflowRun({ repository, sha, workflow: "ci.yml", jobs });
  }

  async function openIssue(): Promise<{ readonly number: number; readonly halted: boolean } | null> {
    const issue = (await witness.issuesByApps(repository)).find(({ state }) => state === "open");
    if (issue === undefined) return null;
    return { number: issue.number, halted: issue.labels.some((label) => label.name === HALT) };
  }

  async function release(): Promise<void> {
    await control.forcePush({ repository, branch: "production", to: head, by: "admin" });
  }

  async function haltByHand(): Promise<void> {
    const { number } = await control.openIssue({ repository, title: "Prices are wrong", by: "monalisa" });
    haltedOn = number;
    // Said on Slack word for word: another halt is not the same one said twice.
    halts += 1;
    await control.comment({
      repository,
      number,
      body: `/holdpoint halt because price list ${String(halts)} is wrong`,
      by: "monalisa",
    });
    halt = "asked";
  }

  async function resume(): Promise<void> {
    halt = "no";
    const body = `/holdpoint resume because price list ${String(halts)} is right`;
    await control.comment({ repository, number: haltedOn, body, by: "monalisa" });
  }

  async function hearAnswer(): Promise<void> {
    if (halt !== "asked") return;
    const answers = await witness.commentsByApps(repository, haltedOn);
    if (answers.length > 0) halt = "told";
  }

  async function overrideIt(): Promise<void> {
    const issue = await openIssue();
    if (issue?.halted !== true) return;
    await control.label({ repository, number: issue.number, label: "halt-override", by: "admin" });
  }

  async function pullRequest(): Promise<void> {
    const branch = `change-${String(pushed)}-${String(Math.trunc(performance.now()))}`;
    const common = { repository, branch, from: "main", author: "monalisa" };
    await control.commit({ ...common, message: "Tune cache headers", files: { [`${branch}.txt`]: "1" } });
    const title = `${ticket("Tune cache headers")}: Tune cache headers`;
    const { number } = await control.openPullRequest({ repository, head: branch, title, by: "monalisa" });
    const merged = await control.mergePullRequest({ repository, number, method: "squash", by: "monalisa" });
    head = merged.sha;
  }

  return {
    repository,
    head: () => head,
    isHalted: () => halt === "told",
    async act(random) {
      await hearAnswer();
      const dice = random();
      if (red && dice < 0.2) return await push("success", true);
      if (red && dice < 0.35) return await overrideIt();
      if (halt === "told" && dice < 0.6) return await resume();
      if (halt === "no" && dice > 0.95) return await haltByHand();
      if (!red && dice < 0.15) return await push("failure", true);
      if (dice < 0.5) return await push(red ? "failure" : "success", random() < 0.9);
      if (dice < 0.7) return await pullRequest();
      if (dice < 0.85) return await release();
      await control.startDeployment({ repository, environment: "production", sha: head });
    },
    async mend() {
      await hearAnswer();
      if (halt !== "no") await resume();
      if (red) await push("success", true);
      const issue = await openIssue();
      const gate = await witness.status(repository, head, GATE);
      if (issue === null && gate === "success") return true;
      if ((await witness.status(repository, head, "holdpoint/pre-deploy")) === "failure") await release();
      return false;
    },
  };
}
