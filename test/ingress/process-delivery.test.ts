import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isCommitSha, isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import type { CommitSha, InstallationId, RepositoryId } from "../../src/domain/model.ts";
import { subjectKey } from "../../src/domain/subject.ts";
import { type ProcessingDependencies, processDelivery } from "../../src/ingress/process-delivery.ts";
import { type Log, type LogFields, createLog } from "../../src/log.ts";
import type { JobHandlers } from "../../src/queue/jobs.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { TRIES } from "../../src/queue/queues.ts";
import { insertDeliveries } from "../../src/store/delivery.ts";
import { findEffect, markEffectDone, wishEffects } from "../../src/store/effect.ts";
import { findInstallationState, upsertInstallation } from "../../src/store/installation.ts";
import { findRepository, markRepositoryGone, upsertRepository } from "../../src/store/repository.ts";
import { keepWatch } from "../../src/store/watch.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { endPauses, openReplica, wallClock } from "../queue/queue-fixture.ts";
import { readExamples } from "./examples.ts";
import {
  type Answer,
  type Headers,
  type IntakeFixture,
  JIRA_SECRET,
  deliver,
  deliveryId,
  listDeliveries,
  post,
  processing,
  signatureOf,
  startIntake,
} from "./intake-fixture.ts";

let db: TestDatabase;
let queue: Queue;
let fixture: IntakeFixture;
let dependencies: ProcessingDependencies;
/** Keys of the subjects that were looked at, and what was logged. */
let looks: string[];
/** Targets that were to be made true. */
let effects: string[];
let logged: { readonly message: string; readonly fields: LogFields }[];
/** Deliveries whose processing throws. */
let poisoned: Set<string>;

const log: Log = {
  ...createLog({ level: "silent", clock: wallClock, write: () => undefined, secrets: [] }),
  warn: (message, fields = {}) => void logged.push({ message, fields }),
};
const handlers: JobHandlers = {
  delivery: ({ id }, context) => processDelivery(dependencies, id, context),
  look: ({ subject }) => {
    looks.push(subjectKey(subject));
    return Promise.resolve();
  },
  effect: ({ target }) => {
    effects.push(target);
    return Promise.resolve();
  },
};

beforeAll(async () => {
  db = await createTestDatabase();
  queue = await openReplica(db);
  fixture = await startIntake({ database: db.database, queue });
  const given = await processing(db.database, queue, log);
  dependencies = {
    ...given,
    translate: (delivery) => {
      if (poisoned.has(delivery.id)) throw new Error("poison");
      return given.translate(delivery);
    },
  };
  await queue.work(handlers);
});
afterAll(async () => {
  await fixture.close();
  await queue.stop(1_000);
  await db.drop();
});
beforeEach(() => {
  looks = [];
  effects = [];
  logged = [];
  poisoned = new Set();
});
afterEach(async () => {
  await queue.idle();
  for (const table of [
    "effect",
    "watch",
    "subject",
    "repository",
    "installation",
    "delivery",
    "parked_job",
  ]) {
    await db.database.query(`delete from holdpoint.${table}`);
  }
});

const SHA = sha("ec26c3e57ca3a959ca5aad62de7213c562f8c821");
const installation = { id: 9 };
const repository = {
  id: 100,
  name: "storefront",
  owner: { login: "acme" },
  default_branch: "main",
  private: true,
  archived: false,
};
const push = { repository, installation, ref: "refs/heads/main", before: SHA, after: SHA };
const facts = {
  id: repositoryId(100),
  installationId: installationId(9),
  owner: "acme",
  name: "storefront",
  defaultBranch: "main",
  private: true,
  archived: false,
};
const AT = new Date("2026-03-04T05:06:07Z");

/** Posts it and waits until nothing is left to do. */
async function delivered(event: string, payload: unknown, headers: Headers = {}): Promise<Answer> {
  const answer = await deliver(fixture.port, event, payload, headers);
  await queue.idle();
  return answer;
}

async function states(): Promise<readonly (readonly [state: string, reason: string | null])[]> {
  return (await listDeliveries(db.database)).map(({ state, reason }) => [state, reason]);
}

