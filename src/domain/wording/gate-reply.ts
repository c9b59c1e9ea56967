import { visibleText } from "../escape/visible-text.ts";
import type { GateReply, GateReplyReason } from "../gate/gate-reply.ts";
import { shortSha } from "./counted.ts";

/**
 * For programs that read no JSON: the first line alone is theirs, and nothing else begins like it. The sha stands last, so
 * that a name with spaces changes nothing.
 */
export function plainGateAnswer(reply: GateReply): string {
  const { decision, repository, environment, sha } = reply;
  const first = `holdpoint.gate/1 ${decision} ${repository} ${visibleText(environment, 255)} ${sha}`;
  return `${[first, ...reply.reasons.flatMap(reasonLines)].join("\n")}\n`;
}

/** For people: the decision, then why, since when, until when, and who can do what about it. */
export function gateTold(reply: GateReply): string {
  const { decision, would_be: wouldBe, repository, environment, sha } = reply;
  const would = decision === wouldBe ? "" : ` (would be ${wouldBe}, if the policy enforced it)`;
  const first = `${decision}: ${visibleText(repository, 140)} at ${shortSha(sha)} to ${visibleText(environment, 255)}${would}`;
  return `${[first, ...reply.reasons.flatMap(reasonLines)].join("\n")}\n`;
}

/** No line begins with anything but a space or a dash: build tools take some beginnings for commands. */
function reasonLines(reason: GateReplyReason): readonly string[] {
  const { code, message, who, url } = reason;
  const span = spanOf(reason);
  return [
    `- ${visibleText(code, 60)}: ${visibleText(message, 1_000)}${span === "" ? "" : ` (${span})`}`,
    ...(who === "" ? [] : [`  ${visibleText(who, 1_000)}`]),
    ...(url === null ? [] : [`  ${visibleText(url, 500)}`]),
  ];
}

/** Since when and until when, where the message does not say so itself. */
function spanOf(reason: GateReplyReason): string {
  const { message, since, until } = reason;
  return [
    { before: sinceWord(reason), at: since },
    { before: "until", at: until },
  ]
    .flatMap(({ before, at }) => (at === null ? [] : [{ before, at: shownMoment(at) }]))
    .filter(({ at }) => !message.includes(at))
    .map(({ before, at }) => `${before} ${at}`)
    .join(", ");
}

/** A check is red for longer than it holds; what a commit says is as old as the facts. */
function sinceWord({ kind, code }: GateReplyReason): string {
  if (kind === "case" || code === "expiry-unverified") return "holds since";
  return kind === "verdict" || kind === "unverified" ? "as of" : "since";
}

function shownMoment(at: string): string {
  return visibleText(at, 40).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1 $2 UTC");
}
