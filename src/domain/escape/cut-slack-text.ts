/**
 * At most `limit` characters of escaped mrkdwn, cut where it harms nothing: not within a link, an escape or a
 * character. What was cut ends in `…`.
 */
export function cutSlackText(mrkdwn: string, limit: number): string {
  if (mrkdwn.length <= limit) return mrkdwn;
  const start = mrkdwn.slice(0, limit - 1);
  const open = start.lastIndexOf("<");
  const closed = open > start.lastIndexOf(">") ? start.slice(0, open) : start;
  return `${closed.replace(/(?:&[a-z]{0,3}|[\uD800-\uDBFF])$/, "").trimEnd()}…`;
}
