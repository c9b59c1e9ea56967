import { cutCodePoints, visibleText } from "../escape/visible-text.ts";
import type { Finding } from "../finding.ts";
import type { GateAnswer, Reason } from "../gate/gate.ts";
import type { Halt, Override, RollbackPermit } from "../gate/override.ts";
import type { OverridePolicy } from "../policy.ts";
import { listed, moment, quoted } from "./counted.ts";
import { nextStep } from "./next-step.ts";
import { STATUS_LENGTH, withoutList } from "./status.ts";

/** What the gate says: clauses without a full stop, for a status, a terminal and a page alike. */
export function caseExpired({ name, redSince, url }: ToldCase): string {
  return `${nameOf(name)} red on the trunk since ${moment(redSince)}${inIssue(url)}`;
}
export function expiryUnverified({ name, url }: ToldCase): string {
  return `${nameOf(name)} is past its deadline, and not yet confirmed at GitHub${inIssue(url)}`;
}
export function halted({
  by,
  because,
  beganAt,
  issueNumber,
}: Pick<Halt, "by" | "because" | "beganAt" | "issueNumber">): string {
  const place = issueNumber === null ? "" : ` (#${issueNumber})`;
  return `halted by ${nameOf(by)} since ${moment(beganAt)}${place}${saidBecause(because)}`;
}
export function notOnDeployBranch(branch: string | null, environment: string): string {
  const place = branch === null ? "the deploy branch" : `the deploy branch ${quoted(nameOf(branch))}`;
  return `the commit is not on ${place}, and was never live in ${nameOf(environment)}`;
}
export function noSuchCommit(): string {
  return "there is no such commit in the repository";
}
export function notRead(detail: string): string {
  return `the facts could not be read: ${visibleText(detail, 200)}`;
}
export function judgementStale(): string {
  return "the facts are older than 60 seconds, and were not read again";
}
export function notJudged(): string {
  return "the commit was not judged for this environment yet";
}
export function verdictUnexplained(): string {
  return "the verdict does not say why";
}
export function noPolicy(): string {
  return "the repository has no policy, `.github/holdpoint.yml`";
}
export function policyUnusable(): string {
  return "the policy, `.github/holdpoint.yml`, cannot be used";
}
export function environmentNotInPolicy(environment: string, names: readonly string[]): string {
  return `the policy names no environment ${quoted(nameOf(environment))}, but ${listed(names.map((name) => quoted(nameOf(name))))}`;
}
export function letThrough(message: string): string {
  return `not verified, let through by on_unknown: allow: ${message}`;
}
export function rollback(
  permit: Pick<RollbackPermit, "by" | "because"> | null,
  lifted: readonly string[],
): string {
  const whose = permit === null ? "" : ` by ${nameOf(permit.by)}`;
  return `rollback${whose} to what was live before, in spite of ${listed(lifted)}${saidBecause(permit?.because ?? null)}`;
}
export function neverLive(environment: string): string {
  return `no rollback: the commit was never live in ${nameOf(environment)}`;
}
export function overridden(
  { by, because, endsAt }: Pick<Override, "by" | "because" | "endsAt">,
  lifted: readonly string[],
): string {
  return `${listed(lifted)} lifted by ${nameOf(by)} until ${moment(endsAt)}${saidBecause(because)}`;
}
/** What was lifted, as short as people know it by. */
export function liftedCheck(name: string): string {
  return nameOf(name);
}
export function liftedHalt(by: string): string {
  return `the halt by ${nameOf(by)}`;
}
export function liftedFinding(message: string, finding: Pick<Finding, "tickets" | "commits">): string {
  return quoted(withoutList(message, finding));
}
export function liftedPlace(): string {
  return quoted("not on the deploy branch");
}

