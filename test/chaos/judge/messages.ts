import type { Stage } from "../stage.ts";

/**
 * Every message about the repository as often as it was to be said, in a thread that is there. The same words may be said again:
 * a case that was green and is red again has a second end, and each wish is a row of its own.
 */
export async function judgeMessages(
  { box, database }: Pick<Stage, "box" | "database">,
  repository: string,
): Promise<readonly string[]> {
  const about = box.slack.messages("C0DEPLOYS").filter(({ text }) => text.includes(repository));
  const wishes = await database.query<{ readonly text: string }>(
    `select e.desired ->> 'text' as text from holdpoint.effect e join holdpoint.repository r on r.id = e.repository_id
      where e.kind = 'slack' and r.owner || '/' || r.name = $1 and e.desired -> 'to' ->> 'kind' = 'channel'`,
    [repository],
  );
  const wrong: string[] = [];
  for (const text of new Set(about.map((message) => message.text))) {
    const said = about.filter((message) => message.text === text).length;
    // A wish whose words have changed since is counted once, too.
    const wished = Math.max(1, wishes.filter((wish) => wish.text === text).length);
    if (said > wished)
      wrong.push(`said ${String(said)} times on Slack, wished ${String(wished)} times: ${text.slice(0, 80)}`);
  }
  const begun = new Set(about.filter(({ threadTs }) => threadTs === null).map(({ ts }) => ts));
  for (const { threadTs, text } of about) {
    if (threadTs !== null && !begun.has(threadTs))
      wrong.push(`said in a strange thread: ${text.slice(0, 80)}`);
  }
  return wrong;
}

export function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}
