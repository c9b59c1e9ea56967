import type { Clock } from "../../clock.ts";
import type { JiraSettings } from "../../config.ts";
import type { Reading, TicketKey } from "../../domain/model.ts";
import * as wording from "../../domain/wording/jira.ts";
import type { JiraClient } from "./client.ts";
import { createExpiringCache } from "./expiring-cache.ts";
import { runInTurns } from "./in-turns.ts";
import { readIssue, type RawIssue } from "./issue.ts";
import { textMember } from "./json.ts";
import { unexpectedShape, type JiraProblem } from "./problem.ts";
import { BATCH, createReadBatch } from "./read-batch.ts";

export type FoundIssues = ReadonlyMap<TicketKey, Reading<RawIssue>>;

/** What one check may still spend, and what stopped it; shared by its rounds. */
export interface CheckBudget {
  /** Calls left for keys that did not come back with their batch. */
  singles: number;
  /** Set by a fault that the next call would meet as well: nothing more is asked. */
  halted: JiraProblem | null;
}

export interface FindsIssues {
  /** Each key with its issue, `missing`, or why it is not known. In batches of 100, then one call for each that was left over. */
  readonly find: (
    keys: readonly TicketKey[],
    fields: readonly string[],
    budget: CheckBudget,
  ) => Promise<FoundIssues>;
}

/** A key that was not found by itself is still part of every batch, so a ticket that appears is seen at once. */
const MISSING_FOR = 300_000;
const MOVED_FOR = 86_400_000;
const CAPPED_RETRY = 30_000;
/** Calls of one check at once. */
const LANES = 4;

export function createFindIssues(client: JiraClient, kind: JiraSettings["kind"], clock: Clock): FindsIssues {
  const readBatch = createReadBatch(client, kind);
  const missing = createExpiringCache<string>(clock, { lifetime: MISSING_FOR, capacity: 10_000 });
  const moved = createExpiringCache<TicketKey>(clock, { lifetime: MOVED_FOR, capacity: 10_000 });

  async function findBatch(
    keys: readonly TicketKey[],
    fields: readonly string[],
    budget: CheckBudget,
    found: Map<TicketKey, Reading<RawIssue>>,
  ): Promise<readonly TicketKey[]> {
    const targets = new Map(keys.map((key) => [key, moved.get(key) ?? key]));
    const asked = [...new Set(targets.values())];
    const askedKeys = new Set<string>(asked);
    const result =
      budget.halted === null
        ? await readBatch(asked, fields)
        : { ok: false as const, problem: budget.halted };
    if (!result.ok) {
      // Jira refuses the batch as such: whatever it dislikes, the keys one by one will tell.
      if (result.problem.status === 400) return keys;
      budget.halted ??= result.problem;
      for (const key of keys) found.set(key, unknown(result.problem));
      return [];
    }
    const answers = new Map<string, Reading<RawIssue>>(
      result.value.map((raw) => [textMember(raw, "key") ?? "", toReading(raw, "an issue of the batch")]),
    );
    // An issue that nobody asked for by that key was moved: one of those that seem to be missing is it.
    const strangers = [...answers.keys()].some((key) => !askedKeys.has(key));
    const leftOver: TicketKey[] = [];
    for (const [key, target] of targets) {
      const answer = answers.get(target);
      const notThere = strangers ? null : missing.get(key);
      if (answer !== undefined) found.set(key, answer);
      else if (notThere !== null) found.set(key, { state: "missing", detail: notThere });
      else leftOver.push(key);
      if (answer === undefined) moved.delete(key);
      else missing.delete(key);
    }
    return leftOver;
  }

  async function findSingle(
    key: TicketKey,
    fields: readonly string[],
    budget: CheckBudget,
  ): Promise<Reading<RawIssue>> {
    if (budget.halted !== null) return unknown(budget.halted);
    if (budget.singles <= 0) return capped(clock);
    budget.singles -= 1;
    const result = await client.call({
      method: "GET",
      path: `/issue/${key}`,
      query: { fields: fields.join(",") },
    });
    if (!result.ok) {
      if (!meansInvisible(result.problem, kind)) {
        if (result.problem.status !== 400) budget.halted ??= result.problem;
        return unknown(result.problem);
      }
      missing.set(key, result.problem.detail);
      return { state: "missing", detail: result.problem.detail };
    }
    const reading = toReading(result.value, `GET /issue/${key}`);
    if (reading.state === "known" && reading.value.key !== key) moved.set(key, reading.value.key);
    return reading;
  }

  return {
    async find(keys, fields, budget) {
      const found = new Map<TicketKey, Reading<RawIssue>>();
      const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, index) =>
        keys.slice(index * BATCH, (index + 1) * BATCH),
      );
      const leftOver: TicketKey[] = [];
      await runInTurns(batches, LANES, async (batch) => {
        leftOver.push(...(await findBatch(batch, fields, budget, found)));
      });
      await runInTurns(leftOver, LANES, async (key) => {
        found.set(key, await findSingle(key, fields, budget));
      });
      return inOrderOf(keys, found);
    },
  };
}

/** Answers arrive as they will; what is made of them must not depend on it. */
function inOrderOf(keys: readonly TicketKey[], found: FoundIssues): FoundIssues {
  const entries = keys.map((key) => [key, found.get(key)] as const);
  return new Map(
    entries.flatMap(([key, reading]) => (reading === undefined ? [] : [[key, reading] as const])),
  );
}

/**
 * 404 in Jira's own words: not there, or not to be seen. Data Center says 403 for an issue under a security
 * level. The same statuses from something in between say nothing about the ticket.
 */
export function meansInvisible(problem: JiraProblem, kind: JiraSettings["kind"]): boolean {
  if (!problem.saidByJira) return false;
  return problem.code === "jira-no-endpoint" || (kind === "data-center" && problem.code === "jira-forbidden");
}

function toReading(raw: unknown, call: string): Reading<RawIssue> {
  const issue = readIssue(raw);
  return issue === null ? unknown(unexpectedShape(call)) : { state: "known", value: issue };
}

export function unknown(problem: JiraProblem): Extract<Reading<never>, { state: "unknown" }> {
  return { state: "unknown", because: problem.code, detail: problem.detail, retryAt: problem.retryAt };
}

function capped(clock: Clock): Reading<never> {
  const retryAt = new Date(clock.now().getTime() + CAPPED_RETRY);
  return { state: "unknown", because: "jira-capped", detail: wording.tooManyLeftOver(), retryAt };
}
