import type { Reason } from "../../gate/gate.ts";
import type { OverridePolicy } from "../../policy.ts";
import { whoMayOverride } from "../gate.ts";
import { nextStep } from "../next-step.ts";

/** Who can do what about a reason, as a sentence for somebody who looks at the page that it can be done on. */
export function reasonStep(
  reason: Pick<Reason, "kind" | "code" | "who">,
  override: OverridePolicy | null,
): string {
  const here = mendedHere(reason.code);
  if (here !== null) return `${here}${orOverride(override)}`;
  if (reason.kind !== "verdict" && reason.kind !== "unverified") return sentence(reason.who);
  const step = nextStep({ code: reason.code, outcome: reason.kind === "verdict" ? "fail" : "unknown" });
  return step === "" || isOfThePage(reason.code) ? sentence(reason.who) : `${step}${orOverride(override)}`;
}

/** A message of the gate is a clause; as the first line of a reason it begins like a sentence. */
export function sentenceStart(clause: string): string {
  return clause.slice(0, 1).toUpperCase() + clause.slice(1);
}

function mendedHere(code: string): string | null {
  switch (code) {
    case "field-empty":
      return "Anybody with write access can fill it in here; in Jira, anybody who may edit the ticket.";
    case "status-not-allowed":
      return "Anybody with write access can move it on here, or take its work out of this deploy.";
    case "no-ticket":
      return "Anybody with write access can attach one here. Next time, put the key at the start of the pull request's title.";
    default:
      return null;
  }
}

/** What only a page says, in its own words. */
function isOfThePage(code: string): boolean {
  return (
    code === "stale" ||
    code === "not-judged" ||
    code === "expiry-unverified" ||
    code === "not-on-deploy-branch"
  );
}

function orOverride(override: OverridePolicy | null): string {
  return override === null ? "" : ` ${sentenceStart(whoMayOverride(override))} can override it.`;
}

function sentence(clause: string): string {
  if (clause === "") return "";
  const whole = sentenceStart(clause);
  return /[.…?!]$/.test(whole) ? whole : `${whole}.`;
}
