import { counted, grouped, listed, quoted, shortSha } from "../counted.ts";
import { share } from "./amounts.ts";

/** What `holdpoint hindsight` prints for people. Numbers in sentences are written by `amounts`. */
export function hindsightHelp(): string {
  return `holdpoint hindsight --git CLONE [--days 365] [--policy FILE | --grace 72h --confirm 1] …

Shows what Holdpoint would have done to a year that is over: issues, halts, hours halted, and what a longer
grace or a second red run would have spared. The trunk of the clone is the world; nothing is fetched or written.
What CI said is drawn from a model, or read from --results; Holdpoint's own rules judge it.

The history
--git       a local clone, bare or with a work tree
--trunk     a branch; without it the policy's trunk, the default branch of origin, or HEAD
--days      how long a time (365), up to --until, a day such as 2026-11-21, or the newest commit
--name      what to call the repository; without it its folder's name

The policy
--policy    a policy file: its deferred checks, grace and so on; --grace and --confirm replace its own
--grace     how long a check may be red before deploys halt (72h)
--confirm   how many red commits in a row open a case (1)

The model, where nothing was recorded. The defaults are no measurement: put in your own.
--checks    how many deferred checks there are (3), where no policy names them
--breakage  how likely a commit breaks a check (0.4%)
--flakes    how likely a run of a sound commit is red all the same (0.5%)
--repair    half of the repairs take longer (16h)
--slow-repair  one in ten takes longer (96h), and none longer than four times that
--run       how long a run takes (50m)
--reverts   a commit taken back within this time broke something (14d); 0d: reverts prove nothing
--seed      the first seed (1); --seeds  how many years are drawn (20)

Recorded results instead
--results   a CSV file with the columns check, sha, finished_at, conclusion and, if you have it, attempt

What comes out
--json      the whole result, schema holdpoint.hindsight/1
--svg FILE  a picture of the year
--names     with --json: whom each issue would have mentioned

Exit code 0: here it is. 2: could not.
`;
}

export function ownCheckName(number: number): string {
  return `check ${number}`;
}

export function hindsightTitle(name: string, trunk: string): string {
  return `Hindsight: what Holdpoint would have done on ${quoted(trunk)} of ${name}`;
}
export function windowLine(from: string, until: string, days: number): string {
  return `${from} to ${until}, ${counted(days, "day")}`;
}
export function commitsLine(commits: number, oldest: string, newest: string, days: number): string {
  const landed = days === 1 ? "all on one day" : `on ${grouped(days)} days`;
  return `${grouped(commits)} ${commits === 1 ? "commit" : "commits"} on the line of first parents (${shortSha(oldest)} to ${shortSha(newest)}), ${landed}`;
}
export function beginsLine(begins: string): string {
  return `the history begins on ${begins}: the rest of the window is empty`;
}
export function movedLine(moved: number): string {
  return `${counted(moved, "commit")} ${moved === 1 ? "has a time" : "have times"} that cannot be right, because commits below ${moved === 1 ? "it are" : "them are"} younger; ${moved === 1 ? "it counts" : "they count"} as landed with the commit below`;
}
export function requestsLine(withRequest: number, commits: number): string {
  return withRequest === 0
    ? "no commit names a pull request, so that nobody would have been mentioned but owners, and a check that is red again within a day goes on as the same case"
    : `${share(Math.round((withRequest / commits) * 100) / 100)} of the commits name the pull request that brought them`;
}

export function realHeading(): string {
  return "Real";
}
export function realHistory(): string {
  return "the commits, their order, their times and who wrote them";
}
export function realRevert(found: number, counted_: number, within: string, median: string | null): string {
  if (found === 0) return "no commit of the window was taken back in it";
  const took = median === null ? "" : ` (half of them took more than ${median})`;
  return `${counted(found, "commit")} ${found === 1 ? "was" : "were"} taken back; ${counted_} of them within ${within}${took}: each broke one check, from its landing to its revert`;
}
export function modelledHeading(): string {
  return "Modelled";
}
export function modelRuns(checks: readonly string[], run: string): string {
  return `what CI said: ${counted(checks.length, "deferred check")} (${listed(checks, 4)}) on every commit, ${run} each`;
}
export function modelBreakage(part: number): string {
  return `a commit breaks a check with a likelihood of ${share(part)}`;
}
export function modelRepair(median: string, slow: string, longest: string): string {
  return `half of the repairs take more than ${median}, one in ten more than ${slow}, none more than ${longest}; the next real commit after that is green`;
}
export function modelFlakes(part: number): string {
  return `${share(part)} of the runs of sound commits are red; somebody tries them again after as long as a repair takes`;
}
export function modelPeople(): string {
  return "nobody hurries because of a warning, overrides, extends or resolves anything";
}
export function modelSeeds(seeds: number, first: number, last: number): string {
  return seeds === 1
    ? `one year is drawn (seed ${first}). One draw is an anecdote: ask for more --seeds`
    : `${seeds} years are drawn (seeds ${first} to ${last}); figures are the median, then the lowest and the highest`;
}
export function recordedHeading(): string {
  return "Recorded";
}
export function recordedLine(judged: number, checks: readonly string[], file: string): string {
  return `${grouped(judged)} ${judged === 1 ? "result" : "results"} of ${counted(checks.length, "check")} (${listed(checks, 4)}) in ${file}`;
}
export function recordedFlakes(): string {
  return "a red result that a further attempt on the same commit turned green counts as flaky, every other one as broken";
}
export function recordedPeople(): string {
  return "people did what they did without Holdpoint: nobody was warned, and nobody overrode anything";
}
export function notDeferredLine(checks: readonly string[]): string {
  return `not deferred by the policy, and not judged: ${listed(checks, 6)}`;
}
export function outsideLine(results: number): string {
  return `${grouped(results)} ${results === 1 ? "result is" : "results are"} of this trunk, but not of this time, and not judged`;
}
export function unknownLine(results: number, shas: readonly string[], trunk: string): string {
  return `${grouped(results)} ${results === 1 ? "result is" : "results are"} of commits that ${quoted(trunk)} does not have: ${listed(shas.map(shortSha), 6)}`;
}

