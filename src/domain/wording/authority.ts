import { liftedReasons } from "./reason-names.ts";
/**
 * What is said about labels that were put on or taken off, and about halts. Names arrive safe for the place they go to; `whom`
 * is who may lift a hold: `admins`.
 */
export function labelRefusedNotAuthorised(person: string, label: string, whom: string): string {
  return `${person} put ${label} on. Only ${whom} can lift a hold, so the label was taken off and nothing was lifted.`;
}
export function labelRefusedTeamUnread(person: string, label: string, team: string): string {
  return `${person} put ${label} on, but Holdpoint cannot read the team ${team} that the policy names: there is no such team, or the App may not read the organisation's members. The label was taken off and nothing was lifted.`;
}
export function labelRefusedFourEyes(person: string, label: string): string {
  return `${person} wrote part of what broke, and the policy wants somebody else to lift the halt. ${label} was taken off and nothing was lifted.`;
}
export function labelRefusedAuthorsUnread(label: string): string {
  return `The policy wants somebody else than the authors of what broke to lift the halt, and who they are could not be read. ${label} was taken off and nothing was lifted; put it on again in a minute.`;
}
export function labelRefusedNotExpired(label: string): string {
  return `No check of this issue was past its deadline then, so there was nothing to lift, and ${label} was taken off. Before the deadline \`/holdpoint extend 24h because …\` gives more time; after it, put the label on again.`;
}
export function labelRefusedNothingHere(label: string): string {
  return `${label} lifts the halts of a compliance issue, and this is none, so it was taken off. On a pull request, or on the issue of a halt, \`/holdpoint override 4h because …\` lifts what holds.`;
}
export function overrideStays(label: string, whom: string): string {
  return `${label} was put back: only ${whom} can end an override early.`;
}
export function haltRefusedNeedsWrite(person: string, label: string): string {
  return `${person} put ${label} on. Halting deploys needs write access to this repository, so the label was taken off and nothing is halted.`;
}
export function haltStays(label: string, halters: string, whom: string): string {
  return `${label} was put back: deploys are still halted. ${halters} or ${whom} can end that: \`/holdpoint resume because …\`.`;
}
export function caseHaltStays(label: string, overrideLabel: string, whom: string): string {
  return `${label} was put back: a check is past its deadline. The label goes with a green run; until then ${whom} can lift the halt with the label ${overrideLabel}.`;
}
export function haltStaysClosed(halters: string, whom: string): string {
  return `Opened again: deploys are still halted. ${halters} or ${whom} can end that: \`/holdpoint resume because …\`.`;
}
export function leftClosed(): string {
  return "Closed too often within a day to be opened again. What it holds stays held: by a check until it is green, by a halt until somebody says `/holdpoint resume because …`.";
}
export function haltLabelLeftOff(label: string): string {
  return `${label} was taken off too often within a day to be put back. Deploys stay held without it: by a check until it is green, by a halt until somebody says \`/holdpoint resume because …\`.`;
}
export function overrideLabelLeftOff(label: string): string {
  return `${label} was taken off too often within a day to be put back. What was lifted stays lifted without it, until its time is over.`;
}
export function reasonWanted(person: string): string {
  return `${person}, the policy wants a reason first: please reply with one. Until then nothing is lifted.`;
}
/** `environment` null: all of them. */
export function haltBegan(person: string, environment: string | null, because: string | null): string {
  const where = environment === null ? "" : ` to ${environment}`;
  return `Deploys${where} are halted by ${person}${because === null ? "." : `, because: ${because}`}`;
}
export function haltBeganNext(person: string, whom: string, door: "comment" | "cockpit" = "comment"): string {
  const how = door === "comment" ? ": `/holdpoint resume because …`, or take the label off." : ".";
  return `${person} or ${whom} can end that${how}`;
}
export function haltEnded(person: string, because: string | null): string {
  return `The halt is over, ended by ${person}${because === null ? "." : `, because: ${because}`}`;
}
export function overrideOver(codes: readonly string[], environment: string): string {
  return `The override for ${environment} is over, and what it lifted counts again: ${liftedReasons(codes)}.`;
}
export function inRepository(repository: string, text: string): string {
  return `${repository}: ${text}`;
}
/** For Slack; names are safe already. */
export function lifted(given: {
  readonly person: string;
  readonly codes: readonly string[];
  readonly sha: string;
  readonly environment: string;
  readonly until: string;
  readonly because: string | null;
}): string {
  const { person, codes, sha, environment, until, because } = given;
  return `${person} lifted ${liftedReasons(codes)} for ${sha} in ${environment} until ${until}${because === null ? "." : `, because: ${because}`}`;
}
export function rollbackAsked(given: {
  readonly person: string;
  readonly sha: string;
  readonly environment: string;
  readonly because: string;
}): string {
  return `${given.person} rolls ${given.environment} back to ${given.sha}, because: ${given.because}`;
}
