import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TicketChange } from "../../src/domain/effect.ts";
import type { RepositoryId } from "../../src/domain/model.ts";
import type { StoredRequest, Wish } from "../../src/domain/requests/request.ts";
import { makeTicketChange } from "../../src/effects/make-ticket-change.ts";
import { Fault } from "../../src/errors.ts";
import type { MendsTickets, ReadsTickets, TicketWritten } from "../../src/ports/jira.ts";
import type { JobRequest } from "../../src/queue/jobs.ts";
import { findEffect, wishEffects } from "../../src/store/effect.ts";
import { addRequest, findRequest, settleRequest } from "../../src/store/request.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, buildTicket, key, known, unread } from "../domain/build-snapshot.ts";

const AT = new Date("2026-11-21T12:00:00Z");
const shop = buildRepository();
const PLAY_1 = key("PLAY-1");
const RISK = "Risk assessment";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, shop, AT);
});
afterAll(() => db.drop());

/** A Jira of one ticket with one field; each call may fail. */
interface SmallJira {
  value: string | null;
  status: string;
  readonly said: string[];
  readonly calls: string[];
  /** The next call of that name fails, before or after it has done its work. */
  fails: { readonly call: string; readonly when: "before" | "after" } | null;
  refuses: { readonly call: string; readonly detail: string } | null;
}

function smallJira(): SmallJira {
  return { value: null, status: "In Review", said: [], calls: [], fails: null, refuses: null };
}

function speak(small: SmallJira): ReadsTickets & MendsTickets {
  function failing(name: string, when: "before" | "after"): void {
    if (small.fails?.call !== name || small.fails.when !== when) return;
    small.fails = null;
    throw new Fault({ kind: "retry-later", code: "jira-timeout", doing: name });
  }
  async function write(name: string, work: () => void): Promise<TicketWritten> {
    small.calls.push(name);
    failing(name, "before");
    if (small.refuses?.call === name) return { state: "refused", detail: small.refuses.detail };
    work();
    failing(name, "after");
    return { state: "done" };
  }
  return {
    async readTickets() {
      if (small.fails?.call === "readTickets") {
        small.fails = null;
        return new Map([[PLAY_1, unread("jira-timeout")]]);
      }
      const status = { name: small.status, category: "indeterminate" } as const;
      return new Map([[PLAY_1, known(buildTicket("PLAY-1", { status }))]]);
    },
    readProjects: async () => known(["PLAY"]),
    readTransitions: async () => known([{ id: "31", name: "Accept", to: "Ready to deploy", needs: [] }]),
    readFieldForms: async () =>
      known(
        new Map([
          [RISK, { form: { kind: "text", lines: "many" } as const, value: small.value, formatted: false }],
        ]),
      ),
    writeFields: (_, fields) =>
      write("writeFields", () => {
        small.value = fields[0]?.text ?? null;
      }),
    moveTicket: () =>
      write("moveTicket", () => {
        small.status = "Ready to deploy";
      }),
    commentOnTicket: (_, { text, mark }) =>
      write("commentOnTicket", () => {
        if (!small.said.some((one) => one.endsWith(mark))) small.said.push(`${text} ${mark}`);
      }),
  };
}

const FILL: TicketChange = { kind: "fields", fields: [{ name: RISK, seen: null, wanted: "Low" }] };
const MOVE: TicketChange = {
  kind: "move",
  transition: { id: "31", name: "Accept", to: "Ready to deploy" },
  seen: "In Review",
};

interface Scene {
  /** One try of the effect; the code of the fault that it ended with. */
  readonly tryOnce: () => Promise<string>;
  readonly request: () => Promise<StoredRequest | null>;
  readonly jobs: readonly JobRequest[];
}

/** A request that was accepted, and its effect. */
async function begin(
  small: SmallJira | null,
  change: TicketChange,
  now: () => Date = () => AT,
): Promise<Scene> {
  const wish: Wish = { kind: "fill-fields", ticket: PLAY_1, fields: [] };
  const { id, target } = await db.database.transaction(async (transaction) => {
    const asked = { repositoryId: shop.id, by: { id: 1, login: "octocat" }, wish, at: AT };
    const requestId = await addRequest(transaction, asked);
    await settleRequest(transaction, requestId, { state: "under-way", answer: null, at: AT });
    const effect = effectOf(shop.id, requestId, change);
    const [changed = ""] = await wishEffects(transaction, [effect], AT);
    return { id: requestId, target: changed };
  });
  const jobs: JobRequest[] = [];
  const dependencies = {
    jira: small === null ? null : speak(small),
    database: db.database,
    queue: { enqueue: async (_: unknown, more: readonly JobRequest[]) => void jobs.push(...more) },
    clock: { now },
  };
  return {
    jobs,
    request: () => findRequest(db.database, id),
    async tryOnce() {
      const effect = await findEffect(db.database, target);
      if (effect === null || effect.desired.kind !== "ticket") throw new Error("it was wished for");
      if (effect.doneRevision >= effect.revision) return "done before";
      try {
        await makeTicketChange(dependencies, shop, effect, effect.desired);
        return "done";
      } catch (error) {
        if (error instanceof Fault) return error.code;
        throw error;
      }
    },
  };
}

