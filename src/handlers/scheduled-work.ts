import type { Clock } from "../clock.ts";
import type { ServerSettings } from "../config.ts";
import type { Database } from "../database/database.ts";
import type { Subject } from "../domain/subject.ts";
import { lostOnItsWay, neverAtJira } from "../domain/wording/cockpit/requests.ts";
import type { Log } from "../log.ts";
import type { KeepsAnchors } from "../ports/anchors.ts";
import type { Queue } from "../queue/queue.ts";
import type { Tick } from "../queue/ticks.ts";
import { anchorAudit } from "./anchor-audit.ts";
import { takeDueDeadlines } from "../store/deadline.ts";
import { purgeDeliveries } from "../store/delivery.ts";
import { purgeJudgements } from "../store/judgement.ts";
import { listUnreconciled } from "../store/repository.ts";
import { purgeRequests } from "../store/request.ts";
import { purgeSessions } from "../store/session.ts";
import { purgeSignIns } from "../store/sign-in.ts";
import { takeDueLooks } from "../store/subject.ts";
import { giveUpRequests, listWaitingRequests } from "../store/waiting-request.ts";

interface ScheduleDependencies {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<ServerSettings, "keepBodies" | "keepDeliveries">;
  readonly anchors: KeepsAnchors;
}

const MINUTE = 60_000;
/** Answers that are older than a minute are read again. */
const KEEP_ANSWERS = 60 * MINUTE;
/** Commits that show the gate, are neither head nor on their way, and never went out. */
const KEEP_SHOWN = 90 * 24 * 60 * MINUTE;
/** What somebody asked for in the cockpit; the audit keeps who, and what became of it. */
const KEEP_REQUESTS = 30 * 24 * 60 * MINUTE;
/** Sessions in which nobody did anything for a day are over. */
const KEEP_IDLE_SESSIONS = 24 * 60 * MINUTE;
/** A missed event is made up for within this time. */
const RECONCILE_EVERY = 5 * MINUTE;
/** A request that nobody decided within this time has lost its look: an older version took it and did not know it. */
const REQUESTS_TAKE = MINUTE;
/** What somebody wanted yesterday they may not want any more. */
const REQUESTS_LAST = 24 * 60 * MINUTE;
/** On their way to Jira they are given up by then, but where nothing is done for the repository any more. */
const CHANGES_LAST = REQUESTS_LAST + 60 * MINUTE;
const AT_ONCE = 200;
/** Of 10,000 that fall due in the same minute each transaction takes this many. */
const DEADLINES_AT_ONCE = 1_000;

/** What happens by itself. Ticks only ask for looks; any replica may, and asking twice is asking once. */
export function scheduledWork(dependencies: ScheduleDependencies): readonly Tick[] {
  const { database, queue, clock, settings } = dependencies;

  async function askFor(subjects: readonly Subject[], because: string): Promise<void> {
    if (subjects.length === 0) return;
    await database.transaction((transaction) =>
      queue.enqueue(
        transaction,
        subjects.map((subject) => ({ kind: "look", data: { subject, because } })),
      ),
    );
  }

  function gaveUp(message: string) {
    return { answer: { code: "gave-up", message }, at: clock.now() };
  }

  /** Claims what is due and asks for its looks in one transaction; answers how many that were. */
  function askForDue(): Promise<number> {
    return database.transaction(async (transaction) => {
      const due = await takeDueDeadlines(transaction, clock.now(), DEADLINES_AT_ONCE);
      if (due.length === 0) return 0;
      await queue.enqueue(
        transaction,
        due.map((subject) => ({ kind: "look", data: { subject, because: "a deadline" } })),
      );
      return due.length;
    });
  }

  return [
    {
      name: "deadlines",
      atStart: true,
      cron: "*/5 * * * * *",
      async run() {
        while ((await askForDue()) === DEADLINES_AT_ONCE);
      },
    },
    {
      name: "due looks",
      cron: "*/10 * * * * *",
      run: () =>
        database.transaction(async (transaction) => {
          const due = await takeDueLooks(transaction, clock.now(), AT_ONCE);
          await queue.enqueue(
            transaction,
            due.map((subject) => ({
              kind: "look",
              data: { subject, because: "something could not be read" },
            })),
          );
        }),
    },
    {
      name: "reconciliation",
      atStart: true,
      cron: "0 * * * * *",
      async run() {
        const since = new Date(clock.now().getTime() - RECONCILE_EVERY);
        const repositories = await listUnreconciled(database, since, AT_ONCE);
        await askFor(
          repositories.map((repositoryId) => ({ kind: "repository", repositoryId })),
          "reconciliation",
        );
      },
    },
    {
      name: "installations",
      atStart: true,
      cron: "20 */10 * * * *",
      run: () => askFor([{ kind: "installations" }], "reconciliation"),
    },
    {
      name: "failed deliveries",
      atStart: true,
      cron: "30 */2 * * * *",
      run: () => askFor([{ kind: "failed-deliveries" }], "reconciliation"),
    },
    {
      name: "requests",
      atStart: true,
      cron: "50 * * * * *",
      async run() {
        const now = clock.now().getTime();
        const asked = { state: "asked", before: new Date(now - REQUESTS_LAST) } as const;
        await giveUpRequests(database, asked, gaveUp(lostOnItsWay()));
        const underWay = { state: "under-way", before: new Date(now - CHANGES_LAST) } as const;
        await giveUpRequests(database, underWay, gaveUp(neverAtJira()));
        const waiting = await listWaitingRequests(database, new Date(now - REQUESTS_TAKE), AT_ONCE);
        await askFor(waiting, "a request waits");
      },
    },
    {
      name: "audit anchor",
      cron: "40 11 * * * *",
      run: () => anchorAudit(dependencies),
    },
    {
      name: "purge",
      cron: "15 7 * * * *",
      async run() {
        const now = clock.now().getTime();
        await purgeDeliveries(database, {
          bodies: new Date(now - settings.keepBodies),
          deliveries: new Date(now - settings.keepDeliveries),
        });
        await purgeJudgements(database, {
          answers: new Date(now - KEEP_ANSWERS),
          shown: new Date(now - KEEP_SHOWN),
        });
        await purgeRequests(database, new Date(now - KEEP_REQUESTS));
        await purgeSignIns(database, clock.now());
        await purgeSessions(database, { at: clock.now(), seenSince: new Date(now - KEEP_IDLE_SESSIONS) });
      },
    },
  ];
}
