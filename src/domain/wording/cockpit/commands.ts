/** What is answered to commands in the cockpit alone, in Markdown like all answers. Names arrive safe. */

/** The page was shown before the head moved. */
export function headMoved(shown: string, now: string): string {
  return `The deploy head is ${now} now, and what you saw was ${shown}: nothing was lifted. Look at what holds it now, and say it once more.`;
}
/** In the cockpit: what happened between the look at the page and the answer. */
export function doneBefore(): string {
  return "Somebody else was faster: it was done already, and nothing was changed.";
}
/** On the case's issue: who said what in the cockpit; the answer follows. */
export function saidInCockpit(person: string, command: string, because: string | null): string {
  return `${person} in the cockpit: ${command}${because === null ? "." : `, because: ${because}`}`;
}
export function retryNeedsWrite(): string {
  return "Trying something again needs write access to this repository: nothing was done. Ask somebody who has it.";
}
export function nothingToRetry(): string {
  return "There is nothing left to try again: it has come through, or nobody wants it any more.";
}
export function triedAgain(): string {
  return "It is being tried again; this page shows what came of it by itself.";
}
