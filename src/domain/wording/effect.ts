/** Kept with an effect that nobody tries to make true. */
export function nothingDoneForRepository(): string {
  return "not posted: the repository is gone or archived, or the App is suspended or no longer installed there";
}
