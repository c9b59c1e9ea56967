import type { Box } from "../../../src/sandbox/start-box.ts";

/** Every thread about the repository once, and nothing said twice in one. */
export function judgeMessages(box: Box, repository: string): readonly string[] {
  const about = box.slack.messages("C0DEPLOYS").filter(({ text }) => text.includes(repository));
  const wrong: string[] = [];
  for (const twice of repeated(about.map(({ text, threadTs }) => `${threadTs ?? ""} ${text}`))) {
    wrong.push(`said twice on Slack: ${twice.slice(0, 80)}`);
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
