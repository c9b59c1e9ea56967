import type { MoveContext, Played } from "./context.ts";

const READY = "Ready to deploy";
const WAY = ["Start", "Ask for review", "Accept"];

export async function newTicket(context: MoveContext): Promise<string> {
  const { town, dice, place, index } = context;
  const status = dice.chance(0.75) ? READY : "In Progress";
  const risk = dice.chance(0.85) ? "low" : null;
  const { key } = town.outside.jira.createIssue({
    project: "PLAY",
    type: "Story",
    summary: "Something to do",
    status,
    ...(risk === null ? {} : { fields: { "Risk assessment": risk } }),
  });
  town.note({ kind: "ticket", key, ticket: { status, risk } });
  town.change(index, { keys: [...place().keys, key].slice(-12) });
  return Promise.resolve(key);
}

/** Somebody brings the open tickets in order, all or one of them. */
export async function mendTicket(context: MoveContext): Promise<Played> {
  const { dice, place } = context;
  const { keys } = place();
  if (keys.length === 0) return "impossible";
  for (const key of dice.chance(0.6) ? keys : [dice.pick(keys)]) setTicket(context, key, READY, "low");
  return "played";
}

export async function spoilTicket(context: MoveContext): Promise<Played> {
  const { dice, place } = context;
  const { keys } = place();
  if (keys.length === 0) return "impossible";
  const key = dice.pick(keys);
  if (dice.chance(0.5)) setTicket(context, key, "To Do", "low");
  else setTicket(context, key, READY, null);
  return "played";
}

function setTicket({ town }: MoveContext, key: string, status: string, risk: string | null): void {
  const { jira } = town.outside;
  const issue = jira.findIssue(key);
  if (issue === null) throw new Error(`there is no ${key}`);
  jira.editIssue(key, { fields: { "Risk assessment": risk } });
  if (issue.status.name !== status) {
    if (issue.status.name !== "To Do") jira.transition(key, "Reopen");
    if (status === READY) for (const step of WAY) jira.transition(key, step);
  }
  town.note({ kind: "ticket", key, ticket: { status, risk } });
}
