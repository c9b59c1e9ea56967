import type { Database } from "../../src/database/database.ts";
import type { Box } from "../../src/sandbox/start-box.ts";
import type { HaltedRepository } from "./halted-repository.ts";
import type { Witness } from "./witness.ts";

export interface Judging {
  readonly box: Box;
  readonly database: Database;
  readonly witness: Witness;
  readonly repositories: readonly HaltedRepository[];
}

/** What is not as it must be, a line each; empty where all is. */
export async function judge(given: Judging): Promise<readonly string[]> {
  const wrong: string[] = [];
  function expectOne(what: string, count: number): void {
    if (count !== 1) wrong.push(`${what}: ${String(count)}, and one was expected`);
  }
  for (const { name } of given.repositories) {
    const issues = await given.witness.issuesByApps(name);
    expectOne(`${name}: issues for its first red commit`, issues.length);
    const [issue] = issues;
    if (issue === undefined) continue;
    const labels = issue.labels.map((label) => label.name);
    expectOne(`${name}: labels "deploy-halt"`, labels.filter((one) => one === "deploy-halt").length);
    expectOne(`${name}: labels "halt-override"`, labels.filter((one) => one === "halt-override").length);
    if (issue.state !== "open") wrong.push(`${name}: its issue is ${issue.state}`);
    const comments = await given.witness.commentsByApps(name, issue.number);
    for (const twice of repeated(comments)) wrong.push(`${name}: said twice: ${twice.slice(0, 80)}`);
    await judgeRows(given.database, name, expectOne);
    judgeMessages(given.box, name, expectOne, wrong);
  }
  const parked = await given.database.query<{ readonly last_error: string }>(
    "select last_error from holdpoint.parked_job",
  );
  for (const { last_error: error } of parked) wrong.push(`a job was given up: ${error.slice(0, 120)}`);
  return wrong;
}

type ExpectOne = (what: string, count: number) => void;

async function judgeRows(database: Database, name: string, expectOne: ExpectOne): Promise<void> {
  const rows = await database.query<{
    readonly cases: string;
    readonly expired: string;
    readonly overrides: string;
  }>(
    `select (select count(*) from holdpoint.compliance_case c where c.repository_id = r.id) as cases,
            (select count(*) from holdpoint.compliance_case c
              where c.repository_id = r.id and c.expired_at is not null and c.end_as is null) as expired,
            (select count(*) from holdpoint.override o
              where o.repository_id = r.id and o.ended_at is null) as overrides
       from holdpoint.repository r where r.owner || '/' || r.name = $1`,
    [name],
  );
  expectOne(`${name}: cases`, Number(rows[0]?.cases ?? 0));
  expectOne(`${name}: halts`, Number(rows[0]?.expired ?? 0));
  expectOne(`${name}: overrides in force`, Number(rows[0]?.overrides ?? 0));
}

/** Every message about the repository in the channel stands in one thread. */
function judgeMessages(box: Box, name: string, expectOne: ExpectOne, wrong: string[]): void {
  const about = box.slack.messages("C0DEPLOYS").filter(({ text }) => text.includes(name));
  const threads = about.filter(({ threadTs }) => threadTs === null);
  expectOne(`${name}: Slack threads`, threads.length);
  const replies = about.filter(({ threadTs }) => threadTs !== null);
  for (const reply of replies) {
    if (reply.threadTs !== threads[0]?.ts) wrong.push(`${name}: a Slack message stands in another thread`);
  }
  for (const twice of repeated(replies.map(({ text }) => text))) {
    wrong.push(`${name}: said twice on Slack: ${twice.slice(0, 80)}`);
  }
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}
