import { type ComplianceCase, dueAt } from "./case.ts";
import type { CaseOutcome } from "./case-news.ts";

/** A verification never takes longer than this many hours past the deadline (J9). */
const MOST_VERIFY_HOURS = 2;

export interface ConfirmingRead {
  readonly at: Date;
  /** A newer run of the check is under way. */
  readonly newerIsRunning: boolean;
  /** One hour of deadlines, in milliseconds. */
  readonly hour: number;
}

/**
 * What the confirming read says of a case that is not green: expired from now on, due but waiting for a newer run, or not due.
 * Never before the deadline.
 */
export function decideExpiry(
  given: ComplianceCase,
  { at, newerIsRunning, hour }: ConfirmingRead,
): CaseOutcome {
  const { deadline, verifyGrace } = given;
  if (deadline === null || given.expiredAt !== null || at.getTime() < deadline.getTime()) {
    return { case: { ...given, unverifiedSince: null }, news: [] };
  }
  const until = new Date(deadline.getTime() + Math.min(verifyGrace, MOST_VERIFY_HOURS * hour));
  if (newerIsRunning && at.getTime() < until.getTime()) {
    const waiting = { ...given, verifyUntil: until, unverifiedSince: null };
    return { case: waiting, news: given.verifyUntil === null ? [{ what: "verifying" }] : [] };
  }
  return { case: { ...given, expiredAt: at, unverifiedSince: null }, news: [{ what: "expired" }] };
}

/** What is said while GitHub cannot be read: a case that is due is unverified since the very moment that it was due (J12). */
export function decideUnread(given: ComplianceCase, at: Date): CaseOutcome {
  const due = dueAt(given);
  const isDue = due !== null && given.expiredAt === null && at.getTime() >= due.getTime();
  if (!isDue || given.unverifiedSince !== null) return { case: given, news: [] };
  return { case: { ...given, unverifiedSince: due }, news: [{ what: "unverified" }] };
}
