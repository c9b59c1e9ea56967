import { HISTORY_KINDS, type HistoryKind } from "../../domain/history/happening.ts";
import * as wording from "../../domain/wording/cockpit/history.ts";
import type { HistoryPlace } from "../../store/history.ts";
import type { HistoryFilter } from "./read-history.ts";

/** The filter's fields, as they were typed. */
export const FILTER_FIELDS = ["kind", "person", "environment", "from", "to"] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];
export type TypedFilter = Readonly<Record<FilterField, string>>;
export type FilterProblems = Readonly<Partial<Record<FilterField, string>>>;

export type ReadFilter =
  | { readonly ok: true; readonly typed: TypedFilter; readonly filter: HistoryFilter }
  | { readonly ok: false; readonly typed: TypedFilter; readonly problems: FilterProblems };

const DAY = 86_400_000;
const MAX_TYPED = 255;
/** Logins, names of Apps, and the names of tokens. */
const PERSON = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:\[bot\])?$/;

/** Reads the filter of an address; an empty field does not filter. */
export function readFilter(query: URLSearchParams): ReadFilter {
  const given = (name: FilterField): string => (query.get(name) ?? "").trim();
  const typed: TypedFilter = {
    kind: given("kind").slice(0, MAX_TYPED),
    person: given("person").replace(/^@/, "").slice(0, MAX_TYPED),
    environment: given("environment").slice(0, MAX_TYPED),
    from: given("from").slice(0, MAX_TYPED),
    to: given("to").slice(0, MAX_TYPED),
  };
  const kind = HISTORY_KINDS.find((one) => one === typed.kind) ?? null;
  const [from, to] = [readDay(typed.from), readDay(typed.to)];
  const problems: FilterProblems = {
    ...(typed.kind !== "" && kind === null ? { kind: wording.kindUnknown() } : {}),
    ...(typed.person !== "" && !PERSON.test(typed.person) ? { person: wording.personUnreadable() } : {}),
    ...(given("environment").length > MAX_TYPED || /\p{Cc}|\p{Cf}|\p{Cs}/u.test(typed.environment)
      ? { environment: wording.environmentUnreadable() }
      : {}),
    ...(from === "unreadable" ? { from: wording.dayUnreadable() } : {}),
    ...(to === "unreadable" ? { to: wording.dayUnreadable() } : {}),
    ...(from instanceof Date && to instanceof Date && to < from ? { to: wording.daysTurned() } : {}),
  };
  if (Object.keys(problems).length > 0 || from === "unreadable" || to === "unreadable") {
    return { ok: false, typed, problems };
  }
  const filter = {
    kind,
    person: typed.person === "" ? null : typed.person,
    environment: typed.environment === "" ? null : typed.environment,
    from,
    to: to === null ? null : new Date(to.getTime() + DAY),
  };
  return { ok: true, typed, filter };
}

/** The beginning of a day in UTC; null: none is named. */
function readDay(text: string): Date | "unreadable" | null {
  if (text === "") return null;
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return "unreadable";
  const day = new Date(`${text}T00:00:00Z`);
  // The 31st of February is no day, and some programs take it for the 3rd of March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : "unreadable";
}

/** The place as an address has it. */
export function placeText({ at, key }: HistoryPlace): string {
  return `${at.toISOString()}_${key}`;
}

/** null: none is named; `damaged`: it is none that was ever given out. */
export function readPlace(query: URLSearchParams): HistoryPlace | "damaged" | null {
  const text = query.get("before");
  if (text === null) return null;
  const [, at = "", key = ""] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}Z)_((?:audit\.[0-9]{1,19}|deploy)\.[0-9]{19})$/.exec(text) ??
    [];
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? "damaged" : { at: moment, key };
}

/** The address's query for the same filter. */
export function filterQuery(typed: TypedFilter, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(more);
  for (const name of FILTER_FIELDS) if (typed[name] !== "") query.set(name, typed[name]);
  return query.size === 0 ? "" : `?${query.toString()}`;
}

export function kindOptions(): readonly { readonly value: HistoryKind | ""; readonly text: string }[] {
  return [
    { value: "", text: wording.everyKind() },
    ...HISTORY_KINDS.map((value) => ({ value, text: wording.kindName(value) })),
  ];
}
