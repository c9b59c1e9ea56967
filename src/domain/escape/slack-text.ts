import { visibleText } from "./visible-text.ts";

/** How much of one stranger's text a message shows. */
const SHOWN_LENGTH = 200;

/**
 * Text by strangers for Slack's mrkdwn. Slack reads `&`, `<` and `>` as the beginning of its own signs, so those three are
 * escaped, once; without them nothing is a mention, a link or a broadcast.
 */
export function slackText(untrusted: string, limit: number = SHOWN_LENGTH): string {
  return visibleText(untrusted, limit)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
