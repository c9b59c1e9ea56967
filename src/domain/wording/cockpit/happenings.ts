import type { Answer } from "../../decision.ts";
import { visibleText } from "../../escape/visible-text.ts";
import type { Happening, Told } from "../../history/happening.ts";
import { listed, moment, quoted, shortSha } from "../counted.ts";
import { lasting } from "./moments.ts";
import { liftedReasons, reasonName } from "../reason-names.ts";
import { whyRefused } from "./refusals.ts";

const NAME_LIMIT = 80;
/** At the beginning of a sentence. */
const SOME = "A deferred check";

/** One sentence without who did it and without a full stop: names and commits are short. `hour` as in `timeSpan`. */
export function happened({ told, by, environment, links, lasted }: Happening, hour: number): string {
  const who = by === null ? null : nameOf(by);
  const where = environment === null ? "all environments" : nameOf(environment);
  const sha = links.commit === null ? "a commit" : shortSha(links.commit);
  const time = lasted === null ? "" : ` after ${lastingText(lasted, hour)}`;
  switch (told.what) {
    case "deployed":
      return who === null ? `${sha} went out to ${where}` : `${who} deployed ${sha} to ${where}`;
    case "gate":
      return gateSentence(told, sha, where);
    case "verdict":
      return `The verdict on ${sha} for ${where} is ${answerWord(told.decision)}${named(told.findings)}`;
    case "pull-request-verdict":
      return `The verdict on the tickets of ${told.number === null ? sha : `#${told.number}`} is ${answerWord(told.decision)}${named(told.findings)}`;
    case "job-answered":
      return `A job that waited to deploy ${sha} to ${where} was ${told.approved ? "approved" : `rejected${named(told.reasons)}`}`;
    case "forged-status":
      return `${who ?? "Somebody"} posted ${quoted(nameOf(told.context))} under Holdpoint's name${told.restored ? "; it was set right" : ""}`;
    case "halt-began":
      return `${who ?? "Somebody"} halted deploys to ${where}`;
    case "halt-ended":
      return `${who ?? "Somebody"} ended a halt${time}`;
    case "override-began":
      return `${who ?? "Somebody"} lifted ${lifted(told)} for ${where}${untilText(told.until)}`;
    case "override-ended":
      return who === null ? `An override ended by itself${time}` : `${who} ended an override${time}`;
    case "reason-given":
      return `${who ?? "Somebody"} said why a hold was lifted`;
    case "rollback-permitted":
      return `${who ?? "Somebody"} asked to roll ${where} back to ${sha}${untilText(told.until)}`;
    case "rolled-back-by-tool":
      return `${who ?? "A tool"} rolled ${where} back to ${sha}`;
    case "case-opened":
      return told.adopted
        ? `${checks(told, SOME)} was red already when Holdpoint began to watch it`
        : `${checks(told, SOME)} turned red on the trunk`;
    case "case-reminder":
      return `${lastingText(told.left, hour)} left for ${checks(told)}: people were reminded`;
    case "case-relapsed":
      return `${checks(told, SOME)} turned red again, and its clock goes on`;
    case "case-verifying":
      return `${checks(told, SOME)} is due, and a newer run is waited for`;
    case "case-unverified":
      return `${checks(told, SOME)} is due, and GitHub could not be read to confirm it`;
    case "case-expired":
      return `Deploys are halted: ${checks(told)} is past its deadline`;
    case "case-adopted":
      return `${checks(told, SOME)} gets its full grace, because it was red before it was enforced`;
    case "case-resolved":
      return `${checks(told, SOME)} ${endWord(told.as, time)}`;
    case "extended":
      return `${who ?? "Somebody"} gave ${checks(told)} more time${untilText(told.due)}`;
    case "issue-reopened":
      return "A compliance issue was closed, and opened again: it is not over";
    case "issue-refused":
      return "GitHub refused a compliance issue: the clock runs nonetheless";
    case "policy-accepted":
      return `${who ?? "Somebody"} accepted a looser policy`;
    case "ticket-attached":
      return `${who ?? "Somebody"} attached ${nameOf(told.ticket)} to ${sha}`;
    case "ticket-detached":
      return `${who ?? "Somebody"} took ${nameOf(told.ticket)} off ${sha}`;
    case "ticket-filled-in":
      return `${who ?? "Somebody"} filled in ${listed(told.fields.map((one) => quoted(nameOf(one))))} of ${nameOf(told.ticket)}`;
    case "ticket-moved":
      return `${who ?? "Somebody"} moved ${nameOf(told.ticket)} ${told.to === null ? "on" : `to ${quoted(nameOf(told.to))}`}`;
    case "ticket-refused":
      return `${nameOf(told.ticket)} was not ${told.wish} for ${who ?? "somebody"}: ${whyRefused(told.why)}`;
    case "label-refused":
      return told.label === null
        ? `What ${who ?? "somebody"} did to an issue was undone: ${whyRefused(told.why)}`
        : `The label ${quoted(nameOf(told.label))} of ${who ?? "somebody"} was undone: ${whyRefused(told.why)}`;
    case "command-refused":
      return `${quoted(`/holdpoint ${nameOf(told.command)}`)} of ${who ?? "somebody"} was refused: ${whyRefused(told.why)}`;
  }
}

