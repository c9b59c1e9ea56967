import type { DeployContents } from "../../domain/contents/deploy-contents.ts";
import type { Policy } from "../../domain/policy.ts";
import type { ShownTrack } from "../../domain/compliance/shown-track.ts";
import type { StoredRequest } from "../../domain/requests/request.ts";
import type { ShownGate } from "../../snapshot/shown-gate.ts";
import type { ShownRepositoryGates } from "../../snapshot/shown-gates.ts";
import type { LiveSince } from "../../store/live-since.ts";
import type { PolicyTrouble } from "../../store/policy-problems.ts";
import type { Person, VisibleRepository } from "../person.ts";

/** All that the page of one environment is made of, read once. */
export interface RepositoryView {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly gates: ShownRepositoryGates;
  /** Of the environment that is shown. */
  readonly gate: ShownGate;
  /** The policy in force; null: none is. */
  readonly policy: Policy | null;
  /** null: it was never read. */
  readonly contents: DeployContents | null;
  readonly trouble: PolicyTrouble | null;
  readonly liveSince: LiveSince | null;
  readonly tracks: readonly ShownTrack[];
  /** What this person asked for last. */
  readonly request: StoredRequest | null;
  readonly slice: Slice;
  readonly githubUrl: string;
  readonly now: Date;
}

/** Which rows of the contents are shown. */
export interface Slice {
  readonly query: string;
  readonly from: number;
  readonly until: number;
}

/** Whose environment an address names: none where there is but one, so that addresses stay short. */
export function namedEnvironment({ gates, gate }: Pick<RepositoryView, "gates" | "gate">): string | null {
  return gates.gates.length > 1 ? gate.environment : null;
}

/**
 * What tickets say is for those who may write: whoever comes by may read a public repository, and a right to read it says nothing of
 * who they are.
 */
export function showsTicketTexts({ facts, right }: VisibleRepository): boolean {
  return facts.private || right !== "read";
}
