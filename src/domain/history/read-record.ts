import type { Answer } from "../decision.ts";
import type { Happening, Told } from "./happening.ts";
import {
  listOf,
  momentOf,
  numberOf,
  numbersOf,
  type RecordFields,
  textOf,
  textsOf,
} from "./record-fields.ts";
import { readCaseNews } from "./read-case-news.ts";

/** One line of what was stored, whatever table it comes from. */
export interface HistoryRecord {
  readonly key: string;
  readonly at: Date;
  readonly record: RecordFields;
}

/** What records name and do not tell themselves. */
export interface Mentioned {
  readonly cases: ReadonlyMap<number, MentionedCase>;
  /** How long what was known by that source lasted, in milliseconds: a halt, an override. */
  readonly lasted: ReadonlyMap<string, number>;
}

export interface MentionedCase {
  readonly name: string;
  readonly redSince: Date;
}

/** The cases that a record is about. */
export function casesIn(record: RecordFields): readonly number[] {
  const one = numberOf(record, "case");
  const extended = listOf(record, "deadlines").flatMap((deadline) => numberOf(deadline, "case") ?? []);
  return [...new Set([...(one === null ? [] : [one]), ...numbersOf(record, "cases"), ...extended])];
}

/** The halts or overrides that end by it. */
export function sourcesIn(record: RecordFields): readonly string[] {
  const one = textOf(record, "source");
  return [...(one === null ? [] : [one]), ...textsOf(record, "halts")];
}

/** null: it tells of nothing that a history shows. */
export function readHappening(given: HistoryRecord, mentioned: Mentioned): Happening | null {
  const { key, at, record } = given;
  const cases = casesIn(record);
  const told = tell(record, namesOf(record, cases, mentioned));
  if (told === null) return null;
  const [change] = listOf(record, "changes");
  return {
    key,
    at,
    by: textOf(record, "by"),
    environment:
      textOf(record, "environment") ?? (change === undefined ? null : textOf(change, "environment")),
    because: told.what.endsWith("refused") ? null : reasonOf(record),
    lasted: lastedBy(given, mentioned, told),
    links: {
      commit: commitOf(record, change),
      issue: numberOf(record, "issue"),
      cases,
      run: numberOf(record, "run"),
    },
    told,
  };
}

function tell(record: RecordFields, checks: readonly string[]): Told | null {
  const what = textOf(record, "what");
  switch (what) {
    case "deployed":
      return { what, before: textOf(record, "before") };
    case "gate":
      return tellGate(record);
    case "verdict":
      return tellVerdict(record);
    case "deployment-answer": {
      const approved = textOf(record, "answer") === "approved";
      return { what: "job-answered", approved, reasons: textsOf(record, "reasons") };
    }
    case "forged-status":
      return { what, context: textOf(record, "context") ?? "", restored: record["restored"] === true };
    case "halt-began":
    case "halt-ended":
    case "override-ended":
    case "reason-given":
    case "policy-accepted":
    case "issue-refused":
      return { what };
    case "override-began":
      return { what, checks, codes: textsOf(record, "codes"), until: momentOf(record, "until") };
    case "rollback-permitted":
      return { what, until: momentOf(record, "until") };
    case "rollback-by-tool":
      return { what: "rolled-back-by-tool" };
    case "extended": {
      const due = listOf(record, "deadlines").flatMap((deadline) => momentOf(deadline, "due") ?? []);
      const soonest = due.length === 0 ? null : new Date(Math.min(...due.map((one) => one.getTime())));
      return { what, checks, due: soonest };
    }
    case "reopened":
      return { what: "issue-reopened" };
    case "ticket-attached":
    case "ticket-detached":
      return { what, ticket: textOf(record, "ticket") ?? "" };
    case "fill-fields": {
      const fields = listOf(record, "fields").flatMap((field) => textOf(field, "name") ?? []);
      return { what: "ticket-filled-in", ticket: textOf(record, "ticket") ?? "", fields };
    }
    case "move-ticket":
      return {
        what: "ticket-moved",
        ticket: textOf(record, "ticket") ?? "",
        to: textOf(record, "to") ?? "",
      };
    case "ticket-not-changed":
    case "ticket-change-refused":
    case "attach-ticket-refused":
    case "detach-ticket-refused":
      return {
        what: "ticket-refused",
        ticket: textOf(record, "ticket") ?? "",
        wish: WISHES[what],
        why: textOf(record, "because") ?? "",
      };
    case "refused":
      return {
        what: "label-refused",
        label: textOf(record, "label"),
        why: textOf(record, "because") ?? "",
      };
    case "command-refused":
      return {
        what,
        command: textOf(record, "command") ?? "",
        why: textOf(record, "because") ?? "",
      };
    case null:
      return null;
    default:
      return readCaseNews(what, record, checks);
  }
}

