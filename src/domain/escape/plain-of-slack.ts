/**
 * What Holdpoint itself wrote as Slack's mrkdwn, as plain text: links become their words, mentions their names (`nameOf` knows those of
 * people's ids), the three escaped signs themselves, and the beginning, which is all that Holdpoint makes bold, loses its stars. Not for
 * messages by others.
 */
export function plainOfSlack(mrkdwn: string, nameOf: (id: string) => string | null = () => null): string {
  return mrkdwn
    .replace(/^\*([^*\n]+)\*/, "$1")
    .replaceAll(/<@([A-Z0-9]+)>/g, (_mention, id: string) => `@${nameOf(id) ?? id}`)
    .replaceAll(/<[^<>|]*\|([^<>]*)>/g, "$1")
    .replaceAll(/<([^<>|]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