describe("a delivery becomes looks", () => {
  test("a push is answered, translated, learned from, and the deploy looked at", async () => {
    expect(await delivered("push", push)).toEqual({ status: 202, text: "stored\n" });
    expect(await states()).toEqual([["processed", null]]);
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100"]);
    expect(await findRepository(db.database, facts.id)).toEqual({ facts, gone: null });
  });

  test("a pull request is looked at, and the deploy", async () => {
    await delivered("pull_request", {
      repository,
      installation,
      action: "edited",
      number: 2,
      pull_request: { number: 2, merged: false },
    });
    expect(looks.sort()).toEqual(["deploy:100", "pull-request:100:2"]);
  });

  test("a signed Jira webhook is a look at its ticket, under the old key too", async () => {
    const body = JSON.stringify({
      webhookEvent: "jira:issue_updated",
      issue: { key: "OPS-3" },
      changelog: { items: [{ field: "Key", fromString: "PLAY-7" }] },
    });
    const headers = {
      "content-type": "application/json; charset=UTF-8",
      "x-hub-signature": signatureOf(body, JIRA_SECRET),
      "x-atlassian-webhook-identifier": "1a2b3c",
    };
    for (const signature of [headers["x-hub-signature"], signatureOf(body)]) {
      const answer = await post(
        fixture.port,
        body,
        { ...headers, "x-hub-signature": signature },
        "/api/jira/webhooks",
      );
      expect(answer.status).toBe(signature === headers["x-hub-signature"] ? 202 : 401);
    }
    await queue.idle();
    expect(looks.sort()).toEqual(["ticket:OPS-3", "ticket:PLAY-7"]);
    expect((await listDeliveries(db.database)).map(({ id }) => id)).toEqual(["jira:1a2b3c"]);
  });

  test("Jira's webhook without an identifier is known by its body", async () => {
    const body = JSON.stringify({ webhookEvent: "jira:issue_created", issue: { key: "OPS-3" } });
    const headers = {
      "content-type": "application/json",
      "x-hub-signature": signatureOf(body, JIRA_SECRET),
    };
    await post(fixture.port, body, headers, "/api/jira/webhooks");
    await post(fixture.port, body, headers, "/api/jira/webhooks");
    await queue.idle();
    expect((await listDeliveries(db.database)).map(({ redeliveries }) => redeliveries)).toEqual([1]);
    expect(looks).toEqual(["ticket:OPS-3"]);
  });

  test("every example of GitHub's payloads is answered 202 and processed or ignored", async () => {
    const examples = readExamples();
    const answers = await Promise.all(
      examples.map(({ name, payload }) => deliver(fixture.port, name, payload)),
    );
    await queue.idle();
    expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
    const ended = await states();
    expect(ended).toHaveLength(examples.length);
    expect(ended.filter(([state]) => state !== "processed" && state !== "ignored")).toEqual([]);
    expect(looks.length).toBeGreaterThan(3);
  });
});

