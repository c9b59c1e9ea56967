import { quoted } from "./counted.ts";

/** What the git hook says to somebody who is about to commit. */
export function messageWithoutTicket(
  subject: string,
  seen: readonly string[],
  projects: readonly string[],
  file: string,
): string {
  const example = seen[0] ?? `${projects[0] ?? "PLAY"}-123`;
  const only = projects.length === 0 ? "" : ` of ${projects.join(", ")}`;
  const found =
    seen.length === 0
      ? `names no ticket${only}`
      : `only mentions ${seen.slice(0, 5).join(", ")}, which is not where a ticket${only} is named`;
  return [
    `holdpoint: ${quoted(subject)} ${found}.`,
    `  Begin the subject with it (“${example}: what it does”), or add a line “Jira: ${example}”.`,
    `  The message decides, not the branch's name. Your text is kept: git commit -e -F ${file}`,
    "",
  ].join("\n");
}
export function messageNotReadable(path: string, code: string): string {
  return `holdpoint: cannot read the commit message in ${quoted(path)} (${code}). Git passes its path as the hook's first argument.\n`;
}
export function hookInstalled(path: string): string {
  return `Installed ${path}. From now on git refuses commit messages without a ticket there; git commit --no-verify goes past it once.\n`;
}
export function hookUpdated(path: string): string {
  return `${path} was installed by holdpoint before and is up to date now.\n`;
}
export function foreignHook(path: string): string {
  return [
    `holdpoint: there is another commit-msg hook already, ${path}, and it was left as it is. Add this line to it:`,
    '  holdpoint hook commit-msg "$1" || exit 1',
    "",
  ].join("\n");
}
export function hookNotWritten(path: string, code: string): string {
  return `holdpoint: cannot write ${path} (${code}). Check the folder's permissions.\n`;
}
/** The first lines of the installed file; the second is how it is known again. */
export function hookHeader(): readonly string[] {
  return [
    "#!/bin/sh",
    "# holdpoint hook commit-msg",
    "# Refuses a commit message without a ticket. Remove this file to be rid of it.",
  ];
}
export function commitMessageHookHelp(): string {
  return [
    "holdpoint hook commit-msg FILE [--policy FILE]",
    "",
    "Refuses the commit message in FILE unless it carries a ticket; git runs it as the hook commit-msg.",
    "Merges, reverts, fixup! and squash! commits need none, nor what .github/holdpoint.yml exempts by subject.",
    "Exits 0 where the message may be committed, 1 where not, 2 when it could not be read.",
    "",
  ].join("\n");
}
export function hookInstallHelp(): string {
  return [
    "holdpoint hook install [--git PATH]",
    "",
    "Writes the hook commit-msg into the clone at PATH (default: here), where core.hooksPath says or in .git/hooks.",
    "A hook of somebody else's is left as it is, and you are told what to add to it.",
    "",
  ].join("\n");
}
export function hookFileMissing(): string {
  return "holdpoint: name the file with the commit message: holdpoint hook commit-msg .git/COMMIT_EDITMSG\n";
}
export function policyNotUsed(path: string): string {
  return `holdpoint: ${path} has problems and was not used; holdpoint policy check ${path} lists them.\n`;
}
