import { z } from "zod";
import type { SandboxGitHub } from "../../src/sandbox/github/create-sandbox-github.ts";

const issueSchema = z.object({
  number: z.number(),
  title: z.string(),
  state: z.enum(["open", "closed"]),
  user: z.object({ login: z.string(), type: z.string() }),
  labels: z.array(z.object({ name: z.string() })),
  pull_request: z.unknown().optional(),
});
const commentSchema = z.object({ body: z.string(), user: z.object({ login: z.string(), type: z.string() }) });

const statusSchema = z.object({ context: z.string(), state: z.string(), description: z.string().nullable() });
const commitSchema = z.object({ sha: z.string() });

export type SeenIssue = z.infer<typeof issueSchema>;
export interface SeenStatus {
  readonly context: string;
  readonly state: string;
  readonly description: string;
}

/** What a person with read access sees on GitHub. */
export interface Witness {
  /** Issues that an App wrote, oldest first. */
  readonly issuesByApps: (repository: string) => Promise<readonly SeenIssue[]>;
  /** What Apps said there, oldest first. */
  readonly commentsByApps: (repository: string, number: number) => Promise<readonly string[]>;
  /** All that were ever set on the commit, newest first. */
  readonly statuses: (repository: string, sha: string) => Promise<readonly SeenStatus[]>;
  /** What the newest of that name says; null: there is none. */
  readonly status: (repository: string, sha: string, context: string) => Promise<string | null>;
  /** Where its trunk is. */
  readonly head: (repository: string) => Promise<string>;
}

export async function createWitness(github: SandboxGitHub): Promise<Witness> {
  const { token } = await github.control.createUserToken({ login: "admin" });

  async function read<Item>(path: string, schema: z.ZodType<Item>): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let page = 1; ; page += 1) {
      const response = await github.fetch(
        new Request(
          `https://api.github.com${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${String(page)}`,
          {
            headers: { authorization: `token ${token}`, "user-agent": "witness" },
          },
        ),
      );
      if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
      const found = z.array(schema).parse(await response.json());
      items.push(...found);
      if (found.length < 100) return items;
    }
  }

  async function statuses(repository: string, sha: string): Promise<readonly SeenStatus[]> {
    const found = await read(`/repos/${repository}/commits/${sha}/statuses`, statusSchema);
    return found.map(({ context, state, description }) => ({
      context,
      state,
      description: description ?? "",
    }));
  }

  return {
    statuses,
    status: async (repository, sha, context) =>
      (await statuses(repository, sha)).find((one) => one.context === context)?.state ?? null,
    async head(repository) {
      const [newest] = await read(`/repos/${repository}/commits?sha=main`, commitSchema);
      return newest?.sha ?? "";
    },
    async issuesByApps(repository) {
      const issues = await read(
        `/repos/${repository}/issues?state=all&sort=created&direction=asc`,
        issueSchema,
      );
      return issues.filter(({ user, pull_request: pull }) => user.type === "Bot" && pull === undefined);
    },
    async commentsByApps(repository, number) {
      const comments = await read(`/repos/${repository}/issues/${String(number)}/comments`, commentSchema);
      return comments.filter(({ user }) => user.type === "Bot").map(({ body }) => body);
    },
  };
}