describe("a redelivery", () => {
  const id = { "x-github-delivery": randomUUID() };

  test("REL-06: of what succeeded is answered 202, counted, and does nothing", async () => {
    await delivered("push", push, id);
    looks = [];
    expect((await delivered("push", push, id)).status).toBe(202);
    expect(looks).toEqual([]);
    const [row] = await listDeliveries(db.database);
    expect([row?.state, row?.redeliveries]).toEqual(["processed", 1]);
  });

  test("REL-06: of what was ignored is answered 202, counted, and does nothing", async () => {
    await delivered("ping", { zen: "x" }, id);
    expect((await delivered("ping", { zen: "x" }, id)).status).toBe(202);
    const [row] = await listDeliveries(db.database);
    expect([row?.state, row?.redeliveries]).toEqual(["ignored", 1]);
  });

  test.each(["failed", "parked"])("REL-07: of what is %s is processed again", async (state) => {
    await delivered("push", push, id);
    await db.database.query("update holdpoint.delivery set state = $1", [state]);
    looks = [];
    expect((await delivered("push", push, id)).status).toBe(202);
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100"]);
    const [row] = await listDeliveries(db.database);
    expect([row?.state, row?.reason, row?.redeliveries]).toEqual(["processed", null, 1]);
  });

  test("REL-08: an old body under a new GUID is noticed; it is a hint like any other", async () => {
    await delivered("push", push, { "x-github-delivery": "first" });
    looks = [];
    await delivered("push", push, { "x-github-delivery": "replayed" });
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100"]);
    expect(logged).toEqual([
      {
        message: "a delivery repeats the body of another one",
        fields: { delivery: "replayed", event: "push", same: "first" },
      },
    ]);
  });

  test("REL-08: an old body that contradicts what is stored is not believed: GitHub is read again", async () => {
    await delivered("push", push);
    looks = [];
    await delivered("push", { ...push, repository: { ...repository, name: "old-name" } });
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100", "repository:100"]);
  });

  test("jobs of one delivery at the same moment act once", async () => {
    const { promise: allTranslated, resolve } = Promise.withResolvers<void>();
    let translated = 0;
    let asked = 0;
    const racing: ProcessingDependencies = {
      ...dependencies,
      async translate(delivery) {
        translated += 1;
        if (translated === 3) resolve();
        await allTranslated;
        return dependencies.translate(delivery);
      },
      queue: {
        enqueue: (_transaction, jobs) => {
          asked += jobs.length;
          return Promise.resolve();
        },
      },
    };
    const body = Buffer.from(JSON.stringify(push));
    const stored = {
      source: "github",
      event: "push",
      appId: null,
      body,
      bodyHash: Buffer.alloc(32),
    } as const;
    await db.database.transaction((transaction) =>
      insertDeliveries(transaction, [{ ...stored, id: deliveryId("raced") }], AT),
    );
    await Promise.all([1, 2, 3].map(() => processDelivery(racing, deliveryId("raced"))));
    expect(asked).toBe(2);
    await processDelivery(racing, deliveryId("raced"));
    expect(translated).toBe(3);
  });
});

describe("whose delivery it is", () => {
  test("REL-10: another App's is stored with the reason and ignored", async () => {
    await delivered("push", push, { "x-github-hook-installation-target-id": "666" });
    expect(await states()).toEqual([["ignored", "sent for another App (666)"]]);
    expect(looks).toEqual([]);
    expect(await findRepository(db.database, facts.id)).toBeNull();
  });

  test("REL-10: a repository's own webhook is stored with the reason and ignored", async () => {
    const { installation: _none, ...payload } = push;
    await delivered("push", payload, {
      "x-github-hook-installation-target-type": "repository",
      "x-github-hook-installation-target-id": "100",
    });
    expect(await states()).toEqual([
      ["ignored", "sent by a webhook of a repository or an organisation, not for an installation of the App"],
    ]);
  });

  test.each(["suspended", "deleted"] as const)(
    "REL-10: that of a %s installation is stored with the reason and ignored",
    async (state) => {
      const account = { id: 3, login: "acme" };
      await upsertInstallation(db.database, { id: installationId(9), account, state }, AT);
      await delivered("push", push);
      expect(await states()).toEqual([["ignored", `its installation is ${state}`]]);
      expect(looks).toEqual([]);
    },
  );

  test("of another installation than the one that is stored: both are read again, neither is believed", async () => {
    await upsertRepository(db.database, facts, AT);
    await delivered("push", { ...push, installation: { id: 10 } });
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100", "installation:10"]);
    expect((await findRepository(db.database, facts.id))?.facts.installationId).toBe(9);
  });

  test("of a repository that was gone: the installation is read again", async () => {
    await upsertRepository(db.database, facts, AT);
    await markRepositoryGone(db.database, facts.id, "removed", AT);
    await delivered("push", push);
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100", "installation:9"]);
    expect((await findRepository(db.database, facts.id))?.gone).toBe("removed");
  });

  test("a repository that is deleted is gone", async () => {
    await upsertRepository(db.database, facts, AT);
    await delivered("repository", { repository, installation, action: "deleted" });
    expect((await findRepository(db.database, facts.id))?.gone).toBe("deleted");
    expect(looks).toEqual(["installation:9"]);
  });

  test("an installation is learned and read", async () => {
    const account = { id: 3, login: "acme" };
    await delivered("installation", { action: "created", installation: { id: 9, account } });
    expect(looks).toEqual(["installation:9"]);
    expect(await findInstallationState(db.database, installationId(9))).toBe("active");
    await delivered("installation", { action: "suspend", installation: { id: 9, account } });
    expect(await findInstallationState(db.database, installationId(9))).toBe("suspended");
  });
});

