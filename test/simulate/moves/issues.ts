import type { CommentMade } from "../fact.ts";
import { PEOPLE } from "../town.ts";
import type { MoveContext, Played } from "./context.ts";

const OVERRIDE = "halt-override";
const HALT = "deploy-halt";

/** Mostly somebody who may; now and then somebody who may not. */
function somebody({ dice }: MoveContext): string {
  return dice.chance(0.75) ? "admin" : dice.pick(PEOPLE).login;
}

/** GitHub lets nobody touch an issue of somebody else who may only read. */
function mayTouch({ town, place }: MoveContext, login: string): boolean {
  const roles = town.facts.filter(
    (fact) => fact.kind === "role" && fact.repository === place().name && fact.login === login,
  );
  const role = roles.at(-1);
  return role?.kind === "role" && (role.role === "admin" || role.role === "write");
}

async function pickIssue(context: MoveContext, isWanted: (labels: readonly string[]) => boolean) {
  const { town, place, dice } = context;
  const issues = (await town.openIssues(place().name)).filter(({ labels }) => isWanted(labels));
  return issues.length === 0 ? null : dice.pick(issues);
}

export async function labelOverride(context: MoveContext): Promise<Played> {
  const { town, place, dice } = context;
  const tooEarly = dice.chance(0.15);
  const issue = await pickIssue(context, (labels) => tooEarly || labels.includes(HALT));
  if (issue === null || issue.labels.includes(OVERRIDE)) return "impossible";
  const touched = { repository: place().name, number: issue.number, by: somebody(context), label: OVERRIDE };
  if (!mayTouch(context, touched.by)) return "impossible";
  await town.outside.github.control.label(touched);
  town.note({ kind: "issue", ...touched, did: "labelled" });
  return "played";
}

export async function unlabelOverride(context: MoveContext): Promise<Played> {
  const { town, place, dice } = context;
  const label = dice.chance(0.7) ? OVERRIDE : HALT;
  const issue = await pickIssue(context, (labels) => labels.includes(label));
  if (issue === null) return "impossible";
  const touched = { repository: place().name, number: issue.number, by: somebody(context), label };
  if (!mayTouch(context, touched.by)) return "impossible";
  await town.outside.github.control.unlabel(touched);
  town.note({ kind: "issue", ...touched, did: "unlabelled" });
  return "played";
}

export async function closeIssue(context: MoveContext): Promise<Played> {
  const { town, place } = context;
  const issue = await pickIssue(context, () => true);
  if (issue === null) return "impossible";
  const touched = { repository: place().name, number: issue.number, by: somebody(context) };
  if (!mayTouch(context, touched.by)) return "impossible";
  await town.outside.github.control.editIssue({ ...touched, state: "closed" });
  town.note({ kind: "issue", ...touched, did: "closed", label: null });
  return "played";
}

async function say(
  context: MoveContext,
  number: number,
  text: string,
  command: CommentMade["command"],
): Promise<void> {
  const { town, place } = context;
  const said = { repository: place().name, number, by: somebody(context) };
  await town.outside.github.control.comment({ ...said, body: `/holdpoint ${text}` });
  town.note({ kind: "comment", ...said, command });
}

export async function extend(context: MoveContext): Promise<Played> {
  const issue = await pickIssue(context, (labels) => !labels.includes(HALT));
  if (issue === null) return "impossible";
  const hours = context.dice.between(1, 24);
  await say(context, issue.number, `extend ${String(hours)}h because it takes longer`, {
    verb: "extend",
    hours,
  });
  return "played";
}

export async function overrideByComment(context: MoveContext): Promise<Played> {
  const issue = await pickIssue(context, (labels) => labels.includes(HALT));
  if (issue === null) return "impossible";
  const hours = context.dice.between(1, 12);
  await say(context, issue.number, `override ${String(hours)}h because it is urgent`, {
    verb: "override",
    hours,
    check: null,
  });
  return "played";
}

/** On an issue of people's own: what is said of all deploys is said somewhere. */
async function sayOnOwnIssue(
  context: MoveContext,
  text: string,
  command: CommentMade["command"],
): Promise<void> {
  const { town, place } = context;
  const { name: repository } = place();
  const { number } = await town.outside.github.control.openIssue({ repository, title: "About deploys" });
  await say(context, number, text, command);
}

export function halt(context: MoveContext): Promise<void> {
  return sayOnOwnIssue(context, "halt because the shop burns", { verb: "halt" });
}

export function resume(context: MoveContext): Promise<void> {
  return sayOnOwnIssue(context, "resume because the fire is out", { verb: "resume" });
}

export function acceptPolicy(context: MoveContext): Promise<void> {
  return sayOnOwnIssue(context, "accept-policy", { verb: "accept-policy" });
}
