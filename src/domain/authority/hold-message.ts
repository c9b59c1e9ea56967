import type { Effect } from "../effect.ts";
import { slackText } from "../escape/slack-text.ts";
import { cutCodePoints } from "../escape/visible-text.ts";
import type { RepositoryFacts } from "../model.ts";
import type { Policy } from "../policy.ts";
import * as wording from "../wording/authority.ts";

const MOST_CHARACTERS = 3_000;
const REASON_LENGTH = 500;

/** Something that everybody in the channel has to know; `text` is safe already. Without a channel nothing is said. */
export function channelMessage(
  repository: Pick<RepositoryFacts, "id" | "owner" | "name">,
  policy: Pick<Policy, "notify">,
  key: string,
  text: string,
): readonly Effect[] {
  const { slack } = policy.notify;
  if (slack === null) return [];
  const place = slackText(`${repository.owner}/${repository.name}`);
  return [
    {
      kind: "slack",
      repositoryId: repository.id,
      key,
      thread: null,
      to: { kind: "channel", channel: slack.channel },
      text: cutCodePoints(wording.inRepository(place, text), MOST_CHARACTERS),
    },
  ];
}

/** A stranger's reason, for Slack. */
export function reasonInSlack(because: string | null): string | null {
  return because === null ? null : slackText(because, REASON_LENGTH);
}
