/** What stays with a message that will not be sent, or not yet: what was seen, and what somebody can do about it. */

const NEXT_STEPS: Readonly<Record<string, string>> = {
  not_in_channel: "Holdpoint's bot is not in the channel: say /invite @holdpoint there",
  channel_not_found:
    "Slack shows the bot no such channel: check notify.slack.channel, and say /invite @holdpoint in it if it is private",
  is_archived: "the channel is archived: name another one under notify.slack.channel",
  channel_is_archived: "the channel is archived: name another one under notify.slack.channel",
  restricted_action: "the workspace does not let the bot post there: ask an admin of the workspace",
  restricted_action_read_only_channel:
    "the channel is read-only for the bot: let it post there, or name another one under notify.slack.channel",
  restricted_action_thread_locked: "the thread is locked: unlock it to see what follows there",
  restricted_action_non_threadable_channel:
    "the channel takes no threads: name another one under notify.slack.channel",
  cannot_reply_to_message: "that message takes no replies",
  thread_not_found: "the message that this one replies to is gone",
  message_not_found: "the message that this one replies to is gone",
  user_not_found: "Slack knows no such person: check notify.slack.people",
  users_not_found: "Slack knows no such person: check notify.slack.people",
  user_not_visible: "the bot may not see that person: a guest can only be written to from a shared channel",
  user_disabled: "that person's account in Slack is no longer active: check notify.slack.people",
  cannot_dm_bot: "a bot takes no direct messages: check notify.slack.people",
  messages_tab_disabled:
    "the App takes no direct messages: switch on its messages tab under App Home in its settings at Slack",
  msg_too_long: "the message is too long for Slack",
  msg_blocks_too_long: "the message is too long for Slack",
  invalid_blocks: "Slack does not take the message's form",
  invalid_blocks_format: "Slack does not take the message's form",
  no_text: "the message is empty",
  missing_scope:
    "the bot lacks a scope: add those of docs/slack.md under OAuth & Permissions, and install the App again",
  no_permission: "the bot may not do that: compare its scopes with docs/slack.md",
  invalid_auth: "Slack does not know SLACK_BOT_TOKEN: copy the bot token (xoxb-…) anew and restart",
  not_authed: "Slack got no token: set SLACK_BOT_TOKEN to the bot token (xoxb-…) and restart",
  not_allowed_token_type: "SLACK_BOT_TOKEN is another kind of token: it must be the bot token (xoxb-…)",
  account_inactive:
    "the bot's account is not active: install the App again in Slack and set SLACK_BOT_TOKEN anew",
  token_revoked: "SLACK_BOT_TOKEN was revoked: install the App again in Slack and set it anew",
  token_expired: "SLACK_BOT_TOKEN has expired: set a new one, and switch token rotation off",
  team_access_not_granted: "the App is not approved for this workspace: ask an admin of the workspace",
  org_login_required: "the workspace is being moved: nothing can be posted until that is done",
  team_added_to_org: "the workspace is being moved: nothing can be posted until that is done",
};

/** Slack's own name of an error with what to do about it. */
export function slackSays(error: string): string {
  const step = NEXT_STEPS[error];
  return step === undefined
    ? `Slack answered ${error}: see https://docs.slack.dev/reference/methods/chat.postMessage#errors`
    : `Slack answered ${error}: ${step}`;
}

export function slackNotSetUp(): string {
  return "not sent: Slack is not set up (SLACK_BOT_TOKEN is not set)";
}

export function personNotOnSlack(login: string): string {
  return `not sent: no Slack account was found for ${login}, neither under notify.slack.people nor by a public e-mail address`;
}

export function slackPaused(): string {
  return "Slack asked to be left alone until then";
}

export function slackBusy(): string {
  return "one message a second is sent to a channel";
}

export function slackUnreachable(code: string): string {
  return `Slack did not answer (${code})`;
}

export function slackHttp(status: number): string {
  return `HTTP ${status}`;
}

export function slackOddAnswer(): string {
  return "the answer was not one of Slack's";
}

export function slackAnswerTooLarge(bytes: number): string {
  return `more than ${bytes} bytes`;
}

export function slackForeignAddress(): string {
  return "an address of another origin";
}
