import { findIssue } from "./sights.ts";
import type { Stage } from "./story.ts";

export const WORKFLOW = "enterprise.yml";
export const JOB = "integration (postgres)";
export const GATE = "holdpoint/gate";

/** A ticket that nothing is missing from; its key. */
export function readyTicket({ box }: Stage, summary: string): string {
  return box.jira.createIssue({
    project: "PLAY",
    type: "Bug",
    summary,
    status: "Ready to deploy",
    fields: { "Risk assessment": "Low", "Post-deploy checks": "Look at the receipt" },
  }).key;
}

export async function commit(
  { box, repository, notes }: Stage,
  message: string,
  author: string,
  files: Readonly<Record<string, string | null>>,
): Promise<string> {
  const { sha } = await box.github.control.commit({ repository, branch: "main", message, author, files });
  notes.set("head", sha);
  return sha;
}

export async function runTests(
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
export async function deploy({ box, repository, notes }: Stage, sha: string, as: string): Promise<void> {
  const { run } = await box.github.control.startDeployment({ repository, environment: "production", sha });
  notes.set(as, String(run));
}

export async function label(stage: Stage, by: string): Promise<void> {
  const found = await findIssue(stage);
  if (found === null) throw new Error("there is an issue to label");
  const { repository } = stage;
  await stage.box.github.control.label({ repository, number: found.number, label: "halt-override", by });
}
