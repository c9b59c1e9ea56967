import type { Transaction } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { issueMarker } from "../domain/wording/comment.ts";
import { issueMayBeThereTwice, issueNotVisibleYet } from "../domain/wording/effect.ts";
import { Fault } from "../errors.ts";
import type { Posted } from "../ports/posts.ts";
import { appendAudit } from "../store/audit.ts";
import { markWarned } from "../store/compliance-case.ts";
import { markEffectDone, type StoredEffect } from "../store/effect.ts";
import {
  hasUnwarnedCase,
  isNewestWish,
  keepIssueNumber,
  listWaitingOnIssue,
  noteIssueBegun,
  whenIssueWasBegun,
} from "../store/issue-effect.ts";
import type { EffectDependencies } from "./dependencies.ts";
import { refusalOf, tryToPost } from "./make-posted.ts";

type IssueEffect = Extract<Effect, { kind: "issue" }>;
type IssueDependencies = Pick<EffectDependencies, "github" | "queue" | "database" | "clock" | "log">;

/** A new issue may take this long until GitHub's list shows it. */
const VISIBLE_WITHIN = 20_000;
const FORBIDDEN = 403;
/** A second look after a creation that might have been the second one. */
const LOOK_AGAIN_AFTER = 60_000;

/**
 * Opens the compliance issue, or brings it up to date. Whoever sets out to open one says so first: when the answer is lost, or the
 * process, the next try looks until the issue must be visible, and only then opens another. With the issue there, its people are
 * warned; where GitHub takes no issue, the refusal counts as the warning, for the gate's status says it then.
 */
export async function makeIssue(
  dependencies: IssueDependencies,
  repository: RepositoryFacts,
  effect: StoredEffect,
  desired: IssueEffect,
): Promise<void> {
  const { github, database, clock } = dependencies;
  const { target } = effect;
  const before = await whenIssueWasBegun(database, target);
  let mayBeTwo = false;
  const posted = await tryToPost(dependencies, target, () =>
    github.putIssue(
      repository,
      {
        marker: issueMarker(desired.firstRed),
        title: desired.title,
        body: desired.footnote === "" ? desired.body : `${desired.body}\n\n${desired.footnote}`,
        labels: desired.labels,
        labelsReady: desired.labelsReady,
        labelsOff: desired.labelsOff,
        state: desired.state,
      },
      {
        number: effect.remoteId,
        beforeMaking: async () => {
          const at = clock.now();
          if (before !== null) waitUntilVisible(before, at);
          mayBeTwo = before !== null;
          await noteIssueBegun(database, target, at);
        },
      },
    ),
  ).catch(async (error: unknown) => {
    if (error instanceof Fault && error.status === FORBIDDEN) {
      await keepForbidden(dependencies, repository, desired, error);
    }
    throw error;
  });
  await keep(dependencies, repository, effect, { desired, posted, mayBeTwo });
  if (mayBeTwo) throw tooEarlyToTell(clock.now());
}

/** The issue of an earlier try may be there and not be shown yet. */
function waitUntilVisible(begunAt: Date, at: Date): void {
  const until = new Date(begunAt.getTime() + VISIBLE_WITHIN);
  if (at >= until) return;
  throw new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: "opening an issue",
    retryAt: until,
    detail: issueNotVisibleYet(),
  });
}

/** There may be two now, and the older one is not shown yet: the effect counts as done after one more look. */
function tooEarlyToTell(at: Date): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: "opening an issue",
    retryAt: new Date(at.getTime() + LOOK_AGAIN_AFTER),
    detail: issueMayBeThereTwice(),
  });
}

interface Outcome {
  readonly desired: IssueEffect;
  readonly posted: Posted;
  /** It was made although an earlier try may have made one: looked at once more before it counts as done. */
  readonly mayBeTwo: boolean;
}

async function keep(
  dependencies: IssueDependencies,
  repository: RepositoryFacts,
  { target, revision, remoteId: knownBefore }: StoredEffect,
  { desired, posted, mayBeTwo }: Outcome,
): Promise<void> {
  const { database, queue, clock } = dependencies;
  const at = clock.now();
  const remoteId = posted.state === "done" ? posted.remoteId : null;
  const refusal = refusalOf(dependencies, target, posted);
  await database.transaction(async (transaction) => {
    const kept = await keepIssueNumber(transaction, target, { number: remoteId, knownBefore });
    if (kept === "rival") {
      const startAfter = new Date(at.getTime() + LOOK_AGAIN_AFTER);
      await queue.enqueue(transaction, [{ kind: "effect", data: { target }, startAfter }]);
    } else if (!mayBeTwo) {
      await markEffectDone(transaction, { target, revision, remoteId, refusal, at });
    }
    const waiting = await listWaitingOnIssue(transaction, repository.id, desired.firstRed);
    await queue.enqueue(
      transaction,
      waiting.map((other) => ({ kind: "effect", data: { target: other } })),
    );
    // A check that joined the issue meanwhile is not in what was written: its people are warned with the next one.
    if (!(await isNewestWish(transaction, target, revision))) return;
    await warn(transaction, { repository, desired, refusal, at });
  });
}

/** Without permission to write issues: the clock must not wait for it, the effect does. */
async function keepForbidden(
  { database, clock }: IssueDependencies,
  repository: RepositoryFacts,
  desired: IssueEffect,
  { message: refusal }: Fault,
): Promise<void> {
  await database.transaction((transaction) =>
    warn(transaction, { repository, desired, refusal, at: clock.now() }),
  );
}

interface Warning {
  readonly repository: RepositoryFacts;
  readonly desired: IssueEffect;
  /** Why there is no issue, for the audit; null: there is one. */
  readonly refusal: string | null;
  readonly at: Date;
}

/** From now on the clocks of its cases run. */
async function warn(transaction: Transaction, { repository, desired, refusal, at }: Warning): Promise<void> {
  const { firstRed } = desired;
  if (!(await hasUnwarnedCase(transaction, repository.id, firstRed))) return;
  await markWarned(transaction, repository.id, firstRed, at);
  if (refusal === null) return;
  const record = { what: "issue-refused", repository: repository.id, first_red: firstRed, because: refusal };
  await appendAudit(transaction, { installationId: repository.installationId, at, record });
}
