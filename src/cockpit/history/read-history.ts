import { HISTORY_KINDS, type Happening, type HistoryKind } from "../../domain/history/happening.ts";
import { casesIn, readHappening, sourcesIn } from "../../domain/history/read-record.ts";
import { RECORDS } from "../../domain/history/record-names.ts";
import { type HistoryPlace, listHistory } from "../../store/history.ts";
import { findMentioned } from "../../store/mentioned.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { VisibleRepository } from "../person.ts";
import { showsTicketTexts } from "../repository/repository-view.ts";

/** What is shown of a history; null: whatever it is. */
export interface HistoryFilter {
  /** null: everything but the verdicts on pull requests, which are many. */
  readonly kind: HistoryKind | null;
  readonly person: string | null;
  readonly environment: string | null;
  readonly from: Date | null;
  /** Without this moment itself. */
  readonly to: Date | null;
}

export const NO_FILTER: HistoryFilter = {
  kind: null,
  person: null,
  environment: null,
  from: null,
  to: null,
};

export interface HistoryPage {
  readonly happenings: readonly Happening[];
  /** Where the next page begins; null: this was the last one. */
  readonly next: HistoryPlace | null;
}

/** One page, newest first. */
export async function readHistory(
  { database }: Pick<CockpitDependencies, "database">,
  repository: VisibleRepository,
  filter: HistoryFilter,
  { before, size }: { readonly before: HistoryPlace | null; readonly size: number },
  what: readonly string[] = recordsOf(filter.kind),
): Promise<HistoryPage> {
  const { id: repositoryId } = repository.facts;
  const question = { ...filter, repositoryId, what, before, limit: size + 1 };
  const found = await listHistory(database, question);
  const shown = found.slice(0, size);
  const mentioned = await findMentioned(database, repositoryId, {
    cases: shown.flatMap(({ record }) => casesIn(record)),
    sources: shown.flatMap(({ record }) => sourcesIn(record)),
  });
  const last = shown.at(-1);
  const happenings = shown.flatMap((one) => readHappening(one, mentioned) ?? []);
  return {
    happenings: showsTicketTexts(repository) ? happenings : happenings.map(withoutTicketTexts),
    next: found.length > size && last !== undefined ? { key: last.key, at: last.at } : null,
  };
}

function withoutTicketTexts(given: Happening): Happening {
  const { told } = given;
  return told.what === "ticket-moved" ? { ...given, told: { ...told, to: null } } : given;
}

function recordsOf(kind: HistoryKind | null): readonly string[] {
  if (kind !== null) return RECORDS[kind];
  return HISTORY_KINDS.filter((one) => one !== "pull-request").flatMap((one) => RECORDS[one]);
}
