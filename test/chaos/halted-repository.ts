import type { SandboxGitHub } from "../../src/sandbox/github/create-sandbox-github.ts";
import type { Witness } from "./witness.ts";

/** Days are minutes here, so that an override outlasts the run. */
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

export type Chapter = "red" | "halted" | "overridden";

/** One repository on its way: a red job on the trunk, the deadline, the halt, an admin's override. */
export interface HaltedRepository {
  readonly name: string;
  readonly chapter: () => Chapter;
  /** Looks whether it is time for the next chapter, and begins it. */
  readonly goOn: () => Promise<void>;
}

export async function breakTrunk(
  github: SandboxGitHub,
  witness: Witness,
  name: string,
): Promise<HaltedRepository> {
  const { control } = github;
  const repository = `acme/${name}`;
  let chapter: Chapter = "red";
  await control.createRepository({
    owner: "acme",
    name,
    files: { ".github/holdpoint.yml": POLICY, "shop.txt": "open\n" },
  });
  await control.setPermission({ repository, login: "admin", role: "admin" });
  await control.setPermission({ repository, login: "monalisa", role: "write" });
  await control.createBranch({ repository, branch: "production" });
  const first = await control.commit({
    repository,
    branch: "main",
    message: "Charge in euros",
    author: "monalisa",
    files: { "currency.txt": "EUR\n" },
  });
  const red = {
    repository,
    workflow: "ci.yml",
    jobs: [{ name: "integration db", conclusion: "failure" as const }],
  };
  await control.finishWorkflowRun({ ...red, sha: first.sha });

  return {
    name: repository,
    chapter: () => chapter,
    async goOn() {
      if (chapter === "overridden") return;
      const [issue] = await witness.issuesByApps(repository);
      if (issue === undefined || !issue.labels.some((label) => label.name === "deploy-halt")) return;
      if (chapter === "red") {
        chapter = "halted";
        // The same check is red once more, on a newer commit: nothing of what is there may begin again.
        const next = await control.commit({
          repository,
          branch: "main",
          message: "Tune cache headers",
          author: "monalisa",
          files: { "cache.txt": "60\n" },
        });
        await control.finishWorkflowRun({ ...red, sha: next.sha });
        return;
      }
      chapter = "overridden";
      await control.label({ repository, number: issue.number, label: "halt-override", by: "admin" });
    },
  };
}
