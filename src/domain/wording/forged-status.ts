/** The description in the place of a status that somebody set on a commit that was never judged. */
export function statusNotJudged(): string {
  return "could not verify: Holdpoint has not judged this commit, somebody else set this status";
}
