export function readingAgain(): string {
  return "Everything is being read again; what is found appears here by itself.";
}

/** While the queue still tries. */
export function notYetThrough(): string {
  return "Something that Holdpoint needs is not answering, so nothing was done yet. Holdpoint tries again by itself for some minutes, and says here what came of it.";
}
/** A day later. */
export function lostOnItsWay(): string {
  return "Holdpoint did not get to it within a day, so nothing was done and nothing will be. Ask once more.";
}
/** The same of what was to be written to Jira, some of which may stand there. */
export function neverAtJira(): string {
  return "It did not get through to Jira within a day, so it was given up: nothing more is written. Look at the ticket, and ask once more.";
}
/** After the last try. */
export function neverThrough(request: number): string {
  return `Holdpoint tried and did not get through, so nothing was done. Ask once more; if that fails, too, whoever runs Holdpoint finds request ${request} in its log.`;
}
