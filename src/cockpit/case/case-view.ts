import type { CaseLook } from "../../domain/compliance/case-look.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import type { Policy } from "../../domain/policy.ts";
import type { StoredRequest } from "../../domain/requests/request.ts";
import type { CaseHappening } from "../../store/case-history.ts";
import type { ShownCase } from "../../store/shown-case.ts";
import type { FormState } from "../gate-forms/form-state.ts";
import type { Person, VisibleRepository } from "../person.ts";

/** Everything that the page of a case shows. */
export interface CaseView {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly shown: ShownCase;
  readonly look: CaseLook;
  readonly history: readonly CaseHappening[];
  /** What the case stands on; null: nothing. */
  readonly policy: Policy | null;
  readonly request: StoredRequest | null;
  readonly state: FormState;
  readonly githubUrl: string;
  readonly now: Date;
}

const NAME_LENGTH = 120;

/** The check's name, as text. */
export function nameOfCase({ shown }: Pick<CaseView, "shown">): string {
  return visibleText(shown.case.name, NAME_LENGTH);
}

/** The branch that it is red on. */
export function trunkOfCase({ policy, repository }: Pick<CaseView, "policy" | "repository">): string {
  return visibleText(policy?.trunk ?? repository.facts.defaultBranch, NAME_LENGTH);
}
