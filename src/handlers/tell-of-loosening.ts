import { whom } from "../domain/authority/issue-notes.ts";
import type { Effect, IssueReference } from "../domain/effect.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { Loosening } from "../domain/policy-loosened.ts";
import { describeLoosening, policyWaits } from "../domain/wording/loosening.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { listOpenCases } from "../store/compliance-case.ts";
import { listHalts } from "../store/halt.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/**
 * Says once, on every issue that holds something, that a looser policy waits to be accepted, and by whom it can be; of other texts
 * it is said anew, because only what was told of can be accepted.
 */
export async function tellOfLoosening(
  { database, queue, clock }: Pick<HandlerDependencies, "database" | "queue" | "clock">,
  repositoryId: RepositoryId,
  {
    standing,
    loosened,
    waitingSince,
  }: {
    readonly standing: Policy;
    readonly loosened: readonly Loosening[];
    readonly waitingSince: Date;
  },
): Promise<void> {
  const cases = await listOpenCases(database, repositoryId);
  const halts = await listHalts(database, repositoryId);
  const places: readonly (readonly [string, IssueReference])[] = [
    ...cases.map(({ firstRed: { sha } }) => [sha, { kind: "compliance-issue", firstRed: sha }] as const),
    ...halts.flatMap(({ issueNumber: number }) =>
      number === null ? [] : [[String(number), { kind: "number", number }] as const],
    ),
  ];
  const body = policyWaits(loosened.map(describeLoosening), whom(standing.override));
  const effects = [...new Map(places)].map(([name, on]): Effect => ({
    kind: "note",
    repositoryId,
    on,
    key: `policy-waits-${name}-${waitingSince.getTime()}`,
    body,
  }));
  await database.transaction((transaction) => sendToOutbox(transaction, queue, effects, clock.now()));
}
