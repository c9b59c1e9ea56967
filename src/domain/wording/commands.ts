import type { Command } from "../commands.ts";
import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import type { Reason } from "../gate/gate.ts";
import { listed } from "./counted.ts";
import { liftedReasons } from "./reason-names.ts";

/** What Holdpoint answers to comments, in Markdown; words by strangers stand in code. */
function commandHelp(): string {
  return [
    "Holdpoint understands, alone at the start of a line, outside quotations and code:",
    "",
    "- `/holdpoint status`: what the answer is, and why",
    "- `/holdpoint check`: read everything again and decide again (write access)",
    "- `/holdpoint override [CHECK] 24h [in ENV] because …`: lift what holds, on a compliance issue its expired checks, on a pull request or a halt's issue all of it (whom the policy allows)",
    "- `/holdpoint extend 12h because …`: a later deadline, on a compliance issue (whom the policy allows)",
    "- `/holdpoint resolve because …`: close a check that says nothing any more (whom the policy allows)",
    "- `/holdpoint halt [ENV] because …`: stop deploys (write access)",
    "- `/holdpoint resume because …`: end a halt (who halted, or whom the policy allows)",
    "- `/holdpoint rollback SHA [in ENV] because …`: let what was live before out again for one hour (write access)",
    "- `/holdpoint accept-policy`: let open cases and halts stand on a looser policy (whom the policy allows)",
    "- `/holdpoint help`: this",
  ].join("\n");
}
export function checkAsked(): string {
  return "Looking again; the statuses follow in a moment.";
}
export function checkNeedsWriteAccess(): string {
  return "Looking again needs write access to this repository. Ask somebody who has it to comment `/holdpoint check`.";
}
/** `commit`, `at` and `environment` are code already; the environment is null at a pull request. */
export function statusOf(commit: string, at: string, environment: string | null): string {
  return `${commit}${environment === null ? "" : ` to ${environment}`}, looked at ${at}.`;
}
export function wholeReportThere(): string {
  return "The whole report is that commit's check run `Holdpoint`; `/holdpoint check` reads everything again.";
}
export function notJudgedYet(): string {
  return "Nothing was judged here yet; `/holdpoint check` asks for it.";
}
export function nothingJudgedHere(onPullRequest: boolean): string {
  return onPullRequest
    ? "The policy asks pull requests for no tickets, so none is judged here."
    : "The policy names no environment, so no deploy is judged.";
}

/** What a command that was not understood is told to write instead; else the list of them. */
export function answerToCommand(command: Extract<Command, { readonly kind: "help" | "refused" }>): string {
  return command.kind === "refused" ? commandRefused(command) : commandHelp();
}

function commandRefused({ problem, command, word }: Extract<Command, { kind: "refused" }>): string {
  const meant = markdownCode(`/holdpoint ${command}`, 60);
  const seen = markdownCode(word, 60);
  switch (problem) {
    case "unknown-command":
      return `Holdpoint knows no command ${seen}. \`/holdpoint help\` lists them.`;
    case "too-many-words":
      return `${meant} does not understand ${seen}. \`/holdpoint help\` shows how it is written.`;
    case "no-duration":
      return `${meant} needs a duration, such as \`30m\`, \`24h\` or \`3d\`${word === "" ? "" : `; ${seen} is none`}.`;
    case "no-sha":
      return `${meant} needs the commit to go back to, at least 7 hex digits${word === "" ? "" : `; ${seen} is none`}.`;
    case "no-environment":
      return `${meant} needs the environment's name after \`in\`.`;
    case "no-reason":
      return `${meant} needs a reason: end the line with \`because …\`.`;
    case "several-commands":
      return "One command in each comment, please: nothing was done.";
  }
}

/** Where a command was given: what to do instead is said in the terms of that place. */
export type Door = "comment" | "cockpit";

