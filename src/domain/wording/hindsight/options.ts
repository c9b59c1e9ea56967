import { counted, quoted } from "../counted.ts";

/** What can be wrong with what was asked of `holdpoint hindsight`: one sentence each, with the next step. */
export function hindsightNeedsClone(): string {
  return "Name a local clone with --git PATH.";
}
export function takesNoMore(given: string): string {
  return `${quoted(given)} belongs to no option.`;
}
export function notACount(option: string, given: string, least: number, most: number): string {
  return `--${option} ${quoted(given)} is no whole number from ${least} to ${most}.`;
}
export function notADuration(option: string, given: string): string {
  return `--${option} ${quoted(given)} is no duration that can be meant here: write 90s, 30m, 72h or 14d.`;
}
export function notAShare(option: string, given: string): string {
  return `--${option} ${quoted(given)} is no share of a hundred: write it like 0.5%.`;
}
export function notADay(given: string): string {
  return `--until ${quoted(given)} is no day: write it like 2026-11-21.`;
}
export function repairsUpsideDown(): string {
  return "--slow-repair is shorter than --repair: one repair in ten takes longer than the first, half of them longer than the second.";
}
export function modelWithResults(options: readonly string[]): string {
  const names = options.map((name) => `--${name}`).join(", ");
  return `${names} ${options.length === 1 ? "is" : "are"} for the model; with --results nothing is drawn. Leave out one or the other.`;
}
export function checksOfPolicy(): string {
  return "--checks is for the model's own checks; with --policy its deferred checks are taken. Leave out one or the other.";
}
export function hindsightRefused(problems: readonly string[]): string {
  return `${problems.map((problem) => `holdpoint: ${problem}`).join("\n")}\nSee holdpoint hindsight --help.\n`;
}
export function nothingInWindow(from: string, until: string, newest: string): string {
  return `Nothing landed between ${from} and ${until}; the newest commit is of ${newest}. Ask for more --days, or for another --until.`;
}
export function historyCutOff(path: string, oldest: string, from: string): string {
  return `${quoted(path)} is a shallow clone whose history begins on ${oldest}, and the window on ${from}. Run git fetch --unshallow in it, or ask for fewer --days.`;
}
export function resultsUnreadable(file: string, code: string): string {
  const reason =
    {
      ENOENT: "there is no such file; check the path",
      EISDIR: "it is a folder; name the file in it",
      EACCES: "you may not read it; check its permissions",
    }[code] ?? `reading it failed (${code}); try again or check the path`;
  return `Cannot read ${file}: ${reason}.`;
}
export function resultsTooLarge(file: string, most: number): string {
  return `${file} is larger than ${most / 1_048_576} MB; ask for a shorter time, or leave out checks that are not deferred.`;
}
export function notText(file: string): string {
  return `${file} is no text in UTF-8; save it as CSV in UTF-8.`;
}
export function resultsWrong(
  file: string,
  problems: readonly { readonly line: number; readonly message: string }[],
  shown: number,
): string {
  const lines = problems.slice(0, shown).map(({ line, message }) => `${file}:${line} ${message}`);
  const more = problems.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [`… and ${more} more`] : []),
    `${counted(problems.length, "problem")}. Nothing was judged.`,
    "",
  ].join("\n");
}
export function noneOnTrunk(file: string, trunk: string): string {
  return `None of the commits that ${file} names is on ${quoted(trunk)} within the window. Check --trunk, --days and --until; merge commits and squashed commits have shas of their own.`;
}
export function noneSelected(file: string, checks: string): string {
  return `The policy defers none of the checks that ${file} names: ${checks}. Give a policy that does, or none: then all of them count.`;
}
export function svgUnwritable(file: string, code: string): string {
  const reason =
    {
      ENOENT: "there is no such folder",
      EISDIR: "it is a folder; name a file in it",
      EACCES: "you may not write there",
      EROFS: "nothing may be written there",
      ENOSPC: "there is no room left",
    }[code] ?? `writing it failed (${code})`;
  return `Cannot write ${file}: ${reason}.`;
}