function gateSentence(
  { decision, wouldBe, reasons, environments, others }: Extract<Told, { readonly what: "gate" }>,
  sha: string,
  where: string,
): string {
  const more = others === 0 ? "" : `, and for ${others} more`;
  const observed = decision === wouldBe ? "" : ` (it would be ${answerWord(wouldBe)})`;
  const gates =
    environments.length > 1
      ? `The gates of ${listed(environments.map(nameOf), 3)} are`
      : `The gate of ${where} is`;
  return `${gates} ${answerWord(decision)} for ${sha}${more}${observed}${named(wouldBe === "open" ? reasons : reasons.filter(isNoLift))}`;
}

/** What is lifted is no reason to hold. */
function isNoLift(reason: string): boolean {
  return !reason.startsWith("override: ");
}

function lifted({ checks: names, codes: all }: Extract<Told, { readonly what: "override-began" }>): string {
  if (names.length > 0) return listed(names.map(nameOf));
  return all.length === 0 ? "a hold" : liftedReasons(all);
}

function checks(
  { checks: names }: { readonly checks: readonly string[] },
  some: string = "a deferred check",
): string {
  return names.length === 0 ? some : listed(names.map(nameOf));
}

/** `case: expired` is `a deferred check is past its deadline`; what stands twice is said once. */
function named(reasons: readonly string[]): string {
  const shown = new Set(
    reasons.map((one) => reasonName(one.replace(/^[a-z-]+: (?:(?:pass|fail|unknown), )?/, ""))),
  );
  return shown.size === 0 ? "" : `: ${listed([...shown])}`;
}

function answerWord(answer: Answer): string {
  return answer;
}

function endWord(as: Extract<Told, { readonly what: "case-resolved" }>["as"], time: string): string {
  switch (as) {
    case "green":
      return `is green again${time}`;
    case "gone":
      return `is no longer there${time}, and holds nothing`;
    case "by-hand":
      return `was resolved by hand${time}`;
    case "void":
    case null:
      return `is not watched any more${time}`;
  }
}

const HOUR = 3_600_000;

/** In the demo an hour passes in a second and is still called an hour. */
function lastingText(milliseconds: number, hour: number): string {
  return lasting((milliseconds / hour) * HOUR);
}

function untilText(until: Date | null): string {
  return until === null ? "" : ` until ${moment(until)}`;
}

/** A deferred check's name as it stands in the sentence. */
export function checkNameShown(check: string): string {
  return nameOf(check);
}

function nameOf(name: string): string {
  return visibleText(name, NAME_LIMIT);
}