/** Names, moments and `whom` below arrive as safe Markdown. */
export function needsAuthority(command: string, whom: string, door: Door): string {
  const ask =
    door === "comment" ? `Ask one of them to comment \`/holdpoint ${command} …\`.` : "Ask one of them.";
  return `Only ${whom} can do that: nothing was done. ${ask}`;
}
export function teamUnread(team: string): string {
  return `Holdpoint cannot read the team ${team} that the policy names: there is no such team, or the App may not read the organisation's members. Nothing was done; somebody corrects \`override.allow\` or accepts the App's permission, then say it again.`;
}
export function fourEyes(whom: string): string {
  return `You wrote part of what this is about, and the policy wants somebody else to let it out: nothing was done. Ask somebody else of those who may: ${whom}.`;
}
export function authorsUnknown(): string {
  return "The policy wants somebody else than the authors to let this out, and who they are could not be read: nothing was done. Say it again in a minute.";
}
export function needsWriteAccess(command: string, door: Door): string {
  const ask = door === "comment" ? ` to comment \`/holdpoint ${command} …\`.` : ".";
  return `That needs write access to this repository: nothing was done. Ask somebody who has it${ask}`;
}
export function noUsablePolicy(): string {
  return "The policy, `.github/holdpoint.yml`, cannot be used, so nobody knows who may do that: nothing was done. `holdpoint policy check` says what is wrong.";
}
export function unknownEnvironment(name: string, known: readonly string[]): string {
  return `The policy names no environment ${name}: nothing was done. It names ${listed(known)}.`;
}
export function unknownCheck(name: string, known: readonly string[]): string {
  return `No open check of this issue is called ${name}: nothing was done. There is ${listed(known)}.`;
}
export function nothingExpired(door: Door): string {
  const instead =
    door === "comment"
      ? "For more time use `/holdpoint extend 24h because …`."
      : "A later deadline gives more time.";
  return `None of these checks is past its deadline, so there is nothing to lift. ${instead}`;
}
export function liftedAlready(by: string, until: string): string {
  return `That is lifted already, by ${by} until ${until}. It ends by itself; taking the label off ends it sooner.`;
}
export function casesLifted(
  checks: readonly string[],
  environment: string | null,
  until: string,
  cut: boolean,
): string {
  const where = environment === null ? "" : ` for ${environment}`;
  return `Lifted until ${until}${where}: ${listed(checks)}.${cutShort(cut)} It ends by itself, and the halt returns unless it is green by then.`;
}
export function nothingToLiftHere(): string {
  return "There is nothing to lift here. Say it on a compliance issue, on a pull request, or on the issue of a halt.";
}
export function checkNotHere(name: string): string {
  return `Checks can be named on compliance issues only: ${name} was not understood, and nothing was done. Leave it out to lift all that holds this commit.`;
}
export function noCommitToLift(): string {
  return "There is no commit that this could be for: the deploy branch does not exist, or cannot be read. Nothing was done.";
}
export function newHead(sha: string): string {
  return `The head of this pull request is ${sha}, which Holdpoint had not seen yet when you wrote that: nothing was lifted. If you mean that commit, say it once more.`;
}
export function openAlready({ sha, environment }: Where): string {
  return `Nothing holds ${sha} in ${environment}: there is nothing to lift.`;
}
export function cannotBeLifted({ sha, environment }: Where, left: readonly Reason[]): string {
  return [`What holds ${sha} in ${environment} cannot be lifted:`, "", ...reasonRows(left)].join("\n");
}
export function reasonsLifted(
  given: Where & { readonly codes: readonly string[]; readonly until: string; readonly cut: boolean },
  left: readonly Reason[],
): string {
  const { sha, environment, codes, until, cut } = given;
  const said = `Lifted for ${sha} in ${environment} until ${until}: ${liftedReasons(codes)}.${cutShort(cut)} Another commit is judged anew.`;
  return left.length === 0 ? said : [said, "", "It is still held:", "", ...reasonRows(left)].join("\n");
}
export function noComplianceIssue(command: string): string {
  return `\`/holdpoint ${command}\` is for compliance issues, and this is none: nothing was done.`;
}
export function nothingOpen(): string {
  return "Nothing of this issue is open any more: nothing was done.";
}
export function expiredAlready(door: Door): string {
  const how = door === "comment" ? "`/holdpoint override 24h because …`" : "An override";
  return `The deadline is over, so it cannot be moved. ${how} lifts the halt for a time.`;
}
export function clockNotBegun(): string {
  return "The clock has not begun yet, because nobody was told so far: nothing was done. Say it again in a minute.";
}
export function extended(
  moved: readonly { readonly name: string; readonly due: string }[],
  cut: boolean,
): string {
  return `More time: ${listed(moved.map(({ name, due }) => `${name} is due at ${due} now`))}.${cutShort(cut)}`;
}
export function notSilent(door: Door): string {
  const how =
    door === "comment"
      ? "`/holdpoint extend …` and `/holdpoint override …` give"
      : "A later deadline, or an override, gives";
  return `Every open check of this issue had a result within the last 7 days, so a green run closes it: nothing was done. ${how} more time.`;
}
export function resolved(checks: readonly string[]): string {
  return `Closed by hand: ${listed(checks)}. The next red run opens a new case.`;
}
export function noHalt(door: Door): string {
  return door === "comment"
    ? "Nobody had halted deploys when this was written: there is nothing to end. A check past its deadline ends with a green run, or is lifted with `/holdpoint override 24h because …`."
    : "That halt is over already: there is nothing to end.";
}
export function resumeNeedsAuthority(halters: readonly string[], whom: string, door: Door): string {
  const ask = door === "comment" ? " to comment `/holdpoint resume because …`." : ".";
  return `Only ${listed(halters)} or ${whom} can end that: nothing was done. Ask one of them${ask}`;
}
export function haltsLeft(count: number, whom: string): string {
  return `${count === 1 ? "Another halt stays" : `${count} other halts stay`}: whoever halted, or ${whom}, can end that.`;
}
export function noSuchCommit(sha: string): string {
  return `There is no commit ${sha} in this repository: nothing was done.`;
}
export function couldNotRead(sha: string): string {
  return `Whether ${sha} was live before could not be read: nothing was done. Say it again in a minute.`;
}
export function neverLive({ sha, environment }: Where): string {
  return `${sha} was never deployed to ${environment} with success, so going there is no rollback: nothing was done. Name a commit that was live there.`;
}
export function rollbackAllowed(
  { sha, environment, until }: Where & { readonly until: string },
  left: readonly Reason[],
): string {
  const said = `${sha} may go out to ${environment} again until ${until}, in spite of tickets and of checks past their deadline.`;
  return left.length === 0 ? said : [said, "", "It is still held:", "", ...reasonRows(left)].join("\n");
}
export function nothingToAccept(): string {
  return "No looser policy waits to be accepted: nothing was done.";
}
export function policyChangedSince(loosened: readonly string[], door: Door): string {
  const since = door === "comment" ? "after your comment" : "after you saw it";
  return [
    `The policy changed again ${since}: nothing was done. To accept it as it is now, say it once more:`,
    "",
    ...loosened.map((one) => `- ${one}`),
  ].join("\n");
}
export function policyAccepted(loosened: readonly string[]): string {
  return [
    "Accepted. Open cases and halts stand on the policy as it is now:",
    "",
    ...loosened.map((one) => `- ${one}`),
  ].join("\n");
}
export function reasonKept(): string {
  return "Thank you, the reason is on record.";
}
export function reasonBegins(until: string): string {
  return `Thank you, the reason is on record. The halt is lifted until ${until}.`;
}

interface Where {
  readonly sha: string;
  readonly environment: string;
}

function cutShort(cut: boolean): string {
  return cut ? " That is the most that the policy allows." : "";
}

function reasonRows(reasons: readonly Reason[]): readonly string[] {
  return reasons.map(({ message, who }) => `- ${markdownProse(message)}; ${markdownProse(who)}`);
}