describe("a status under our name", () => {
  const context = "holdpoint/pre-deploy";
  const status = { repository, installation, id: 500, sha: SHA, context, sender: { login: "mallory" } };
  const TARGET = `status:100:${SHA}:${context}`;
  const wished = {
    kind: "status",
    repositoryId: facts.id,
    sha: SHA,
    context,
    state: "failure",
    description: "held",
    targetUrl: null,
  } as const;
  const governed = {
    governed: true,
    trunk: "main",
    deployBranch: "main",
    baseBranches: ["live"],
    baseEnvironments: [],
    requiredChecks: false,
    deferredChecks: false,
    labels: [],
  };

  /** Ours stands there, posted as number 400. */
  beforeEach(async () => {
    await upsertRepository(db.database, facts, AT);
    await keepWatch(db.database, facts.id, governed, AT);
  });
  async function stands(): Promise<void> {
    await db.database.transaction((transaction) => wishEffects(transaction, [wished], AT));
    await markEffectDone(db.database, { target: TARGET, revision: 1, remoteId: 400, refusal: null, at: AT });
  }

  async function forgeries(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const rows = await db.database.query<{ record: Record<string, unknown> }>(
      "select record from holdpoint.audit where record->>'what' = 'forged-status' order by sequence",
    );
    return rows.map(({ record }) => record);
  }

  test("REL-64: as we wish it is no news, whoever posted it", async () => {
    await stands();
    await delivered("status", { ...status, state: "failure", description: "held" });
    expect(await states()).toEqual([["ignored", "caused by Holdpoint itself"]]);
    expect(effects).toEqual([]);
  });

  test("REL-64: an older one of ours, told late, is no forgery", async () => {
    await stands();
    await delivered("status", { ...status, id: 399, state: "success", description: "nothing new" });
    expect(await states()).toEqual([["ignored", "caused by Holdpoint itself"]]);
    expect(effects).toEqual([]);
  });

  test.each([
    ["another state", "success", "held"],
    ["another text", "failure", "fine by me"],
  ])(
    "REL-64: with %s it is posted over, audited with who did it, and alarmed",
    async (_, state, description) => {
      const before = (await forgeries()).length;
      await stands();
      await delivered("status", { ...status, state, description });
      expect(effects).toEqual([TARGET]);
      const effect = await findEffect(db.database, TARGET);
      expect([effect?.revision, effect?.doneRevision, effect?.desired]).toEqual([2, 1, wished]);
      const [delivery] = await listDeliveries(db.database);
      expect((await forgeries()).slice(before)).toEqual([
        {
          what: "forged-status",
          subject: TARGET,
          repository: 100,
          head: SHA,
          context,
          shown: { state, description, status: 500 },
          by: "mallory",
          restored: true,
          delivery: delivery?.id,
        },
      ]);
      expect(logged.map(({ message }) => message)).toEqual([
        "somebody else set Holdpoint's own status; it is set right",
      ]);
    },
  );

  test("REL-64: ten times an hour and no more: then it is told alone, and an hour later set right again", async () => {
    await stands();
    for (let count = 0; count < 12; count += 1) {
      await delivered("status", { ...status, id: 501 + count, state: "success", description: String(count) });
      await markEffectDone(db.database, {
        target: TARGET,
        revision: count + 2,
        remoteId: 400,
        refusal: null,
        at: AT,
      });
    }
    expect((await findEffect(db.database, TARGET))?.revision).toBe(11);
    expect((await forgeries()).slice(-3).map(({ restored }) => restored)).toEqual([true, false, false]);
    await db.database.query("update holdpoint.effect set forged_since = forged_since - interval '61 min'");
    await delivered("status", { ...status, id: 600, state: "success", description: "again" });
    expect((await findEffect(db.database, TARGET))?.revision).toBe(12);
  });

  test("REL-64: while ours is being posted it is posted once more, and nobody is accused", async () => {
    const before = (await forgeries()).length;
    await db.database.transaction((transaction) => wishEffects(transaction, [wished], AT));
    await delivered("status", { ...status, state: "success", description: "nothing new" });
    expect([effects, (await forgeries()).length]).toEqual([[TARGET], before]);
  });

  test("REL-64: a green one on a commit that was never judged gives way to one that says so", async () => {
    await delivered("status", { ...status, state: "success", description: null });
    expect((await findEffect(db.database, TARGET))?.desired).toEqual({
      ...wished,
      state: "pending",
      description: "could not verify: Holdpoint has not judged this commit, somebody else set this status",
    });
  });

  test.each([
    ["a name that we do not use", { context: "holdpoint/else", state: "success" }],
    ["a red one on a commit that was never judged", { state: "failure" }],
  ])("REL-64: %s is left alone", async (_, given) => {
    await delivered("status", { ...status, description: null, ...given });
    expect(effects).toEqual([]);
  });

  test("REL-64: a repository without a policy is none of our business", async () => {
    await keepWatch(db.database, facts.id, { ...governed, governed: false }, AT);
    await delivered("status", { ...status, state: "success", description: null });
    expect(effects).toEqual([]);
  });
});

