/** Said to a merge queue, in a status, where tickets are not judged. */
export function noTicketsAsked(): string {
  return "the policy asks for no tickets";
}
export function groupNotJudged(): string {
  return "could not verify: .github/holdpoint.yml cannot be used";
}
