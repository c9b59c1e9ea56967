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
function reasonLines({ code, message, since, until, who, url }: GateReplyReason): readonly string[] {
  const span = [
    ...(since === null ? [] : [`since ${visibleText(since, 40)}`]),
    ...(until === null ? [] : [`until ${visibleText(until, 40)}`]),
  ].join(", ");
  return [
    `- ${visibleText(code, 60)}: ${visibleText(message, 1_000)}${span === "" ? "" : ` (${span})`}`,
    ...(who === "" ? [] : [`  ${visibleText(who, 1_000)}`]),
    ...(url === null ? [] : [`  ${visibleText(url, 500)}`]),
  ];
}
