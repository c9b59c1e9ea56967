import type { Stage } from "./open-stage.ts";

export const OWNER = "acme";

/** Whom one may be, in every repository of the organisation. */
export const PEOPLE = { admin: "octocat", writer: "monalisa", reader: "robin" } as const;

export interface Ticket {
  readonly project?: string;
  readonly type?: string;
  readonly summary: string;
  readonly status?: string;
  readonly risk?: string;
  readonly checks?: string;
}

/** The words in which a world is told; repositories by their name alone. */
export interface Tools {
  readonly commit: (name: string, message: string, author: string) => Promise<string>;
  /** The trunk gets a policy; production is what it is then. */
  readonly repository: (name: string, policy: string | null, workflows?: readonly string[]) => Promise<void>;
  /** Work on a branch, reviewed and merged; answers the merge. */
  readonly merge: (
    name: string,
    title: string,
    messages: readonly string[],
    author: string,
  ) => Promise<string>;
  readonly run: (
    name: string,
    workflow: string,
    job: string,
    conclusion: "success" | "failure" | null,
  ) => Promise<void>;
  readonly release: (name: string, by?: string) => Promise<void>;
  /** Nothing is missing from it, unless told otherwise; answers its key. */
  readonly ticket: (ticket: Ticket) => string;
}

export function createTools(stage: Stage): Tools {
  const { control } = stage.box.github;
  let files = 0;

  async function commit(name: string, message: string, author: string): Promise<string> {
    files += 1;
    const { sha } = await control.commit({
      repository: `${OWNER}/${name}`,
      branch: "main",
      message,
      author,
      files: { [`src/part-${files}.ts`]: `export const part = ${files};\n` },
    });
    return sha;
  }

  return {
    commit,
    async repository(name, policy, workflows = []) {
      const texts = Object.fromEntries(
        workflows.map((file) => [`.github/workflows/${file}`, "on: push\njobs: {}\n"]),
      );
      const repository = `${OWNER}/${name}`;
      await control.createRepository({
        owner: OWNER,
        name,
        files: {
          "README.md": `# ${name}\n`,
          ...texts,
          ...(policy === null ? {} : { ".github/holdpoint.yml": policy }),
        },
      });
      for (const [role, login] of [
        ["admin", PEOPLE.admin],
        ["write", PEOPLE.writer],
        ["read", PEOPLE.reader],
      ] as const) {
        await control.setPermission({ repository, login, role });
      }
      await control.createBranch({ repository, branch: "production", from: "main" });
      await stage.quiet();
    },
    async merge(name, title, messages, author) {
      const repository = `${OWNER}/${name}`;
      files += 1;
      const head = `work-${files}`;
      for (const [index, message] of messages.entries()) {
        await control.commit({
          repository,
          branch: head,
          ...(index === 0 ? { from: "main" } : {}),
          message,
          author,
          files: { [`src/part-${files}-${index}.ts`]: `export const part = ${index};\n` },
        });
      }
      const { number } = await control.openPullRequest({ repository, head, title, by: author });
      const { sha } = await control.mergePullRequest({ repository, number, method: "merge", by: author });
      return sha;
    },
    async run(name, workflow, job, conclusion) {
      await control.finishWorkflowRun({
        repository: `${OWNER}/${name}`,
        sha: "main",
        workflow,
        branch: "main",
        jobs: [{ name: job, conclusion }],
      });
      await stage.quiet();
    },
    async release(name, by = PEOPLE.admin) {
      const repository = `${OWNER}/${name}`;
      await control.forcePush({ repository, branch: "production", to: "main", by });
      await control.deploy({ repository, environment: "production", sha: "main", by });
      await stage.quiet();
    },
    ticket({ project = "PLAY", type = "Story", summary, status = "Ready to deploy", risk = "low", checks }) {
      const after = type === "Task" ? "" : (checks ?? "Place a test order, see it in the back office");
      return stage.box.jira.createIssue({
        project,
        type,
        summary,
        status,
        fields: {
          ...(risk === "" ? {} : { "Risk assessment": risk }),
          ...(after === "" ? {} : { "Post-deploy checks": after }),
        },
      }).key;
    },
  };
}
