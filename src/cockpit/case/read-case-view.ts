import { lookOfCase } from "../../domain/compliance/case-look.ts";
import type { ShownGates } from "../../snapshot/shown-gates.ts";
import { listCaseHistory } from "../../store/case-history.ts";
import { findRequest } from "../../store/request.ts";
import { findShownCase } from "../../store/shown-case.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { type FormState, stateAfter } from "../gate-forms/form-state.ts";
import type { Person, VisibleRepository } from "../person.ts";
import type { CaseView } from "./case-view.ts";

export interface CaseQuestion {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly id: number;
  readonly requestId: number | null;
  /** What was just sent and is wrong; null: what was asked for last decides. */
  readonly state: FormState | null;
}

/** Reads what is stored of a case; nobody is asked. null: that repository has no such case. */
export async function readCaseView(
  { database, clock, githubUrl }: Pick<CockpitDependencies, "database" | "clock" | "githubUrl">,
  gates: ShownGates,
  { repository, person, id, requestId, state }: CaseQuestion,
): Promise<CaseView | null> {
  const now = clock.now();
  const { id: repositoryId } = repository.facts;
  const shown = await findShownCase(database, repositoryId, id);
  if (shown === null) return null;
  const [history, read, asked] = await Promise.all([
    listCaseHistory(database, shown.case, shown.issueNumber),
    gates.read([repositoryId], now),
    requestId === null ? null : findRequest(database, requestId),
  ]);
  const held = read.get(repositoryId);
  const isTheirs = asked !== null && asked.repositoryId === repositoryId && asked.by.id === person.id;
  const request = isTheirs ? asked : null;
  return {
    repository,
    person,
    shown,
    look: lookOfCase(shown.case, held?.stored.overrides ?? [], now),
    history,
    policy: held?.policy.heldTo ?? held?.policy.policy ?? null,
    request,
    state: state ?? stateAfter(request, person),
    githubUrl,
    now,
  };
}
