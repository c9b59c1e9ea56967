import { repositoryPath } from "../../domain/cockpit-paths.ts";
import type { CockpitCommand, StoredRequest } from "../../domain/requests/request.ts";
import type { ShownGate } from "../../snapshot/shown-gate.ts";
import type { Person, VisibleRepository } from "../person.ts";
import type { FormState } from "./form-state.ts";

/** The gate of one environment as the page shows it, and who looks at it. */
export interface GateFormsGiven {
  readonly repository: VisibleRepository;
  readonly person: Person;
  /** As the policy writes it. */
  readonly environment: string;
  /** null: there is no policy that anything could stand on. */
  readonly gate: Pick<ShownGate, "head" | "facts" | "answer"> | null;
  /** When the looser policy that waits was first read; null: nothing waits. */
  readonly waitingSince: Date | null;
  /** What this person asked for last (`?request=ID`): after a refusal the form keeps what was typed. */
  readonly request: StoredRequest | null;
  readonly now: Date;
}

/** A form's ground once there is a policy. */
export interface GateFormParts extends GateFormsGiven {
  readonly gate: NonNullable<GateFormsGiven["gate"]>;
  /** The one that open cases and halts stand on. */
  readonly policy: NonNullable<ShownGate["facts"]["policy"]>;
  readonly state: FormState;
}

/** Where a form of the gate is sent to. */
export function gateAction(
  { repository }: Pick<GateFormsGiven, "repository">,
  kind: CockpitCommand["kind"],
): string {
  return `${repositoryPath(repository.facts)}/gate/${kind}`;
}
