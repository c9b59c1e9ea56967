import { markdownCode } from "../escape/markdown-code.ts";
import { mention } from "../escape/mention.ts";
import { listed } from "../wording/counted.ts";
import * as wording from "../wording/compliance-issue.ts";
import { fitLines } from "./fit-lines.ts";
import type { IssueView, TaggedPerson } from "./issue-view.ts";

const NAME_LENGTH = 60;
const MOST_LISTED = 30;
const MOST_CHARACTERS = 6_000;

/** Who is mentioned and why, each once; then those that are only named. */
export function issuePeople({ people }: Pick<IssueView, "people">): readonly string[] {
  const byName = new Map<string, { readonly who: TaggedPerson; readonly why: TaggedPerson["because"][] }>();
  for (const who of people.tagged) {
    const key = `${who.kind}:${who.name.toLowerCase()}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { who, why: [who.because] });
    else if (!known.why.includes(who.because)) known.why.push(who.because);
  }
  const told = [...byName.values()].map(({ who, why }) =>
    wording.personTold(mention(who), why.map(wording.becauseOf)),
  );
  const names = people.listed.map((name) => markdownCode(name, NAME_LENGTH));
  return [
    wording.peopleHeading(),
    ...(told.length === 0 ? [wording.nobodyTold()] : []),
    ...fitLines(told, MOST_CHARACTERS, wording.rangeCut),
    ...(names.length === 0 ? [] : ["", wording.listedWithoutMention(listed(names, MOST_LISTED))]),
    ...(people.ownersMayBeIncomplete ? ["", wording.ownersMayBeIncomplete()] : []),
  ];
}
