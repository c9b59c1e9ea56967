/** Kept with an effect that nobody tries to make true. */
export function nothingDoneForRepository(): string {
  return "not posted: the repository is gone or archived, or the App is suspended or no longer installed there";
}

/** Kept while a new issue waits, because the one before may have been opened. */
export function issueNotVisibleYet(): string {
  return "an earlier try may have opened it, and GitHub's list may not show it yet";
}

/** Kept with a note or a label whose issue GitHub does not take. */
export function noIssueToWriteOn(detail: string): string {
  return `not written: GitHub takes no issue here (${detail})`;
}

/** Kept while an issue that was opened once more waits for its second look. */
export function issueMayBeThereTwice(): string {
  return "it was opened, and so may have been another one before";
}
