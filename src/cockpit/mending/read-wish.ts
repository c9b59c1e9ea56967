import { isCommitSha } from "../../domain/brands.ts";
import type { FieldWish, Wish } from "../../domain/requests/request.ts";
import { seenMark } from "../../domain/requests/seen-text.ts";
import { typedText } from "../../domain/requests/typed-text.ts";
import { isTicketKey } from "../../domain/tickets/key.ts";

type Form = ReadonlyMap<string, string>;
type WishOf<Kind extends Wish["kind"]> = Extract<Wish, { readonly kind: Kind }>;

const MOST_OPTIONS = 300;
const LONGEST_NAME = 255;

/** What was typed; a field that stands as it was seen is no wish. null: no form of ours looks like this. */
export function readFillWish(form: Form): WishOf<"fill-fields"> | null {
  const ticket = form.get("ticket") ?? "";
  if (!isTicketKey(ticket)) return null;
  const fields: FieldWish[] = [];
  for (const [entry, mark] of form) {
    if (!entry.startsWith("seen.")) continue;
    const name = entry.slice("seen.".length);
    const wanted = typedText(textOf(form, name));
    const seen = mark === "" ? null : mark;
    if (seenMark(wanted) !== seen) fields.push({ name, seen, wanted });
  }
  return { kind: "fill-fields", ticket, fields };
}

/** Ticked boxes stand one a line, in the order of the list. */
function textOf(form: Form, name: string): string {
  const ticked: string[] = [];
  for (let index = 0; index < MOST_OPTIONS; index += 1) {
    const option = form.get(`wanted.${name}.${index}`);
    if (option !== undefined) ticked.push(option);
  }
  return ticked.length === 0 ? (form.get(`wanted.${name}`) ?? "") : ticked.join("\n");
}

export function readMoveWish(form: Form): WishOf<"move-ticket"> | null {
  const ticket = form.get("ticket") ?? "";
  const id = form.get("transition") ?? "";
  const [name = "", to = "", seen = ""] = [form.get("name"), form.get("to"), form.get("seen")];
  const isWhole = [name, to, seen].every((one) => one !== "" && one.length <= LONGEST_NAME);
  if (!isTicketKey(ticket) || !/^[0-9]{1,18}$/.test(id) || !isWhole) return null;
  return { kind: "move-ticket", ticket, transition: { id, name, to }, seen };
}

export type AttachmentForm =
  | { readonly state: "wish"; readonly wish: WishOf<"attach-ticket"> }
  /** Typed by hand, and no key. */
  | { readonly state: "no-key"; readonly sha: WishOf<"attach-ticket">["sha"] }
  | { readonly state: "malformed" };

/** A key is typed by hand: in lower case, or with blanks around it, it is the same. */
export function readAttachWish(form: Form): AttachmentForm {
  const sha = form.get("sha") ?? "";
  if (!isCommitSha(sha)) return { state: "malformed" };
  const ticket = (form.get("ticket") ?? "").trim().toUpperCase();
  if (!isTicketKey(ticket)) return { state: "no-key", sha };
  const because = typedText(form.get("because") ?? "").replaceAll(/\s+/g, " ");
  return { state: "wish", wish: { kind: "attach-ticket", sha, ticket, because } };
}

export function readDetachWish(form: Form): WishOf<"detach-ticket"> | null {
  const [sha, ticket] = [form.get("sha") ?? "", form.get("ticket") ?? ""];
  return isCommitSha(sha) && isTicketKey(ticket) ? { kind: "detach-ticket", sha, ticket } : null;
}
