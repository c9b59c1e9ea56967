import { markdownProse } from "../escape/markdown-prose.ts";
import { cutCodePoints } from "../escape/visible-text.ts";
import type { Reason } from "../gate/gate.ts";
import { moment } from "./counted.ts";

/** GitHub's limit for a comment on a deployment. */
const MAX_COMMENT = 1_024;
/** Kept free for the line that says how many more there are. */
const ROOM_FOR_MORE = 40;
const MAX_REASON = 400;

/** Why a job waits, and until when at most. */
export function jobWaits(reasons: readonly Reason[], until: Date): string {
  return withReasons(
    `The gate is not open, so this job waits; if it is still shut at ${moment(until)}, the job is rejected.`,
    reasons,
  );
}

export function jobRejected(reasons: readonly Reason[], asked: Date): string {
  return withReasons(
    `The gate was not open since ${moment(asked)}, so this job is rejected. Run it again once the gate is open.`,
    reasons,
  );
}

/** No policy: there is nothing to wait for. */
export function jobRejectedAtOnce(reasons: readonly Reason[]): string {
  return withReasons("This job is rejected.", reasons);
}

/** `reasons`: what was lifted, or is only observed. */
export function jobApproved(reasons: readonly Reason[]): string {
  return withReasons("The gate is open.", reasons);
}

export function jobObserved(reasons: readonly Reason[]): string {
  return withReasons("The policy only observes: this would not go out if it were enforced.", reasons);
}

export function jobNotGoverned(): string {
  return "Not governed: the policy of this repository does not name this environment.";
}

export function callbackElsewhere(): string {
  return "The callback address is not the one of that run at the GitHub that Holdpoint is set up for, so it was not called.";
}

export function runIsOver(): string {
  return "The run is over, and waits for no answer any more.";
}

export function runNotWaitingYet(): string {
  return "GitHub does not say yet that the run waits for an answer.";
}

/** As many reasons as there is room for, the gravest first. */
function withReasons(first: string, reasons: readonly Reason[]): string {
  const lines = [first];
  let length = first.length;
  for (const [index, reason] of reasons.entries()) {
    const line = reasonLine(reason);
    const isLast = index === reasons.length - 1;
    if (length + line.length + 2 > MAX_COMMENT - (isLast ? 0 : ROOM_FOR_MORE)) {
      lines.push(`- and ${reasons.length - index} more`);
      break;
    }
    // A blank line before the list, for Markdown.
    lines.push(index === 0 ? `\n${line}` : line);
    length += line.length + (index === 0 ? 2 : 1);
  }
  return lines.join("\n");
}

function reasonLine({ message, who }: Reason): string {
  return `- ${markdownProse(cutCodePoints([message, who].filter((part) => part !== "").join(" – "), MAX_REASON))}`;
}
