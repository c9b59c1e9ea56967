import type { TicketChange } from "../domain/effect.ts";
import type { TicketKey } from "../domain/model.ts";
import type { RequestAnswer } from "../domain/requests/request.ts";
import { seenMark } from "../domain/requests/seen-text.ts";
import { typedText } from "../domain/requests/typed-text.ts";
import type { Ticket } from "../domain/ticket.ts";
import * as wording from "../domain/wording/cockpit/mending.ts";
import { Fault } from "../errors.ts";
import type { FillableField, MendsTickets, ReadsTickets, TicketWritten } from "../ports/jira.ts";

/** What a change came to, as its request is answered. */
export interface TicketChanged {
  readonly state: "done" | "refused" | "conflict" | "failed";
  readonly answer: RequestAnswer;
}

export interface WantedChange {
  readonly ticket: TicketKey;
  readonly change: TicketChange;
  /** Said on the ticket, with the mark that tells it from others at its end. */
  readonly comment: string;
  readonly mark: string;
  /** An earlier try of this same change began to write. */
  readonly mayBeOurs: boolean;
  readonly beforeWriting: () => Promise<void>;
}

type Jira = ReadsTickets & MendsTickets;

/** Compares, writes, and says so. Throws a `Fault` where Jira does not answer: nobody knows then, and it is looked at again. */
export async function changeTicketInJira(jira: Jira, wanted: WantedChange): Promise<TicketChanged> {
  const ticket = (await jira.readTickets([wanted.ticket], [])).get(wanted.ticket);
  if (ticket === undefined || ticket.state === "unknown") throw silent(ticket);
  if (ticket.state === "missing") return refused("not-found", wording.ticketGone(wanted.ticket));
  // Under another key it may be of a project that is not this repository's.
  if (ticket.value.key !== wanted.ticket) return refused("moved", wording.ticketMoved(wanted.ticket));
  const { change } = wanted;
  return change.kind === "fields"
    ? await fillIn(jira, wanted, change)
    : await moveOn(jira, wanted, change, ticket.value);
}

async function fillIn(
  jira: Jira,
  wanted: WantedChange,
  { fields }: Extract<TicketChange, { readonly kind: "fields" }>,
): Promise<TicketChanged> {
  const { ticket } = wanted;
  const names = fields.map(({ name }) => name);
  const forms = await jira.readFieldForms(ticket, names);
  if (forms.state === "unknown") throw silent(forms);
  if (forms.state === "missing") return refused("not-found", wording.ticketGone(ticket));
  const compared = fields.map((field) => ({ ...field, there: forms.value.get(field.name) }));
  const gone = compared.find(({ there }) => there === undefined);
  if (gone !== undefined) return refused("field-gone", wording.fieldGone(gone.name));
  const pending = compared.filter((one) => !isThere(one.there, one.wanted));
  const message = wording.filledIn(ticket, names);
  if (pending.length === 0) return await finish(jira, wanted, message);
  if (pending.some(({ there, seen }) => seenMark(there?.value ?? null) !== seen)) {
    const now = compared.map(({ name, there }) => ({ name, value: there?.value ?? null }));
    return {
      state: "conflict",
      answer: { code: "changed-meanwhile", message: wording.changedMeanwhile(ticket), now },
    };
  }
  await wanted.beforeWriting();
  const written = await jira.writeFields(
    ticket,
    pending.map(({ name, wanted: text }) => ({ name, text: typedText(text) })),
  );
  if (written.state === "refused") return refused("jira-refused", wording.jiraRefused(written.detail));
  return await finish(jira, { ...wanted, mayBeOurs: true }, message);
}

async function moveOn(
  jira: Jira,
  wanted: WantedChange,
  { transition, seen }: Extract<TicketChange, { readonly kind: "move" }>,
  { status }: Ticket,
): Promise<TicketChanged> {
  const { ticket } = wanted;
  const message = wording.moved(ticket, transition.to);
  if (status.name === transition.to) return await finish(jira, wanted, message);
  if (status.name !== seen) {
    const now = [{ name: "status", value: status.name }];
    const answer = { code: "moved-meanwhile", message: wording.movedMeanwhile(ticket, status.name), now };
    return { state: "conflict", answer };
  }
  const ways = await jira.readTransitions(ticket);
  if (ways.state === "unknown") throw silent(ways);
  // By its number and where it leads: a workflow that was changed may have given the number to another way.
  const way = (ways.state === "known" ? ways.value : []).find(
    ({ id, to }) => id === transition.id && to === transition.to,
  );
  if (way === undefined) return refused("move-gone", wording.moveGone(transition.name));
  if (way.needs.length > 0) return refused("needs-screen", wording.moveNeedsJira(way.name, way.needs));
  await wanted.beforeWriting();
  const written = await jira.moveTicket(ticket, way.id);
  if (written.state === "refused") return refused("jira-refused", wording.jiraRefused(written.detail));
  return await finish(jira, { ...wanted, mayBeOurs: true }, message);
}

/** Says on the ticket whose doing it is, unless it was somebody else's. A comment that is refused takes nothing back. */
async function finish(
  jira: Jira,
  { ticket, comment: text, mark, mayBeOurs }: WantedChange,
  message: string,
): Promise<TicketChanged> {
  if (!mayBeOurs) {
    return { state: "done", answer: { code: "there-already", message: wording.thereAlready(ticket) } };
  }
  const said: TicketWritten = await jira.commentOnTicket(ticket, { text, mark });
  const more = said.state === "refused" ? ` ${wording.notCommented(said.detail)}` : "";
  return { state: "done", answer: { code: "changed", message: `${message}${more}` } };
}

/** Whether what was wanted stands there already. Jira puts options into an order of its own. */
function isThere(field: FillableField | undefined, wanted: string): boolean {
  if (field?.value === undefined || field.value === null) return false;
  const [now, typed] = [typedText(field.value), typedText(wanted)];
  if (field.form.kind === "number") return Number(now) === Number(typed);
  if (field.form.kind !== "choice") return now === typed;
  return now.split("\n").toSorted().join("\n") === typed.split("\n").toSorted().join("\n");
}

function refused(code: string, message: string): TicketChanged {
  return { state: "refused", answer: { code, message } };
}

function silent(
  reading: { readonly because: string; readonly detail: string; readonly retryAt: Date | null } | undefined,
): Fault {
  return new Fault({
    kind: "retry-later",
    code: reading?.because ?? "jira-unexpected",
    doing: "reading a ticket that is to be changed",
    detail: reading?.detail ?? "",
    retryAt: reading?.retryAt ?? null,
  });
}
