/** Short phrases for what was seen of Jira. Why a ticket is unknown stands in `unread.ts`, what to do in `next-step.ts`. */
export function httpSeen(status: number, call: string): string {
  return `HTTP ${status}, ${call}`;
}

export function nothingInTime(): string {
  return "no answer in time";
}

export function noEndInTime(): string {
  return "the answer did not end in time";
}

export function brokeOff(code: string): string {
  return `the answer broke off (${code})`;
}

/** For a failed connection without a code of its own. */
export function connectionFailed(): string {
  return "connection failed";
}

export function largerThan(bytes: number): string {
  return `more than ${bytes} bytes`;
}

export function foreignAddress(): string {
  return "an address of another origin";
}

export function otherForm(status: number, form: "page" | "broken" | "empty"): string {
  const forms = { page: "a page instead of JSON", broken: "JSON that breaks off", empty: "an empty body" };
  return `HTTP ${status} with ${forms[form]}`;
}

export function otherShape(): string {
  return "JSON of another shape";
}

/** What was seen, and in which call. */
export function seenIn(seen: string, call: string): string {
  return `${seen}, ${call}`;
}

export function notAKey(): string {
  return "not a ticket's key";
}

export function tooManyLeftOver(): string {
  return "too many keys did not come back";
}

/** A person whom Jira does not name. */
export function somebody(): string {
  return "@somebody";
}

export function notANumber(field: string): string {
  return `“${field}” takes a number, such as 3 or 0.5.`;
}
export function notADay(field: string): string {
  return `“${field}” takes a day, such as 2026-12-24.`;
}
export function noSuchOption(field: string): string {
  return `“${field}” has no such choice any more.`;
}
export function filledInJira(field: string): string {
  return `“${field}” takes something that is chosen in Jira itself.`;
}
export function notOnScreen(field: string): string {
  return `Jira does not show “${field}” for editing on this ticket.`;
}
export function refusedWithoutWords(status: number): string {
  if (status === 404) return "Jira says that there is no such ticket, or that Holdpoint may not see it.";
  if (status === 403) return "Jira does not let Holdpoint's account do that.";
  return `Jira refused it with HTTP ${status}, and gave no reason.`;
}
