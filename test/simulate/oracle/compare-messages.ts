import type { Fact } from "../fact.ts";
import type { Difference, Expected } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { issueOf } from "./issues.ts";

type Message = Seen["messages"][number];
type Wrong = Pick<Difference, "what" | "expected" | "seen">;

/** The channel: nothing twice, and of every issue that it opened, that it halts, and that it is over; where the policy has a channel. */
export function compareMessages(
  expected: Expected,
  seen: Seen,
  facts: readonly Fact[],
): readonly Difference[] {
  const wrong = [...postedTwice(seen), ...(hasChannel(facts, seen) ? notPosted(expected, seen) : [])];
  return wrong.map((one) => ({ ...one, repository: seen.repository, at: seen.at }));
}

function postedTwice({ messages }: Seen): readonly Wrong[] {
  const keys = messages.map(({ key }) => key);
  return messages
    .filter(({ key }, at) => key !== null && keys.indexOf(key) !== at)
    .map(({ text }) => ({ what: "said twice", expected: "once on Slack", seen: text }));
}

/** It has had one all the time: whether what was missed while there was none comes later is not said. */
function hasChannel(facts: readonly Fact[], seen: Seen): boolean {
  const policies = facts.filter((fact) => fact.kind === "policy" && fact.repository === seen.repository);
  return policies.every(
    (fact) => fact.kind === "policy" && typeof fact.policy !== "string" && fact.policy.slack,
  );
}

function notPosted(expected: Expected, seen: Seen): readonly Wrong[] {
  return expected.issues.flatMap(({ firstRed, open }) => {
    const issue = issueOf(seen, firstRed);
    if (issue === null || open === "maybe") return [];
    const about = `#${String(issue.number)} (${firstRed.slice(0, 7)})`;
    const thread = threadOf(firstRed, seen);
    if (thread === null) return [missing(`the channel hears that ${about} was opened`, seen.messages)];
    const expired = expected.cases.some((one) => one.firstRed === firstRed && one.expired);
    const says = (words: string): boolean => thread.some(({ text }) => text.includes(words));
    return [
      ...(expired && !says("are halted") ? [missing(`the channel hears that ${about} halts`, thread)] : []),
      ...(open === "no" && !says("Nothing is held by this any more")
        ? [missing(`the channel hears that ${about} is over`, thread)]
        : []),
    ];
  });
}

/** What was said about an issue, its opening first; null: nothing was. */
function threadOf(firstRed: string, { messages }: Seen): readonly Message[] | null {
  const opening = messages.find(({ thread, key }) => thread === null && key?.includes(firstRed) === true);
  if (opening === undefined) return null;
  return [
    opening,
    ...messages.filter(
      ({ thread }) => thread !== null && Math.floor(Number(thread) * 1_000) === opening.at.getTime(),
    ),
  ];
}

function missing(what: string, messages: readonly Message[]): Wrong {
  return { what: "not said", expected: what, seen: messages.at(-1)?.text ?? "nothing" };
}