export function policyHeading(): string {
  return "Policy";
}
export function policyLine(checks: readonly string[], file: string | null): string {
  return `${listed(checks, 6)}${file === null ? "" : `; from ${file}`}`;
}
export function observedLine(): string {
  return "its mode is observe: nothing would have been held; this is what enforce would have done";
}
export function environmentLine(environment: string): string {
  return `halts of ${quoted(environment)}, the main environment, are counted`;
}
export function gracePlan(name: string, grace: string, confirm: number): string {
  return `${name}: grace ${grace}, confirm ${confirm}`;
}
export function sameGrace(grace: string, confirm: number): string {
  return `grace ${grace}, confirm ${confirm}`;
}

export const FIGURE_LABELS = {
  issues: "issues opened",
  flaky: "of them for a flaky run",
  people: "authors mentioned",
  mostMentions: "the one most often",
  halts: "issues that halted deploys",
  flakyHalts: "of them for a flaky run",
  halted: "deploys halted",
  longest: "the longest halt",
  haltDays: "days with commits and a halt",
  untold: "broken, and nobody told",
  letOut: "broken, and deploys open",
} as const;
export function timesAndPeople(mentions: string, people: string): string {
  return `${several(mentions, "time", "times")}, ${several(people, "person", "people")}`;
}
export function ofAll(value: string, all: string): string {
  return `${value} of ${all}`;
}

export function comparisonHeading(): string {
  return "With another policy";
}
export const COMPARISON_COLUMNS = [
  "issues",
  "halts",
  "halted",
  "longest",
  "halt days",
  "not told",
  "let out",
] as const;
export function asAsked(): string {
  return "as asked";
}
export function longerGrace(grace: string): string {
  return `grace ${grace}`;
}
export function confirmed(confirm: number): string {
  return `confirm ${confirm}`;
}
export function columnsMeaning(): string {
  return "not told: a check was broken and no issue said so. let out: it was broken and deploys were open.";
}
export function sparesLine(name: string, spared: string, cost: string): string {
  return `${name} would have spared ${spared}; it would have cost ${cost}.`;
}
export function sparedWords(issues: string, halts: string, hours: string): string {
  const counts = [several(issues, "issue", "issues"), several(halts, "halt", "halts")];
  return `${counts.join(", ")} and ${hours} of halted deploys`;
}
export function costWords(untold: string, letOut: string): string {
  return `${untold} more of breakage that nobody was told of, and ${letOut} more in which it could go out`;
}

export function yearHeading(seed: number | null, ofSeeds: number): string {
  if (seed === null) return "The halts";
  return ofSeeds === 1
    ? `The halts of seed ${seed}`
    : `The halts of seed ${seed}, the year nearest to the medians`;
}
export function noHalts(): string {
  return "none";
}
export function haltRow(from: string, hours: string, checks: string, because: string): string {
  return `${from}  ${hours.padStart(8)}  ${checks}  ${because}`;
}
export function becauseOf(because: "revert" | "result" | "draw" | "flake", sha: string): string {
  return {
    revert: `${shortSha(sha)} was taken back later`,
    result: `red since ${shortSha(sha)}`,
    draw: "drawn, says nothing about the commit",
    flake: "a flaky run that nobody tried again in time",
  }[because];
}
export function andMoreHalts(count: number): string {
  return `… and ${count} more; --json lists all`;
}

export function modelledCaution(): string {
  return "These are results of a model, not of your CI: put in your own rates, or give recorded results with --results.";
}
export function pictureWritten(file: string): string {
  return `The picture is in ${file}.`;
}

/** The count is written already, with its range where there is one. */
function several(count: string, one: string, many: string): string {
  return `${count} ${count === "1" ? one : many}`;
}
