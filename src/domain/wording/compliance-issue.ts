import { counted, listed, shortSha } from "./counted.ts";

/** Every sentence of a compliance issue. Names, links and moments arrive as Markdown that is safe already. */

/** `integration red on main since 0a1b2c3`; names are safe for a title. */
export function issueTitle(names: readonly string[], trunk: string, sha: string): string {
  const [only = ""] = names;
  return names.length === 1
    ? `${only} red on ${trunk} since ${shortSha(sha)}`
    : `${counted(names.length, "check")} red on ${trunk} since ${shortSha(sha)}: ${listed(names, 2)}`;
}

export function redHeadline(trunk: string, since: string): string {
  return `**Red on ${trunk} since ${since}.**`;
}
export function alreadyRedHeadline(trunk: string, since: string): string {
  return `**Already red on ${trunk}, since ${since}, when Holdpoint began to watch.**`;
}
export function haltsUnlessGreen(environments: string, at: string, span: string): string {
  return `Deploys to ${environments} stop at ${at}, ${span} after it began, unless it is green by then.`;
}
export function adoptedHaltsUnlessGreen(environments: string, at: string, span: string): string {
  return `Deploys to ${environments} stop at ${at}, ${span} after that, unless it is green by then.`;
}
export function haltedHeadline(environments: string, since: string): string {
  return `**Deploys to ${environments} are halted since ${since}.**`;
}
export function haltEndsWithGreen(): string {
  return "They go on when every check that holds them is green, or when the halt is lifted: see below.";
}
export function liftedUntil(by: string, until: string): string {
  return `Lifted by ${by} until ${until}.`;
}
export function unverifiedHeadline(since: string): string {
  return `**Due since ${since}, and GitHub could not be read to confirm it.** Deploys are held until it can be read.`;
}
export function overHeadline(): string {
  return "**Over: nothing is held by this any more.**";
}

export function allEnvironments(): string {
  return "all environments";
}

export interface ChecklistWords {
  readonly name: string;
  readonly source: string;
  readonly since: string;
  readonly firstRun: string;
  readonly environments: string;
}
export function openCheck(
  { name, source, since, firstRun, environments }: ChecklistWords,
  due: string,
): string {
  return `- [ ] ${name}${source}: red since ${since}, first in ${firstRun}; holds ${environments} from ${due} on`;
}
export function waitingCheck(words: ChecklistWords, until: string): string {
  return openCheck(words, `${until} (a newer run is waited for until then)`);
}
export function expiredCheck(
  { name, source, since, firstRun, environments }: ChecklistWords,
  at: string,
): string {
  return `- [ ] ${name}${source}: red since ${since}, first in ${firstRun}; **holds ${environments} since ${at}**`;
}
export function endedCheck(name: string, source: string, how: string): string {
  return `- [x] ${name}${source}: ${how}`;
}
export function greenAgain(at: string, run: string | null): string {
  return `green again at ${at}${run === null ? "" : ` in ${run}`}`;
}
export function goneNow(at: string, run: string | null): string {
  return `at ${at} the workflow no longer had it${run === null ? "" : `, see ${run}`}`;
}
export function resolvedByHand(at: string, by: string, because: string | null): string {
  return `closed by ${by} at ${at}${because === null ? "" : `: ${because}`}`;
}
export function noLongerWatched(at: string, because: string | null): string {
  return `not watched any more since ${at}${because === null ? "" : `: ${because}`}`;
}
export function somebody(): string {
  return "somebody";
}
export function ofWorkflow(workflow: string): string {
  return ` of ${workflow}`;
}
export function ofApp(app: string): string {
  return ` by ${app}`;
}
export function andMoreChecks(count: number): string {
  return `- and ${counted(count, "more check")}`;
}

export function rangeHeading(): string {
  return "### Where it broke";
}
export function rangeFrom(after: string, upTo: string): string {
  return `After ${after}, the last green commit, up to ${upTo}:`;
}
export function rangeWithoutGreen(upTo: string): string {
  return `In ${upTo}, or before it: no green run was found before that commit.`;
}
export function byAuthor(name: string): string {
  return `by ${name}`;
}
export function withoutPullRequest(): string {
  return "without a pull request";
}
export function rangeCut(count: number): string {
  return `- and ${count} more`;
}
export function rangeIncomplete(): string {
  return "There is more than could be read.";
}

export function peopleHeading(): string {
  return "### Who is told";
}
export function becauseOf(because: "author" | "code-owner" | "owner"): string {
  switch (because) {
    case "author":
      return "wrote a pull request of that range";
    case "code-owner":
      return "owns code that it changed";
    case "owner":
      return "owns the check";
  }
}
export function personTold(who: string, why: readonly string[]): string {
  return `- ${who}: ${why.join(", ")}`;
}
export function listedWithoutMention(names: string): string {
  return `Also wrote in that range, not notified: ${names}.`;
}
export function ownersMayBeIncomplete(): string {
  return "The code owners may be incomplete: the list of changed files or CODEOWNERS could not be read to the end.";
}
export function nobodyTold(): string {
  return "Nobody: the policy names no owners for it, and nobody who can be notified wrote in that range.";
}

export function waysOutHeading(): string {
  return "### Three ways out";
}
export function fixForward(names: string, several: boolean, trunk: string): string {
  return `1. **Fix it forward.** As soon as ${names} ${several ? "are" : "is"} green on a newer commit of ${trunk}, this issue closes and the clock stops.`;
}
/** `pullRequests` are links; empty where there is none. */
export function takeBack(pullRequests: string): string {
  return pullRequests === ""
    ? "2. **Take it back**, on a branch of its own:"
    : `2. **Take it back** with the button "Revert" of ${pullRequests}, or on a branch of its own:`;
}
export function nothingToTakeBack(): string {
  return "2. **Take it back**: where it broke is not known, so the commit has to be found first.";
}
export function askForOverride(whom: string, label: string, override: string): string {
  return `3. **Ask for an override.** Once deploys are halted, ${whom} may put the label ${label} on this issue, or comment ${override}.`;
}
export function askForTime(extend: string): string {
  return `Before that, ${extend} gives more time.`;
}
export function mayOverride(allow: "admin" | "write"): string {
  return allow === "admin"
    ? "somebody with admin permission on this repository"
    : "somebody with write access to this repository";
}
export function teamsMayOverride(teams: string): string {
  return `a member of ${teams}`;
}

export function footnoteNewest(runs: string): string {
  return `Newest red run when this was last written: ${runs}.`;
}
export function writtenByHoldpoint(): string {
  return "Holdpoint keeps this text; what is changed here by hand is overwritten. Deploys are held by what it has stored, not by this issue.";
}

/** `links` lead to the cases' pages, where everything said and done is seen, and can be done, too. */
export function inHoldpoint(links: string): string {
  return `In Holdpoint: ${links}`;
}

export function deferredLabelDescription(): string {
  return "A deferred check is red on the trunk, and a clock runs";
}
export function haltLabelDescription(): string {
  return "Deploys are halted";
}
export function overrideLabelDescription(): string {
  return "Lifts the halts of this issue, put on by somebody authorised";
}

/** On an issue that was made twice because GitHub showed the first one late. */
export function duplicateOf(number: number): string {
  return `This was opened twice by mistake: #${number} is the one that counts. This one is closed and means nothing.`;
}
