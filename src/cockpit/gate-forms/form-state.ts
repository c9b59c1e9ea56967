import type { StoredRequest } from "../../domain/requests/request.ts";
import { durationText } from "../../domain/time-span.ts";
import type { Person } from "../person.ts";

/** Which form is shown with what was typed, and what is wrong with it, by the names of the fields. */
export interface FormState {
  /** `override`, `halt`, `resume-12`: the form's own name; null: none is. */
  readonly form: string | null;
  readonly typed: ReadonlyMap<string, string>;
  readonly problems: ReadonlyMap<string, string>;
}

export const UNTOUCHED: FormState = { form: null, typed: new Map(), problems: new Map() };

const HOUR = 3_600_000;

/** After a refusal the person finds the form as they had filled it in. */
export function stateAfter(request: StoredRequest | null, person: Pick<Person, "id">): FormState {
  if (request === null || request.by.id !== person.id || request.wish.kind !== "command") return UNTOUCHED;
  if (request.state !== "refused" && request.state !== "failed") return UNTOUCHED;
  const { command, on } = request.wish;
  const typed = new Map<string, string>();
  if ("because" in command) typed.set("because", command.because);
  if ("duration" in command) typed.set("other", durationText(command.duration, HOUR));
  if (command.kind === "rollback") typed.set("commit", command.sha);
  if (command.kind === "halt") typed.set("where", command.environment ?? "");
  const form = on.kind === "halt" ? `resume-${on.id}` : command.kind;
  return { form, typed, problems: new Map() };
}

/** The state as one form sees it: what was typed into another is not its concern. */
export function stateOf(state: FormState, form: string): FormState {
  return state.form === form ? state : UNTOUCHED;
}
