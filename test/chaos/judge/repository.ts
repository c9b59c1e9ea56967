import { z } from "zod";
import { API_TOKEN, type Stage } from "../stage.ts";
import { repeated } from "./messages.ts";

/** A commit bears a thousand statuses of a name at most, and ours twenty. */
const STATUSES = 20;
const SHOWN = new Map([
  ["open", "success"],
  ["held", "failure"],
  ["unknown", "pending"],
]);
const ASKED_AGAIN = 5;
const answerSchema = z.object({ decision: z.string() });

/** What holds for every repository, whatever happened there: nothing twice, and one answer at every door. */
export async function judgeRepository(stage: Stage, repository: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { witness, database } = stage;
  const issues = await witness.issuesByApps(repository);
  const open = issues.filter(({ state }) => state === "open");
  for (const title of repeated(open.map((issue) => issue.title))) wrong.push(`two open issues: ${title}`);
  for (const number of new Set([...issues.map((issue) => issue.number), 1])) {
    const comments = await witness.commentsByApps(repository, number).catch(() => []);
    for (const twice of repeated(comments))
      wrong.push(`said twice on #${String(number)}: ${twice.slice(0, 80)}`);
  }
  const rows = await database.query<{ readonly what: string; readonly count: number }>(
    `select what, count(*)::int as count from (
       select 'cases of one check' as what, c.check_key as key from holdpoint.compliance_case c
         join holdpoint.repository r on r.id = c.repository_id
        where r.owner || '/' || r.name = $1 and c.end_as is null
       union all
       select 'halts in force', h.source from holdpoint.halt h join holdpoint.repository r on r.id = h.repository_id
        where r.owner || '/' || r.name = $1 and h.ended_at is null
       union all
       select 'overrides in force', o.source from holdpoint.override o join holdpoint.repository r on r.id = o.repository_id
        where r.owner || '/' || r.name = $1 and o.ended_at is null) as counted
      group by what, key having count(*) > 1`,
    [repository],
  );
  for (const { what, count } of rows) wrong.push(`${what}: ${String(count)}`);
  const head = await witness.head(repository);
  const statuses = await witness.statuses(repository, head);
  for (const context of new Set(statuses.map((status) => status.context))) {
    const count = statuses.filter((status) => status.context === context).length;
    if (count > STATUSES) wrong.push(`${String(count)} statuses ${context} on one commit`);
  }
  const shown = statuses.find(({ context }) => context === "holdpoint/gate")?.state;
  let answered = await askGate(stage, repository, head);
  for (let again = 0; SHOWN.get(answered) !== shown && again < ASKED_AGAIN; again += 1) {
    // Facts that have just grown too old are read anew by the question itself.
    answered = await askGate(stage, repository, head);
  }
  if (SHOWN.get(answered) !== shown) {
    wrong.push(`the gate answers ${answered} and shows ${shown ?? "nothing"}`);
  }
  return wrong;
}

async function askGate({ front }: Stage, repository: string, sha: string): Promise<string> {
  const response = await fetch(
    `${front.url}/api/v1/repos/${repository}/gate?environment=production&sha=${sha}`,
    { headers: { authorization: `Bearer ${API_TOKEN}` } },
  );
  const answer = answerSchema.safeParse(await response.json().catch(() => null));
  return answer.success ? answer.data.decision : `with status ${String(response.status)}`;
}