/** What the audit says of a request. */
async function recordsOf(request: number | undefined): Promise<readonly unknown[]> {
  const rows = await db.database.query<{ said: unknown }>(
    `select jsonb_build_object('what', record->'what', 'because', record->'because', 'by', record->'by') as said
       from holdpoint.audit where (record->>'request')::bigint = $1 order by sequence`,
    [request],
  );
  return rows.map(({ said }) => said);
}

function effectOf(repositoryId: RepositoryId, requestId: number, change: TicketChange) {
  return {
    kind: "ticket",
    repositoryId,
    requestId,
    ticket: PLAY_1,
    change,
    comment: "octocat did it.",
  } as const;
}

describe.each([
  ["filling in", FILL, "writeFields"],
  ["moving on", MOVE, "moveTicket"],
] as const)("%s", (_, change, call) => {
  test("is written, said and settled once", async () => {
    const small = smallJira();
    const { tryOnce, request, jobs } = await begin(small, change);
    expect([await tryOnce(), await tryOnce()]).toEqual(["done", "done before"]);
    expect(small.calls).toEqual([call, "commentOnTicket"]);
    expect(await request()).toMatchObject({ state: "done", answer: { code: "changed" } });
    expect(jobs.map((job) => (job.kind === "look" ? job.data.subject : null))).toEqual([
      { kind: "ticket", key: "PLAY-1" },
    ]);
  });

  test.each(["before", "after"] as const)(
    "a write that fails %s Jira has done it is done once in the end, and said by who wanted it",
    async (when) => {
      const small = smallJira();
      small.fails = { call, when };
      const { tryOnce, request } = await begin(small, change);
      expect(await tryOnce()).toBe("jira-timeout");
      expect(await request()).toMatchObject({ state: "under-way" });
      expect(await tryOnce()).toBe("done");
      expect(small.calls.filter((one) => one === call)).toHaveLength(when === "before" ? 2 : 1);
      expect(small.said).toEqual([`octocat did it. acme/storefront, request ${(await request())?.id}.`]);
      expect(await request()).toMatchObject({ state: "done", answer: { code: "changed" } });
    },
  );

  test.each(["before", "after"] as const)(
    "a comment that fails %s it is there is said once",
    async (when) => {
      const small = smallJira();
      small.fails = { call: "commentOnTicket", when };
      const { tryOnce, request } = await begin(small, change);
      expect([await tryOnce(), await tryOnce()]).toEqual(["jira-timeout", "done"]);
      expect(small.calls.filter((one) => one === call)).toHaveLength(1);
      expect(small.said).toHaveLength(1);
      expect(await request()).toMatchObject({ state: "done", answer: { code: "changed" } });
    },
  );

  test("what Jira refuses is told in its words, and the comment is not written", async () => {
    const small = smallJira();
    small.refuses = { call, detail: "Field is not on the screen." };
    const { tryOnce, request } = await begin(small, change);
    expect(await tryOnce()).toBe("done");
    expect(small.calls).toEqual([call]);
    expect(await request()).toMatchObject({
      state: "refused",
      answer: { code: "jira-refused", message: "Jira did not take it: Field is not on the screen." },
    });
  });

  test("a comment that is refused takes nothing back", async () => {
    const small = smallJira();
    small.refuses = { call: "commentOnTicket", detail: "You may not comment." };
    const { tryOnce, request } = await begin(small, change);
    expect(await tryOnce()).toBe("done");
    const settled = await request();
    expect(settled?.state).toBe("done");
    expect(settled?.answer?.message).toMatch(/Jira took no comment that says so: You may not comment\.$/);
  });

  test("what was so already is settled without a word on the ticket, and nobody's doing on record", async () => {
    const small = smallJira();
    small.value = "Low";
    small.status = "Ready to deploy";
    const { tryOnce, request } = await begin(small, change);
    expect(await tryOnce()).toBe("done");
    expect(small.calls).toEqual([]);
    const settled = await request();
    expect(settled).toMatchObject({ state: "done", answer: { code: "there-already" } });
    expect(await recordsOf(settled?.id)).toEqual([
      { what: "ticket-not-changed", because: "there-already", by: "octocat" },
    ]);
  });

  test("what somebody else changed is not overwritten", async () => {
    const small = smallJira();
    small.value = "High";
    small.status = "To Do";
    const { tryOnce, request } = await begin(small, change);
    expect(await tryOnce()).toBe("done");
    expect(small.calls).toEqual([]);
    expect(await request()).toMatchObject({ state: "conflict" });
  });

  test("a Jira that does not answer leaves it on its way, and says so", async () => {
    const small = smallJira();
    small.fails = { call: "readTickets", when: "before" };
    const { tryOnce, request } = await begin(small, change);
    expect(await tryOnce()).toBe("jira-timeout");
    expect(await request()).toMatchObject({
      state: "under-way",
      answer: {
        code: "jira-away",
        message:
          "Jira is not answering. What you typed is kept, and Holdpoint tries again by itself for a day.",
      },
    });
  });

  test("nothing is written a day later", async () => {
    const small = smallJira();
    const { tryOnce, request } = await begin(small, change, () => new Date(AT.getTime() + 86_400_001));
    expect(await tryOnce()).toBe("done");
    expect(small.calls).toEqual([]);
    expect(await request()).toMatchObject({ state: "failed", answer: { code: "gave-up" } });
  });

  test("without a Jira it is given up", async () => {
    const { tryOnce, request } = await begin(null, change);
    expect(await tryOnce()).toBe("done");
    expect(await request()).toMatchObject({ state: "failed", answer: { code: "no-jira" } });
  });
});
