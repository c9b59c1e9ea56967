import type { GateFilter } from "../../domain/wording/cockpit/overview.ts";
import { nameOf, type OverviewRow } from "./overview-row.ts";

/** What somebody wants to see of the overview; it stands in the address, so that it can be sent to somebody. */
export interface OverviewFilter {
  readonly search: string;
  readonly gate: GateFilter;
  readonly page: number;
}

export const GATE_FILTERS: readonly GateFilter[] = ["all", "held", "unknown", "open", "none"];
const SEARCH_LIMIT = 100;
/** Beyond it a page is slow to change in place; what matters stands first. */
const PER_PAGE = 100;

/** What makes no sense is as if nothing had been said. */
export function readOverviewFilter(query: Readonly<Record<string, string>>): OverviewFilter {
  const { q = "", gate = "", page = "1" } = query;
  return {
    search: q.trim().slice(0, SEARCH_LIMIT),
    gate: GATE_FILTERS.find((one) => one === gate) ?? "all",
    page: /^[1-9][0-9]{0,4}$/.test(page) ? Number(page) : 1,
  };
}

/** `/?q=acme&gate=held`, without what is usual. */
export function overviewAddress({ search, gate, page }: OverviewFilter): string {
  const query = new URLSearchParams({
    ...(search === "" ? {} : { q: search }),
    ...(gate === "all" ? {} : { gate }),
    ...(page === 1 ? {} : { page: String(page) }),
  }).toString();
  return query === "" ? "/" : `/?${query}`;
}

export function isIn(row: OverviewRow, gate: GateFilter): boolean {
  if (gate === "all") return true;
  if (row.kind === "idle") return gate === "none";
  return row.row.worst === gate;
}

/** Every word stands somewhere in `owner/name`. */
export function isSearched(row: OverviewRow, search: string): boolean {
  const name = nameOf(row).toLowerCase();
  const words = search.toLowerCase().split(/\s+/);
  return words.every((word) => name.includes(word));
}

export interface OverviewPage {
  readonly rows: readonly OverviewRow[];
  readonly page: number;
  readonly pages: number;
}

/** A page that does not exist any more is the last one. */
export function pageOf(rows: readonly OverviewRow[], wanted: number): OverviewPage {
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  const page = Math.min(wanted, pages);
  return { rows: rows.slice((page - 1) * PER_PAGE, page * PER_PAGE), page, pages };
}
