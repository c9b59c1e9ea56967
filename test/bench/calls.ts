import type { BenchServer } from "./database.ts";
import { type Figure, type Section, atMost } from "./figure.ts";
import type { Exchange } from "./remote-questions.ts";
import { NOTHING_BY_ITSELF, openStage } from "./stage.ts";

const SIZES = [10, 100, 1_000, 3_000] as const;
const QUIET = 1_500;

/** How often GitHub and Jira are asked for one check. */
export async function measureCalls(postgres: BenchServer): Promise<Section> {
  const stage = await openStage(postgres, NOTHING_BY_ITSELF);
  try {
    await stage.tell({ kind: "create-tickets", last: Math.max(...SIZES) });
    const figures: Figure[] = [];
    const rows: string[][] = [];
    for (const size of SIZES) {
      const repository = `repository-${String(size)}`;
      await stage.tell({ kind: "create-repository", repository });
      // What a new repository asks for once is not part of a check.
      await stage.watch({ kind: "release", repository, quiet: QUIET });
      const { exchanges } = await stage.watch({ kind: "push-many", repository, count: size, quiet: QUIET });
      const github = exchanges.filter(({ to }) => to === "github");
      const posts = github.filter(isPost);
      const known = github.filter(({ status }) => status === 304);
      const read = github.filter((exchange) => !isPost(exchange) && exchange.status !== 304);
      const jira = exchanges.filter(({ to }) => to === "jira");
      const pages = Math.ceil(size / 100);
      const common = { unit: "calls", dream: null, reason: "" } as const;
      figures.push(
        {
          name: `${String(size)} commits: GitHub`,
          measured: read.length,
          toReach: atMost(2 * pages + 10),
          ...common,
        },
        {
          name: `${String(size)} tickets: Jira`,
          measured: jira.filter(isBatch).length,
          toReach: atMost(pages),
          ...common,
        },
      );
      rows.push([
        String(size),
        String(read.length),
        String(known.length),
        String(posts.length),
        String(jira.filter(isBatch).length),
        String(jira.filter((exchange) => !isBatch(exchange)).length),
        describeCalls([...read, ...jira]),
      ]);
    }
    return {
      title: "Calls of one check",
      method: [
        "A push of N commits, each with a ticket of its own, to a repository with a policy; counted at the sandbox until nothing had been asked for 1.5 s. GitHub may be asked `2 * ceil(N / 100) + 10` times, 304s and posts apart; Jira `ceil(T / 100)` times, single keys and what it knows of its fields apart.",
      ],
      figures,
      table: {
        head: ["N", "GitHub", "304s", "posts", "Jira, batches", "Jira, others", "which"],
        rows,
      },
    };
  } finally {
    await stage.stop();
  }
}

function isPost({ method, path }: Exchange): boolean {
  return method === "PATCH" || (method === "POST" && /\/(statuses\/|check-runs)/.test(path));
}

function isBatch({ path }: Exchange): boolean {
  return path.includes("bulkfetch");
}

/** Routes with how often each was asked. */
export function describeCalls(exchanges: readonly Exchange[]): string {
  const counts = new Map<string, number>();
  for (const { method, path } of exchanges) {
    const route = `${method} ${path
      .replace(/\?.*/, "")
      .replaceAll(/[0-9a-f]{40}/g, "SHA")
      .replaceAll(/\/[0-9]+/g, "/N")}`;
    counts.set(route, (counts.get(route) ?? 0) + 1);
  }
  return [...counts].map(([route, count]) => `${String(count)} ${route}`).join("; ");
}
