/** What a page says of a gate that it could not confirm: clauses without a full stop, as the gate's own. */
export function neverLookedAt(): string {
  return "nothing was looked at here yet";
}
export function whoLooksFirst(): string {
  return "nobody has to do anything: Holdpoint is reading it, and this page shows it by itself";
}
export function notConfirmed(): string {
  return "what is known was not confirmed any more";
}
export function whoConfirms(): string {
  return "Holdpoint asks GitHub again by itself; “Check again” asks at once";
}