describe("what cannot be processed", () => {
  test("REL-09: a body under another event's name is parked, and has no effect", async () => {
    await delivered("pull_request", push, { "x-github-delivery": "misnamed" });
    expect(await states()).toEqual([
      ["parked", "the payload does not have the shape of pull_request: action"],
    ]);
    expect(looks).toEqual([]);
    expect(await findRepository(db.database, facts.id)).toBeNull();
    expect(logged.map(({ message }) => message)).toEqual(["a delivery was parked"]);
  });

  test.each(["", "null", "[]", '"text"', "{", '{"a":1}x'])(
    "a signed body that is no JSON object (%s) is parked",
    async (body) => {
      const signed = { "x-hub-signature-256": signatureOf(body), "content-type": "application/json" };
      const answer = await post(fixture.port, body, {
        ...signed,
        "x-github-delivery": randomUUID(),
        "x-github-event": "push",
      });
      await queue.idle();
      expect(answer.status).toBe(202);
      expect(await states()).toEqual([["parked", "the body is no JSON object"]]);
    },
  );

  test("a hostile action is kept as text that the database takes", async () => {
    await delivered("ping", { action: "\0\ud800x" });
    expect(await states()).toEqual([["ignored", "ping.\ufffdx is not used"]]);
  });

  test("REL-19: a delivery that always throws is tried again, parked in the end, and others proceed", async () => {
    poisoned.add("poison");
    await deliver(fixture.port, "push", push, { "x-github-delivery": "poison" });
    await until(async () => (await states())[0]?.[0] === "failed");
    await delivered("push", { ...push, more: 1 }, { "x-github-delivery": "sound" });
    expect(looks.sort()).toEqual(["compliance:100", "deploy:100"]);
    expect(await states()).toEqual([
      ["failed", "poison"],
      ["processed", null],
    ]);
    await until(async () => {
      await endPauses(db);
      return (await states())[0]?.[0] === "parked";
    });
    await queue.idle();
    expect(await queue.listParked(10)).toMatchObject([
      { kind: "delivery", key: "poison", retries: TRIES - 1, lastError: "poison" },
    ]);
    poisoned.clear();
    const [parked] = await queue.listParked(1);
    expect(await queue.retryParked(parked?.id ?? "")).toBe(true);
    await queue.idle();
    expect((await states())[0]).toEqual(["processed", null]);
  });
});

async function until(claim: () => Promise<boolean>): Promise<void> {
  while (!(await claim())) await new Promise((resolve) => setImmediate(resolve));
}

function sha(text: string): CommitSha {
  if (!isCommitSha(text)) throw new RangeError("a sha is expected");
  return text;
}
function repositoryId(id: number): RepositoryId {
  if (!isRepositoryId(id)) throw new RangeError("a repository's id is expected");
  return id;
}
function installationId(id: number): InstallationId {
  if (!isInstallationId(id)) throw new RangeError("an installation's id is expected");
  return id;
}
