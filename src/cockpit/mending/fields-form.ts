import { visibleText } from "../../domain/escape/visible-text.ts";
import type { StoredRequest } from "../../domain/requests/request.ts";
import type { Ticket } from "../../domain/ticket.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { form, hidden, submitButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { fieldControl, type ShownField } from "./field-control.ts";
import { mendingAddress } from "./mending-address.ts";
import type { Mending } from "./read-mending.ts";

export interface FormsGiven {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly mending: Extract<Mending, { readonly state: "ready" }>;
  /** null: the main one. */
  readonly environment: string | null;
  /** What this person asked for before; what they typed stays until it is taken. */
  readonly request: StoredRequest | null;
}

/** What the policy asks for, to be filled in and saved to Jira in one go. */
export function fieldsForm({ repository, person, mending, environment, request }: FormsGiven): Html {
  const { ticket, fields, asksForFields } = mending;
  const typed = typedBefore(request);
  const shown = fields.map((field) => ({ ...field, typed: typed.get(field.name) ?? null }));
  const fillable = shown.filter((field) => field.form.kind !== "elsewhere");
  const controls = shown.map((field, index) =>
    fieldControl(field, { id: `field-${ticket.key}-${index}`, ticketUrl: ticket.url }),
  );
  const heading = html`<h2 class="hp-mend-heading">${wording.fieldsHeading()}</h2>`;
  if (shown.length === 0) {
    const why = asksForFields ? wording.noFieldsHere() : wording.policyAsksForNone();
    return html`${heading}
      <p class="hp-muted">${why}</p>
      ${asksForFields ? parentOf(repository, ticket, environment) : NOTHING}`;
  }
  if (fillable.length === 0) return html`${heading}${controls}`;
  const isConflict = request?.state === "conflict" && typed.size > 0;
  const save = isConflict ? wording.saveOver() : wording.saveToJira();
  const body = html`${hidden("ticket", ticket.key)} ${hidden("environment", environment ?? "")} ${controls}
    <div class="hp-actions">
      ${submitButton(save, { tone: isConflict ? "danger" : "primary", label: `${save}: ${ticket.key}` })}
      <span class="hp-hint hp-small">${wording.onBehalf(visibleText(person.login, 60))}</span>
    </div>`;
  const action = mendingAddress(repository.facts, "fields");
  return html`${heading} ${form({ action, person, body, id: `fill-${ticket.key}` })}`;
}

/** A sub-task is judged by its parent's fields where it has none of its own. */
function parentOf(
  { facts }: VisibleRepository,
  { isSubtask, parent }: Ticket,
  environment: string | null,
): Html {
  if (!isSubtask || parent === null) return NOTHING;
  return html`<p>
    <a href="${mendingAddress(facts, parent, { environment })}">${wording.mendParent(parent)}</a>
  </p>`;
}

/** Of a wish that was not fulfilled, or is not yet: by the field's name. */
export function typedBefore(
  request: StoredRequest | null,
): ReadonlyMap<string, NonNullable<ShownField["typed"]>> {
  if (request === null || request.wish.kind !== "fill-fields" || request.state === "done") return new Map();
  return new Map(request.wish.fields.map(({ name, wanted: text, seen }) => [name, { text, seen }]));
}
