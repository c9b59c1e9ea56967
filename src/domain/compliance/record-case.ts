import type { ComplianceCase } from "./case.ts";
import type { CaseNews } from "./case-news.ts";

/** What the audit keeps of a change of a case: who, what, why, when it was due, when it happened outside. */
export interface CaseRecord {
  readonly [name: string]: string | number | boolean | null;
}

/** null: nothing changed that anybody decides upon. The record's own time says when Holdpoint acted. */
export function recordCase(given: ComplianceCase, news: CaseNews): CaseRecord | null {
  const about: CaseRecord = {
    what: `case-${news.what}`,
    repository: given.repositoryId,
    case: given.id,
    check: given.name,
    check_key: given.checkKey,
    first_red: given.firstRed.sha,
  };
  switch (news.what) {
    case "went-on":
      return null;
    case "opened":
    case "relapsed": {
      const { newestRed, grace, adopted } = given;
      const { at, url } = newestRed;
      return { ...about, happened_at: at.toISOString(), url, grace_ms: grace, adopted };
    }
    case "clock-started":
    case "adopted":
      return { ...about, warned_at: isoOf(given.warnedAt), due_at: isoOf(given.deadline) };
    case "resolved": {
      const { end } = given;
      return {
        ...about,
        because: end?.as ?? null,
        happened_at: isoOf(end?.at ?? null),
        due_at: isoOf(given.deadline),
        sha: end?.sha ?? null,
        url: end?.url ?? null,
      };
    }
    case "verifying":
      return { ...about, due_at: isoOf(given.deadline), until: isoOf(given.verifyUntil) };
    case "unverified":
    case "expired":
      return { ...about, due_at: isoOf(given.deadline), newest_red: given.newestRed.sha };
    case "reminder":
      return { ...about, due_at: isoOf(given.deadline), left_ms: news.before };
  }
}

function isoOf(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString();
}
