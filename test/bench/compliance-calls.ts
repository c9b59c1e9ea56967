import { openDatabase } from "../../src/database/open-database.ts";
import { describeCalls } from "./calls.ts";
import { type BenchServer, benchLog } from "./database.ts";
import { type Figure, type Section, atMost } from "./figure.ts";
import type { Exchange } from "./remote-questions.ts";
import { NOTHING_BY_ITSELF, type Stage, openStage } from "./stage.ts";

const REPOSITORY = "watched";
const QUIET = 1_500;

/** How often GitHub is asked from a red job to an issue, and by a reconciliation that finds nothing. */
export async function measureComplianceCalls(postgres: BenchServer): Promise<Section> {
  const stage = await openStage(postgres, NOTHING_BY_ITSELF);
  try {
    await stage.watch({ kind: "create-watched-repository", repository: REPOSITORY, quiet: QUIET });
    await reconcile(stage);
    const idle = await reconcile(stage);
    await stage.watch({ kind: "merge-change", repository: REPOSITORY, quiet: QUIET });
    const { exchanges } = await stage.watch({ kind: "turn-red", repository: REPOSITORY, quiet: QUIET });
    const red = untilIssue(exchanges);
    const asked = idle.filter(({ status }) => status !== 304);
    const common = { unit: "calls", dream: null, reason: "" } as const;
    return {
      title: "Calls of deferred compliance",
      method: [
        "From the first webhook of a job that turns red to the answer that the issue is there, with its author and code owner tagged: every call to GitHub, whatever it is for. Then a reconciliation of a repository in which nothing has happened since the last one: calls that are not 304.",
      ],
      figures: figures(red.length, asked.length, common),
      table: {
        head: ["what", "calls", "304s", "which"],
        rows: [row("red to issue", red), row("a quiet repository's reconciliation", idle)],
      },
    };
  } finally {
    await stage.stop();
  }
}

function figures(
  red: number,
  idle: number,
  common: Pick<Figure, "unit" | "dream" | "reason">,
): readonly Figure[] {
  return [
    {
      name: "red to issue: GitHub",
      measured: red,
      toReach: atMost(10),
      ...common,
      reason: "the first issue of a repository also looks for its label and makes it",
    },
    { name: "idle reconciliation: GitHub, not 304", measured: idle, toReach: atMost(2), ...common },
  ];
}

/** Up to the answer that the issue is there. */
function untilIssue(exchanges: readonly Exchange[]): readonly Exchange[] {
  const issue = exchanges.find(({ method, path }) => method === "POST" && path.endsWith("/issues"));
  if (issue === undefined) throw new Error("no issue was opened");
  return exchanges.filter(({ to, until }) => to === "github" && until <= issue.until);
}

async function reconcile(stage: Stage): Promise<readonly Exchange[]> {
  const database = await openDatabase({ url: stage.databaseUrl, purpose: "work", log: benchLog });
  await database.query("update holdpoint.repository set reconciling_at = null");
  await database.close();
  await stage.tick("reconciliation");
  const { exchanges } = await stage.watch({ kind: "listen", quiet: QUIET });
  return exchanges.filter(({ to }) => to === "github");
}

function row(what: string, exchanges: readonly Exchange[]): readonly string[] {
  const known = exchanges.filter(({ status }) => status === 304).length;
  return [what, String(exchanges.length), String(known), describeCalls(exchanges)];
}
