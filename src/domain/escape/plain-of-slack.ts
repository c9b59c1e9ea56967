/**
 * What Holdpoint itself wrote as Slack's mrkdwn, as plain text: links become their words, mentions their names, the three escaped signs
 * themselves. Not for messages by others.
 */
export function plainOfSlack(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/<@([A-Z0-9]+)>/g, "@$1")
    .replaceAll(/<[^<>|]*\|([^<>]*)>/g, "$1")
    .replaceAll(/<([^<>|]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
