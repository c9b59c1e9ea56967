/**
 * What is said once when something about a compliance issue changes: `inNote` on the issue, in Markdown, `inSlack` in Slack's mrkdwn.
 * Names, moments and links arrive safe for the place they go to; the words are the same in both.
 */
type Place = "note" | "slack";

export interface Words {
  /** `` `integration` `` and the others. */
  readonly checks: string;
  readonly several: boolean;
  readonly trunk: string;
  readonly environments: string;
}

function bold(place: Place, text: string): string {
  return place === "note" ? `**${text}**` : `*${text}*`;
}
function are({ several }: Pick<Words, "several">): string {
  return several ? "are" : "is";
}

export function openedMessage(words: Words, place: string, since: string, due: string, span: string): string {
  return `*${words.checks} ${are(words)} red on ${words.trunk}* (${place}) since ${since}. Deploys to ${words.environments} stop at ${due}, ${span} after it began, unless green by then.`;
}
export function adoptedMessage(
  words: Words,
  place: string,
  since: string,
  due: string,
  span: string,
): string {
  return `*${words.checks} ${are(words)} already red on ${words.trunk}* (${place}), since ${since}, when Holdpoint began to watch. Deploys to ${words.environments} stop at ${due}, ${span} after that, unless green by then.`;
}
export function brokeIn(pullRequests: string): string {
  return `Broke in ${pullRequests}.`;
}
export function toldAre(names: string): string {
  return `For ${names}.`;
}
export function linksAre(run: string, issues: string): string {
  return `${run} · ${issues}`;
}
export function firstRedRun(): string {
  return "first red run";
}
export function complianceIssues(): string {
  return "compliance issues";
}
export function personallyTold(because: "author" | "code-owner" | "owner"): string {
  switch (because) {
    case "author":
      return "You are told because you wrote a pull request of the range in which it broke.";
    case "code-owner":
      return "You are told because you own code that changed when it broke.";
    case "owner":
      return "You are told because the policy names you as an owner of the check.";
  }
}

export function alsoRed(place: Place, words: Words, due: string): string {
  return `${bold(place, `${words.checks} ${are(words)} red, too`)}, since the same commit. Due at ${due}.`;
}
export function reminder(place: Place, words: Words, left: string, due: string): string {
  return `${bold(place, `${left} left`)}: ${words.checks} ${are(words)} still red on ${words.trunk}, and deploys to ${words.environments} stop at ${due}.`;
}
export function dueNow(place: Place, words: Words, due: string): string {
  return `${bold(place, "No time left")}: ${words.checks} ${are(words)} still red on ${words.trunk}, and deploys to ${words.environments} stop at ${due}.`;
}
export function verifying(place: Place, words: Words, until: string): string {
  return `${bold(place, "Time is up, and a newer run is under way.")} Deploys to ${words.environments} stop at ${until} unless it turns ${words.checks} green.`;
}
export function unverified(place: Place, words: Words): string {
  return `${bold(place, "Time is up, and GitHub cannot be read.")} Deploys to ${words.environments} are held until it can be confirmed whether ${words.checks} ${are(words)} still red.`;
}
export function expired(place: Place, words: Words): string {
  return `${bold(place, `Deploys to ${words.environments} are halted`)}: ${words.checks} ${are(words)} still red on ${words.trunk} past the deadline.`;
}
export function expiredNext(whom: string, label: string): string {
  return `They go on with a green run; until then ${whom} can lift the halt with the label ${label} on the issue.`;
}
export function relapsed(place: Place, words: Words, due: string): string {
  return `${bold(place, `${words.checks} ${are(words)} red again`)}, less than a day after the green run and without a new pull request since: the same clock goes on, due at ${due}.`;
}
export function resolvedAll(place: Place, words: Words, how: string): string {
  return `${bold(place, words.several ? "All over" : "Over")}: ${words.checks} ${how}. Nothing is held by this any more.`;
}
export function resolvedSome(place: Place, words: Words, how: string, others: string): string {
  return `${bold(place, words.checks)} ${how}. Still red: ${others}.`;
}
export function endedHow(
  as: "green" | "gone" | "by-hand" | "void",
  several: boolean,
  by: string | null,
): string {
  const verb = several ? "are" : "is";
  switch (as) {
    case "green":
      return `${verb} green again`;
    case "gone":
      return `${verb} no longer part of the workflow`;
    case "by-hand":
      return `${several ? "were" : "was"} closed by ${by ?? "somebody"}`;
    case "void":
      return `${verb} not watched any more`;
  }
}
export function endedDifferently(): string {
  return "have ended";
}
export function extended(place: Place, by: string, because: string, due: string): string {
  return `${bold(place, `More time from ${by}`)}: due at ${due} now. Because: ${because}`;
}
export function reopened(words: Words): string {
  return `Opened again: ${words.checks} ${are(words)} still red on ${words.trunk}. It closes by itself with a green run; closing it does not stop the clock.`;
}
export function reopenedQuietly(waitingFor: string): string {
  return `Opened again: waiting for a green run on ${waitingFor}.`;
}
export function overrideBegan(place: Place, by: string, until: string): string {
  return `${bold(place, `Halt lifted by ${by}`)} until ${until}.`;
}
export function reasonGiven(because: string): string {
  return `Because: ${because}`;
}
export function reasonAsked(): string {
  return "No reason was given: please reply with one, it goes on record.";
}
export function overrideEndedByItself(place: Place): string {
  return `${bold(place, "The override is over.")} What is still red past its deadline halts deploys again.`;
}
export function overrideEndedBy(place: Place, by: string): string {
  return `${bold(place, `The override was ended by ${by}.`)} What is still red past its deadline halts deploys again.`;
}
