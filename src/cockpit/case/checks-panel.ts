import type { ComplianceCase } from "../../domain/compliance/case.ts";
import type { ShownTrack } from "../../domain/compliance/shown-track.ts";
import type { Override } from "../../domain/gate/override.ts";
import type { VisibleRepository } from "../person.ts";
import { type Html, NOTHING } from "../view/html.ts";

/** What stands on one repository's deferred checks: see `store/check-track.ts`. */
export interface ChecksPanelGiven {
  readonly repository: VisibleRepository;
  readonly tracks: readonly ShownTrack[];
  /** Those that have not ended. */
  readonly cases: readonly ComplianceCase[];
  /** In force. */
  readonly overrides: readonly Override[];
  readonly githubUrl: string;
  readonly now: Date;
}

/** The panel "Deferred checks": each with its clock and its newest runs. Nothing where the policy defers none. */
export function checksPanel(_given: ChecksPanelGiven): Html {
  return NOTHING;
}
