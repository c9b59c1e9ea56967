import { quoted } from "./counted.ts";

/** What is said of a local clone: each refusal is one sentence that names the thing, and one with the next step. */
export function noSuchFolder(path: string): string {
  return `There is no folder ${quoted(path)}. Give the path of a git clone with --git.`;
}
export function notAClone(path: string): string {
  return `${quoted(path)} is no git clone. Give the top folder of a clone, its .git folder, or a bare clone.`;
}
export function ownedBySomebodyElse(path: string): string {
  return `${quoted(path)} belongs to another user, so git does not read it. Run holdpoint as its owner or, if you trust it: git config --global --add safe.directory '${path.replaceAll("'", "'\\''")}'`;
}
export function shallowClone(path: string): string {
  return `${quoted(path)} is a shallow clone, and the range reaches where its history was cut off. Run git fetch --unshallow in it, or clone with the whole history (fetch-depth: 0 in actions/checkout).`;
}
export function partialClone(path: string, detail: string): string {
  return `${quoted(path)} is a partial clone that lacks objects of this range, and holdpoint never fetches. Run git fetch --refetch --no-filter in it, or clone without --filter.${said(detail)}`;
}
export function noCommits(path: string): string {
  return `${quoted(path)} has no commits on its default branch. Name the trunk with --trunk, or give a clone that has some.`;
}
export function corruptClone(path: string, detail: string): string {
  return `Git could not read ${quoted(path)}. Run git fsck in it, and clone again where that reports errors.${said(detail)}`;
}
export function gitNotInstalled(): string {
  return "There is no git on this machine's PATH. Install git 2.30 or newer.";
}
export function gitTooOld(version: string, needed: string): string {
  return `Git ${version} is too old. Install git ${needed} or newer.`;
}
export function unknownRef(role: string, ref: string, path: string): string {
  return `There is no ${quoted(ref)} in ${quoted(path)}. Give --${role} a branch, a tag or a commit that is there; holdpoint never fetches, so run git fetch first where it is new.`;
}
export function ambiguousRef(role: string, ref: string): string {
  return `${quoted(ref)} is ambiguous. Give --${role} the full name, such as refs/heads/${ref} or refs/tags/${ref}, or the whole sha.`;
}
export function notACommit(role: string, ref: string): string {
  return `${quoted(ref)} is no commit. Give --${role} a branch, a tag or a commit.`;
}
function said(detail: string): string {
  return detail === "" ? "" : ` Git said: ${detail}`;
}