const WISHES = {
  "ticket-not-changed": "changed",
  "ticket-change-refused": "changed",
  "attach-ticket-refused": "attached",
  "detach-ticket-refused": "taken off",
} as const;

/** What changed in several environments alike is told of all of them at once. */
const SAME = ["sha", "decision", "would_be"] as const;

function tellGate(record: RecordFields): Told {
  const changes = listOf(record, "changes");
  const [first = {}] = changes;
  const alike = changes.filter((one) => SAME.every((field) => textOf(one, field) === textOf(first, field)));
  return {
    what: "gate",
    decision: answerIn(first, "decision"),
    wouldBe: answerIn(first, "would_be"),
    reasons: alike.flatMap((one) => textsOf(one, "reasons")),
    environments: [...new Set(alike.flatMap((one) => textOf(one, "environment") ?? []))],
    others: changes.length - Math.max(1, alike.length),
  };
}

function tellVerdict(record: RecordFields): Told {
  const shared = { decision: answerIn(record, "decision"), findings: textsOf(record, "findings") };
  const [kind, , number] = (textOf(record, "subject") ?? "").split(":");
  if (kind === "deploy") return { what: "verdict", ...shared };
  const isNumber = kind === "pull-request" && number !== undefined && /^[0-9]+$/.test(number);
  return { what: "pull-request-verdict", number: isNumber ? Number(number) : null, ...shared };
}

function answerIn(record: RecordFields, name: string): Answer {
  const value = textOf(record, name);
  return value === "open" || value === "held" ? value : "unknown";
}

/** Names of the checks: as the case keeps them, or as the record itself says. */
function namesOf(record: RecordFields, cases: readonly number[], mentioned: Mentioned): readonly string[] {
  const own = textOf(record, "check");
  if (own !== null) return [own];
  return cases.flatMap((id) => mentioned.cases.get(id)?.name ?? []);
}

/** Records whose `because` is for machines. */
const BECAUSE_IS_CODE: ReadonlySet<string> = new Set([
  "verdict",
  "fill-fields",
  "move-ticket",
  "issue-refused",
]);

/** A case that turned green says so by a code, which is no reason that anybody gave. */
function reasonOf(record: RecordFields): string | null {
  const what = textOf(record, "what");
  const isCode =
    (what === "case-resolved" && numberOf(record, "case") !== null) ||
    (what !== null && BECAUSE_IS_CODE.has(what));
  return isCode ? null : textOf(record, "because");
}

function commitOf(record: RecordFields, change: RecordFields | undefined): string | null {
  const sha =
    textOf(record, "sha") ??
    textOf(record, "head") ??
    (change === undefined ? null : textOf(change, "sha")) ??
    textOf(record, "newest_red") ??
    textOf(record, "first_red");
  // The policy's own commit stands there, too.
  if (textOf(record, "what") === "policy-accepted") return null;
  return sha !== null && /^[0-9a-f]{40,64}$/.test(sha) ? sha : null;
}

function lastedBy({ at, record }: HistoryRecord, mentioned: Mentioned, told: Told): number | null {
  if (told.what === "halt-ended" || told.what === "override-ended") {
    const all = sourcesIn(record).flatMap((source) => mentioned.lasted.get(source) ?? []);
    return all.length === 0 ? null : Math.max(...all);
  }
  if (told.what !== "case-resolved") return null;
  const ended = momentOf(record, "happened_at") ?? at;
  const since = casesIn(record).flatMap((id) => mentioned.cases.get(id)?.redSince.getTime() ?? []);
  return since.length === 0 ? null : Math.max(0, ended.getTime() - Math.min(...since));
}
