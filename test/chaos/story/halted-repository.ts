import type { SandboxGitHub } from "../../../src/sandbox/github/create-sandbox-github.ts";
import type { Witness } from "../witness.ts";
import { type ChaosStory, tellStory } from "./chapters.ts";
import { foundRepository } from "./found-repository.ts";

/** Days are seconds here, so that an override outlasts the run. */
const POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets: { require: off, complete: off }
deferred:
  grace: 72h
  checks:
    - { name: Integration, match: { workflow: ci.yml, job: "integration *" }, owners: ["@admin"] }
override: { expires: 365d, max: 365d }
notify: { slack: { channel: "#deploys" } }
`;
const GATE = "holdpoint/gate";

/** A red job on the trunk, the deadline, the halt, the same job red again, an admin's override: in the end it may go out. */
export async function breakTrunk(github: SandboxGitHub, witness: Witness, name: string): Promise<ChaosStory> {
  const { control } = github;
  const repository = `acme/${name}`;
  await foundRepository(github, name, POLICY);
  let head = await breakIt("Charge in euros", { "currency.txt": "EUR\n" });

  async function breakIt(message: string, files: Readonly<Record<string, string>>): Promise<string> {
    const { sha } = await control.commit({ repository, branch: "main", message, author: "monalisa", files });
    const jobs = [{ name: "integration db", conclusion: "failure" as const }];
    await control.finishWorkflowRun({ repository, sha, workflow: "ci.yml", jobs });
    return sha;
  }

  async function isHalted(): Promise<boolean> {
    const [issue] = await witness.issuesByApps(repository);
    return issue?.labels.some((label) => label.name === "deploy-halt") === true;
  }

  return tellStory(
    repository,
    [
      {
        name: "red",
        when: isHalted,
        // The same check is red once more, on a newer commit: nothing of what is there may begin again.
        act: async () => void (head = await breakIt("Tune cache headers", { "cache.txt": "60\n" })),
      },
      {
        name: "halted",
        when: async () => (await witness.status(repository, head, GATE)) === "failure",
        async act() {
          const [issue] = await witness.issuesByApps(repository);
          if (issue === undefined) throw new Error(`${repository} has lost its issue`);
          await control.label({ repository, number: issue.number, label: "halt-override", by: "admin" });
        },
      },
      {
        name: "overridden",
        when: async () => (await witness.status(repository, head, GATE)) === "success",
        act: () => Promise.resolve(),
      },
    ],
    async () => {
      const wrong: string[] = [];
      const issues = await witness.issuesByApps(repository);
      if (issues.length !== 1) wrong.push(`${String(issues.length)} issues for its first red commit`);
      const [issue] = issues;
      const labels = (issue?.labels ?? []).map((label) => label.name);
      for (const label of ["deploy-halt", "halt-override"]) {
        if (!labels.includes(label)) wrong.push(`its issue has no label ${label}`);
      }
      if (issue?.state !== "open") wrong.push(`its issue is ${issue?.state ?? "not there"}`);
      const gate = await witness.status(repository, head, GATE);
      if (gate !== "success") wrong.push(`its gate shows ${gate ?? "nothing"} though it is lifted`);
      return wrong;
    },
  );
}
