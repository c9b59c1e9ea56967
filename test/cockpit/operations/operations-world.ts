import { createHash } from "node:crypto";
import type { Queryable } from "../../../src/database/database.ts";
import type { Effect } from "../../../src/domain/effect.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { parkJob } from "../../../src/queue/parked.ts";
import { noteEffectAnswer, wishEffects } from "../../../src/store/effect.ts";
import { keepGranted, upsertInstallation } from "../../../src/store/installation.ts";
import { notePolicyProblems } from "../../../src/store/policy.ts";
import type { TestDatabase } from "../../database/harness.ts";
import { sha } from "../../domain/build-snapshot.ts";
import { deliveryId } from "../../ingress/intake-fixture.ts";

/** What goes wrong in a repository, every text of it telling whose it is by one word. */
export async function fillWithTrouble(
  { database }: TestDatabase,
  repository: RepositoryFacts,
  { word, at }: { readonly word: string; readonly at: Date },
): Promise<{ readonly target: string; readonly look: string; readonly delivery: string }> {
  const { id: repositoryId, installationId } = repository;
  const account = { id: installationId, login: repository.owner };
  await upsertInstallation(database, { id: installationId, account, state: "active" }, at);
  const page = `https://github.com/organizations/${repository.owner}/settings/installations/${installationId}`;
  await keepGranted(database, installationId, { permissions: { metadata: "read" }, events: [], page });
  const effect: Effect = {
    kind: "status",
    repositoryId,
    sha: sha("head"),
    context: `holdpoint/${word}`,
    state: "success",
    description: "",
    targetUrl: null,
  };
  const [target = ""] = await database.transaction((transaction) =>
    wishEffects(transaction, [effect], new Date(at.getTime() - 600_000)),
  );
  await noteEffectAnswer(database, target, `422 for ${word}`);
  await notePolicyProblems(
    database,
    repositoryId,
    "invalid",
    [{ line: 3, column: 5, path: "deploy", message: `there is no ${word}` }],
    at,
  );
  const look = uuid(`look ${word}`);
  const delivery = uuid(`delivery ${word}`);
  await addDelivery(database, `delivery-${word}`, {
    at,
    body: { repository: { id: repositoryId, name: word } },
    reason: `nobody knows ${word}`,
  });
  await database.transaction(async (transaction) => {
    const parked = { retries: 4, parkedAt: at };
    const subject = { kind: "pull-request", repositoryId, number: 5 } as const;
    const data = { subject, because: "test" };
    const key = `pull-request:${repositoryId}:5`;
    const lastError = `broke at ${word}`;
    await parkJob(transaction, { ...parked, id: look, kind: "look", key, data, lastError });
    await parkJob(transaction, {
      ...parked,
      id: delivery,
      kind: "delivery",
      key: `delivery-${word}`,
      data: { id: deliveryId(`delivery-${word}`) },
      lastError,
    });
  });
  return { target, look, delivery };
}

export async function addDelivery(
  database: Queryable,
  id: string,
  given: {
    readonly at: Date;
    readonly body: unknown;
    readonly reason?: string;
    readonly state?: string;
    readonly source?: string;
  },
): Promise<void> {
  const body = Buffer.from(JSON.stringify(given.body));
  const { at, reason = null, state = "parked", source = "github" } = given;
  await database.query(
    `insert into holdpoint.delivery (id, source, event, body, body_hash, received_at, state, reason)
     values ($1, $2, 'push', $3, $4, $5, $6, $7)`,
    [id, source, body, createHash("sha256").update(body).digest(), at, state, reason],
  );
}

/** The same for the same words. */
export function uuid(words: string): string {
  const hex = createHash("sha256").update(words).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