/** Who can do what, one clause each. */
export function whoEndsACase(override: OverridePolicy | null): string {
  const lift =
    override === null
      ? ""
      : `; ${whoMayOverride(override)} can lift it with the label ${quoted(override.label)}`;
  return `whoever broke it fixes or reverts it: a green run opens the gate${lift}`;
}
export function whoVerifiesAnExpiry(): string {
  return "nobody has to do anything: Holdpoint asks GitHub again by itself";
}
export function whoEndsAHalt(by: string, override: OverridePolicy | null): string {
  const others = override === null ? "" : ` or ${whoMayOverride(override)}`;
  return `${nameOf(by)}${others} can end it: /holdpoint resume because …`;
}
export function whoMendsAFinding(
  finding: Pick<Finding, "code" | "outcome">,
  override: OverridePolicy,
): string {
  const step = nextStep(finding);
  const overriding = `${whoMayOverride(override)} can let it out: /holdpoint override 4h because …`;
  return step === "" ? overriding : `${step} Else ${overriding}`;
}
export function whoMovesACommit(override: OverridePolicy): string {
  return `merge it into the deploy branch; ${whoMayOverride(override)} can let it out: /holdpoint override 4h because …`;
}
export function whoNamesACommit(): string {
  return "whoever deploys names a commit that was pushed, by its whole sha";
}
export function whoNamesALiveCommit(): string {
  return "whoever rolls back names a commit that was deployed there with success";
}
export function holdpointAsksAgain(): string {
  return "ask again in a minute; if it lasts, whoever runs Holdpoint looks at its log";
}
export function whoMendsThePolicy(): string {
  return "whoever may push to the default branch mends the file: `holdpoint policy check` says what is wrong";
}
export function whoWritesAPolicy(): string {
  return "whoever may push to the default branch adds the file";
}
export function whoNamesAnEnvironment(): string {
  return "whoever deploys asks for one of those, or the policy gets that environment";
}
export function whoRollsBack(by: string | null): string {
  return by === null
    ? "whoever asked with the intent to roll back"
    : `${nameOf(by)} asked for it; it ends by itself`;
}
/** `override` null: no label stands for it. */
export function whoEndsAnOverride(override: OverridePolicy | null): string {
  const sooner =
    override === null
      ? ""
      : `; ${whoMayOverride(override)} can end it sooner by taking the label ${quoted(override.label)} off`;
  return `it ends by itself${sooner}`;
}

/** `admins`, `members of acme/release`. */
export function whoMayOverride({ allow }: Pick<OverridePolicy, "allow">): string {
  if (allow.kind === "teams") return `members of ${listed(allow.teams.map(nameOf))}`;
  return allow.permission === "admin" ? "admins" : "people with write access";
}

/** In a status: the reason matters more than who is in which team. */
const ROOM_FOR_PEOPLE = 40;

/** The description of the status: what it is first, at most 140 code points. */
export function gateStatusText(
  answer: Pick<GateAnswer, "decision" | "wouldBe" | "mode" | "reasons">,
  override: Pick<OverridePolicy, "allow"> | null,
): string {
  const { decision, wouldBe, reasons } = answer;
  const lifted = reasons.filter(({ kind }) => kind === "override");
  // What is unknown matters once nothing holds any more.
  const holding = reasons.filter(({ kind }) => kind === "verdict" || kind === "case" || kind === "halt");
  const unknown = reasons.filter(({ kind, code }) => isUnverified(kind) && code !== "never-live");
  if (decision === "open") {
    if (wouldBe === "held") return fit("observing only, would be held: ", holding, "");
    if (wouldBe === "unknown") return fit("observing only, could not verify: ", unknown, "");
    const said = lifted.length > 0 ? lifted : unknown;
    return said.length > 0 ? fit("open: ", said, "") : "open: nothing holds it";
  }
  if (decision === "unknown") return fit("could not verify: ", unknown, "");
  const end =
    override === null ? "" : `; ${cutCodePoints(whoMayOverride(override), ROOM_FOR_PEOPLE)} can override`;
  return fit("held: ", holding, end);
}

/** The others are lifted, or hold. */
function isUnverified(kind: Reason["kind"]): boolean {
  return kind === "unverified" || kind === "policy";
}

/** As many reasons as there is room for, and how many more there are; the end is given up last. */
function fit(start: string, reasons: readonly Reason[], end: string): string {
  const messages = reasons.map(({ message }) => visibleText(message, STATUS_LENGTH));
  for (let shown = messages.length; shown > 0; shown -= 1) {
    const more = messages.length > shown ? `; and ${messages.length - shown} more` : "";
    const text = `${start}${messages.slice(0, shown).join("; ")}${more}${end}`;
    if (Array.from(text).length <= STATUS_LENGTH) return text;
  }
  const more = messages.length > 1 ? `; and ${messages.length - 1} more` : "";
  const room = STATUS_LENGTH - Array.from(start + more + end).length;
  return `${start}${cutCodePoints(messages[0] ?? "", room)}${more}${end}`;
}

interface ToldCase {
  readonly name: string;
  readonly redSince: Date;
  /** The issue's address. */
  readonly url: string | null;
}

function inIssue(url: string | null): string {
  const number = url === null ? undefined : /\/([1-9][0-9]*)$/.exec(url)?.[1];
  return number === undefined ? "" : ` (#${number})`;
}
function nameOf(name: string): string {
  return visibleText(name, 60);
}
function saidBecause(because: string | null): string {
  return because === null ? "" : `: ${visibleText(because, 200)}`;
}
