import { z } from "zod";
import type { Outside } from "./outside.ts";
import type { Replica } from "./replica.ts";
import type { Seen, SeenGate, SeenIssue } from "./seen.ts";
import { headOf } from "./moves/context.ts";
import type { Place } from "./town.ts";

const date = z.iso.datetime().transform((text) => new Date(text));
const outcome = z.enum(["open", "held", "unknown"]);
const gateSchema = z.object({
  decision: outcome,
  would_be: outcome,
  reasons: z.array(
    z.object({
      kind: z.string(),
      code: z.string(),
      message: z.string(),
      since: date.nullable(),
      until: date.nullable(),
    }),
  ),
});
const issuesSchema = z.array(
  z.object({
    number: z.number(),
    state: z.enum(["open", "closed"]),
    title: z.string(),
    body: z.string().nullable(),
    user: z.object({ type: z.string() }),
    labels: z.array(z.object({ name: z.string() })),
    created_at: date,
    pull_request: z.unknown().optional(),
  }),
);
const commentsSchema = z.array(
  z.object({ body: z.string(), created_at: date, user: z.object({ type: z.string() }) }),
);
const statusSchema = z.object({
  statuses: z.array(z.object({ context: z.string(), state: z.string(), description: z.string().nullable() })),
});

export interface Lookout {
  readonly look: (place: Place, replica: Replica, at: Date) => Promise<Seen>;
}

/** Somebody with read access, who looks at GitHub, at Slack and at the gate's answers, and at nothing else. */
export async function createLookout(outside: Outside): Promise<Lookout> {
  const { token } = await outside.github.control.createUserToken({ login: "admin" });
  /** Comments of issues that were closed when they were read last: nobody writes there any more, or the issue would show it. */
  const known = new Map<string, SeenIssue>();

  async function read<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
    const response = await outside.github.fetch(
      new Request(`https://api.github.com${path}`, {
        headers: { authorization: `token ${token}`, "user-agent": "lookout" },
      }),
    );
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return schema.parse(await response.json());
  }

  async function readAll<Item>(path: string, schema: z.ZodType<readonly Item[]>): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let page = 1; ; page += 1) {
      const found = await read(
        `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${String(page)}`,
        schema,
      );
      items.push(...found);
      if (found.length < 100) return items;
    }
  }

  async function readIssues(repository: string): Promise<readonly SeenIssue[]> {
    const issues = await readAll(
      `/repos/${repository}/issues?state=all&sort=created&direction=asc`,
      issuesSchema,
    );
    const own = issues.filter((issue) => issue.user.type === "Bot" && issue.pull_request === undefined);
    return await Promise.all(
      own.map(async ({ number, state, title, body, labels, created_at: createdAt }): Promise<SeenIssue> => {
        const key = `${repository}#${String(number)}`;
        const before = known.get(key);
        if (state === "closed" && before?.state === "closed") return before;
        const comments = await readAll(
          `/repos/${repository}/issues/${String(number)}/comments`,
          commentsSchema,
        );
        const seen: SeenIssue = {
          number,
          state,
          title,
          body: body ?? "",
          labels: labels.map(({ name }) => name),
          createdAt,
          comments: comments
            .filter(({ user }) => user.type === "Bot")
            .map(({ created_at: at, body: text }) => ({ at, body: text })),
        };
        known.set(key, seen);
        return seen;
      }),
    );
  }

  return {
    async look(place, replica, at) {
      const { name: repository } = place;
      const gates: SeenGate[] = [];
      for (const sha of worthAsking(place)) {
        const query = new URLSearchParams({ environment: "production", sha });
        const answer = gateSchema.parse(
          await replica.ask(`/api/v1/repos/${repository}/gate?${query.toString()}`),
        );
        gates.push({
          sha,
          environment: "production",
          decision: answer.decision,
          wouldBe: answer.would_be,
          reasons: answer.reasons,
        });
      }
      const { statuses } = await read(
        `/repos/${repository}/commits/${headOf(place)}/status?per_page=100`,
        statusSchema,
      );
      return {
        at,
        repository,
        gates,
        issues: await readIssues(repository),
        messages: saidAbout(repository, outside.slack.messages()),
        statuses: statuses.map(({ context, state, description }) => ({
          context,
          state,
          description: description ?? "",
        })),
      };
    },
  };
}

/** What names the repository, and what replies to it. */
function saidAbout(repository: string, all: ReturnType<Outside["slack"]["messages"]>): Seen["messages"] {
  const named = all.filter(({ text, blocks }) => `${text}${JSON.stringify(blocks)}`.includes(repository));
  const threads = new Set(named.map(({ ts }) => ts));
  return all
    .filter((one) => named.includes(one) || (one.threadTs !== null && threads.has(one.threadTs)))
    .map(({ ts, threadTs, text, channel, metadata }) => ({
      at: new Date(Number(ts) * 1_000),
      text,
      thread: threadTs,
      key: metadata === null ? null : `${channel} ${JSON.stringify(metadata.event_payload)}`,
    }));
}

/** The head, what is live, and one between. */
function worthAsking(place: Place): readonly string[] {
  const live = place.trunk.indexOf(place.production);
  const between = place.trunk[Math.ceil((live + place.trunk.length - 1) / 2)];
  return [...new Set([headOf(place), place.production, ...(between === undefined ? [] : [between])])];
}
