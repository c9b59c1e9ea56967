import type { IssueEvent } from "./issue-event.ts";
import { isLabel } from "./label-name.ts";

export interface EventHistory {
  /** All of them, in GitHub's order. */
  readonly events: readonly IssueEvent[];
  /** The newest that was decided upon; null: the issue is seen for the first time. */
  readonly cursor: number | null;
  /** The labels that are on it. */
  readonly labels: readonly string[];
  /** The two that mean something. */
  readonly meant: readonly string[];
  readonly at: Date;
  /** Milliseconds of an hour of deadlines. */
  readonly hour: number;
}

/** An issue that nobody looked at before: what happened longer ago is history, unless it still stands. */
const HISTORY_HOURS = 72;
const DAY_HOURS = 24;

/** The events that nobody decided upon yet. */
export function undecidedEvents({
  events,
  cursor,
  labels,
  meant,
  at,
  hour,
}: EventHistory): readonly IssueEvent[] {
  const relevant = events.filter(
    ({ what, label }) =>
      what === "closed" || what === "reopened" || meant.some((name) => isLabel(label, name)),
  );
  if (cursor !== null) return relevant.filter(({ id }) => id > cursor);
  const begins = at.getTime() - HISTORY_HOURS * hour;
  const standing = new Set(
    meant
      .filter((name) => labels.some((label) => isLabel(label, name)))
      .map(
        (name) => relevant.findLast((event) => event.what === "labelled" && isLabel(event.label, name))?.id,
      ),
  );
  return relevant.filter((event) => event.at.getTime() >= begins || standing.has(event.id));
}

/** How often others took the label off within a day. */
export function strippingsByOthers({
  events,
  at,
  hour,
  label: wanted,
}: Pick<EventHistory, "events" | "at" | "hour"> & { readonly label: string }): number {
  const since = at.getTime() - DAY_HOURS * hour;
  return events.filter(
    ({ what, label, byUs, at: done }) =>
      what === "unlabelled" && isLabel(label, wanted) && !byUs && done.getTime() > since,
  ).length;
}

/**
 * How often others closed it within a day; a commit that says "Fixes" is no hand. Bots count but on an issue of ours, which
 * Holdpoint itself closes and opens: a workflow that closes what is opened again would go on for ever.
 */
export function closingsByOthers({
  events,
  at,
  hour,
  isOurs,
}: Pick<EventHistory, "events" | "at" | "hour"> & { readonly isOurs: boolean }): number {
  const since = at.getTime() - DAY_HOURS * hour;
  return events.filter(
    (event) =>
      event.what === "closed" &&
      !(isOurs && event.by?.isBot === true) &&
      event.byCommit === null &&
      event.at.getTime() > since,
  ).length;
}
