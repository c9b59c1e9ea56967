import type { CaseEnd, ComplianceCase, RedRun } from "./case.ts";
import type { CaseNews, CaseOutcome } from "./case-news.ts";
import { adoptCase, deadlineOf } from "./case-clock.ts";
import type { TrunkCommit } from "./evidence.ts";
import { decideExpiry, decideUnread } from "./expiry.ts";
import { dueReminder } from "./reminders.ts";
import type { CheckStreak } from "./streak.ts";
import { isAfter } from "./trunk-order.ts";

export interface OpenCaseFacts {
  readonly at: Date;
  /** One hour of deadlines, in milliseconds. */
  readonly hour: number;
  readonly remind: readonly number[];
  /** null: the trunk could not be read. */
  readonly trunk: { readonly chain: readonly TrunkCommit[]; readonly streak: CheckStreak | null } | null;
  /** The policy that stands does not name its check any more, and somebody authorised has accepted that. */
  readonly dropped: boolean;
  /** Observed until now, enforced from now on. */
  readonly enforcedNow: boolean;
}

/** What becomes of one open case at this moment. */
export function decideOpenCase(given: ComplianceCase, facts: OpenCaseFacts): CaseOutcome {
  const news: CaseNews[] = [];
  const started = startClock(given, facts, news);
  const { case: decided, news: more } =
    facts.trunk === null ? decideUnread(started, facts.at) : decideRead(started, facts, facts.trunk);
  news.push(...more);
  if (facts.trunk === null) return { case: decided, news };
  const before = dueReminder(decided, facts.remind, facts.at, facts.hour);
  if (before === null) return { case: decided, news };
  news.push({ what: "reminder", before, first: decided.remindedAt === null });
  return { case: { ...decided, remindedAt: facts.at }, news };
}

function startClock(given: ComplianceCase, { at, hour, enforcedNow }: OpenCaseFacts, news: CaseNews[]) {
  let next = given;
  if (enforcedNow) {
    next = adoptCase(next, at);
    news.push({ what: "adopted" });
  }
  if (next.warnedAt !== null && next.deadline === null) {
    next = { ...next, deadline: deadlineOf(next, next.warnedAt, hour) };
    news.push({ what: "clock-started" });
  }
  return next;
}

function decideRead(
  given: ComplianceCase,
  { at, hour, dropped }: OpenCaseFacts,
  { chain, streak }: NonNullable<OpenCaseFacts["trunk"]>,
): CaseOutcome {
  if (dropped) return end(given, { as: "void", at, by: null, because: null, url: null, sha: null });
  const now = streak?.now ?? { state: "silent", lastHeardAt: null };
  switch (now.state) {
    case "green":
    case "gone":
      if (!endsStreak(now.since, given, chain)) break;
      return end(given, endBy(now.state, now.since));
    case "red": {
      const { newestRed, newerIsRunning } = now;
      const isNewer = isAfter(newestRed, given.newestRed, chain) === "yes";
      const reds = Math.max(now.reds, given.reds);
      const next = isNewer ? { ...given, newestRed, reds } : given;
      const { case: decided, news } = decideExpiry(next, { at, hour, newerIsRunning });
      return { case: decided, news: isNewer ? [{ what: "went-on" }, ...news] : news };
    }
    case "silent":
      break;
  }
  // What is gone from the trunk is not green: the case stays until its rule is met.
  return decideExpiry(given, { at, hour, newerIsRunning: false });
}

/**
 * Whether a green ends the streak: it has to come after the newest red that is known. While a red run is tried again its result
 * is not to be seen, and the green before it is not its cure; and a read may lag behind what was seen already. After a
 * force-push that removed the red commit, a run that ended later is the proof. An App may turn the very check run green that was red.
 */
function endsStreak(since: RedRun, { newestRed }: ComplianceCase, chain: readonly TrunkCommit[]): boolean {
  if (isSameAttempt(since, newestRed)) return since.at.getTime() >= newestRed.at.getTime();
  const order = isAfter(since, newestRed, chain);
  return order === "yes" || (order === "unknown" && since.at.getTime() > newestRed.at.getTime());
}

function isSameAttempt(one: RedRun, other: RedRun): boolean {
  return one.sha === other.sha && one.runId === other.runId && one.sequence === other.sequence;
}

export function endBy(as: "green" | "gone", since: Pick<RedRun, "at" | "url" | "sha">): CaseEnd {
  return { as, at: since.at, by: null, because: null, url: since.url, sha: since.sha };
}

function end(given: ComplianceCase, by: CaseEnd): CaseOutcome {
  return { case: { ...given, unverifiedSince: null, end: by }, news: [{ what: "resolved" }] };
}
