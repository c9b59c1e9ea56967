import type { GateAnswer, GateFacts } from "../../domain/gate/gate.ts";
import type { StoredRequest } from "../../domain/requests/request.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { type Html, NOTHING } from "../view/html.ts";

/** The gate of one environment as the page shows it, and who looks at it. */
export interface GateFormsGiven {
  readonly repository: VisibleRepository;
  readonly person: Person;
  /** As the policy writes it. */
  readonly environment: string;
  /** null: there is nothing that could be held, no deploy branch or no policy. */
  readonly gate: { readonly facts: GateFacts; readonly answer: GateAnswer } | null;
  /** When the looser policy that waits was first read; null: nothing waits. */
  readonly waitingSince: Date | null;
  /** What this person asked for last (`?request=ID`): after a refusal the form keeps what was typed. */
  readonly request: StoredRequest | null;
  readonly now: Date;
}

/** Override, halt, resume, rollback, accept-policy: each form for those who may, for others who may. */
export function gateForms(_given: GateFormsGiven): Html {
  return NOTHING;
}
