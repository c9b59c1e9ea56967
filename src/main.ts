import { performance } from "node:perf_hooks";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { createAnchorFile } from "./adapters/anchors/anchor-file.ts";
import { browserUrlOf } from "./adapters/github/browser-url.ts";
import { createGitHub } from "./adapters/github/create-github.ts";
import { createSignIn } from "./adapters/github/sign-in.ts";
import { createJira } from "./adapters/jira/create-jira.ts";
import { createSlack } from "./adapters/slack/create-slack.ts";
import { type Clock, startClock } from "./clock.ts";
import type { ServerSettings } from "./config.ts";
import { createCockpit } from "./cockpit/create-cockpit.ts";
import { headersOfAll } from "./cockpit/security-headers.ts";
import { createChangeFeed } from "./cockpit/live/change-feed.ts";
import type { Database } from "./database/database.ts";
import { checkMigrations } from "./database/migrate.ts";
import { openDatabase } from "./database/open-database.ts";
import { readDatabaseTime } from "./database/read-database-time.ts";
import { asError } from "./errors.ts";
import type { EffectDependencies } from "./effects/dependencies.ts";
import { makeEffectTrue } from "./effects/make-effect-true.ts";
import { createGateApp } from "./api/gate-app.ts";
import { anchorAudit } from "./handlers/anchor-audit.ts";
import type { HandlerDependencies } from "./handlers/dependencies.ts";
import { look } from "./handlers/look.ts";
import { createRollbackRecord } from "./handlers/create-rollback-record.ts";
import { createDeliveryWriter } from "./ingress/delivery-writer.ts";
import { createIntake } from "./ingress/intake.ts";
import { createProbes } from "./ingress/probes.ts";
import { processDelivery } from "./ingress/process-delivery.ts";
import { createTranslator } from "./ingress/create-translator.ts";
import { createByteBudget, MAX_BYTES_IN_FLIGHT } from "./ingress/read-body.ts";
import { createHttpServer, listenHttp, STOP_GRACE, stopHttpServer } from "./ingress/server.ts";
import { createLog, type Log } from "./log.ts";
import { prepareDatabase } from "./queue/prepare-database.ts";
import { parsePlainYaml } from "./policy/parse-plain-yaml.ts";
import { createQueue } from "./queue/create-queue.ts";
import type { Queue } from "./queue/queue.ts";
import { startTicks, type Tick } from "./queue/ticks.ts";
import { scheduledWork } from "./handlers/scheduled-work.ts";
import { createGate } from "./snapshot/take-gate-facts.ts";
import { createSharedPauses } from "./store/github-pause.ts";
import { storeJudgement } from "./store/judgement.ts";
import { upsertRepository } from "./store/repository.ts";

export interface StartOptions {
  readonly settings: ServerSettings;
  /** Takes one log line. */
  readonly write: (line: string) => void;
  /** For a GitHub in a sandbox: no pause between writes. */
  readonly writeGapMilliseconds?: number;
  /** Another clock than the database's. Nothing then happens by itself: whoever owns the clock runs the ticks. */
  readonly clock?: Clock;
  /** How long an hour of deadlines lasts, in milliseconds; 3,600,000 unless given. The demo tells three days in a minute. */
  readonly hour?: number;
  readonly boundary?: Partial<Boundary>;
}

/** Everything that this process does outside itself: others step, watch or break it here. */
export interface Boundary {
  /** Calls to GitHub, Jira and Slack. */
  readonly fetch: typeof globalThis.fetch;
  readonly openDatabase: typeof openDatabase;
  readonly createQueue: typeof createQueue;
  /** Pauses between tries of one call, and between writes. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1, for the length of pauses. */
  readonly random: () => number;
}

export interface RunningHoldpoint {
  readonly url: string;
  readonly database: Database;
  readonly queue: Queue;
  /** What happens by itself, to be run at any time. */
  readonly ticks: readonly Tick[];
  /** In order: no new webhooks, the work in hand finished or given back, the connections closed. */
  readonly stop: () => Promise<void>;
}

const HOUR = 3_600_000;

/** Puts everything together and starts it. What was started is stopped again when a later part fails. */
export async function startHoldpoint(options: StartOptions): Promise<RunningHoldpoint> {
  const { settings, boundary = {} } = options;
  const open = boundary.openDatabase ?? openDatabase;
  const stops: (() => Promise<void>)[] = [];
  async function stopAll(): Promise<void> {
    for (const stop of stops.splice(0).reverse()) await stop();
  }
  try {
    const wall = startClock(new Date(), () => performance.now());
    const { logLevel: level, secrets } = settings;
    const log = createLog({ level, clock: wall, write: options.write, secrets });
    const server = await prepareDatabase(settings.database, wall, log);
    stops.push(server.stop);
    const database = await open({ url: server.url, purpose: "work", log });
    stops.push(database.close);
    const intakeDatabase = await open({ url: server.url, purpose: "intake", log });
    stops.push(intakeDatabase.close);
    const clock = options.clock ?? startClock(await readDatabaseTime(database), () => performance.now());
    const anchors = createAnchorFile(settings.database.dataDirectory);
    // After the last of the work in hand, whose records it keeps.
    stops.push(async () => {
      try {
        await anchorAudit({ database, anchors, clock, log });
      } catch (error) {
        log.warn("the audit could not be anchored before the end", { error: asError(error) });
      }
    });
    const queue = await (boundary.createQueue ?? createQueue)({
      url: server.url,
      database,
      clock,
      log,
      open,
    });
    stops.push(() => queue.stop(STOP_GRACE));

    const writer = createDeliveryWriter(intakeDatabase, queue, clock);
    const intake = createIntake({
      secrets: { github: settings.webhookSecrets, jira: settings.jiraWebhookSecrets },
      writer,
      budget: createByteBudget(MAX_BYTES_IN_FLIGHT),
      log,
    });
    const outside = connect(options, database, clock, log);
    const gate = createGate({
      ...outside,
      database,
      clock,
      keep: (repositoryId, judgement) => storeJudgement(database, repositoryId, judgement),
    });
    let stopping = false;
    const pages = new Hono();
    const checkDatabase = () => checkMigrations(intakeDatabase);
    pages.route("/", createProbes({ intake, writer, queue, checkDatabase, isStopping: () => stopping }));
    const recordRollback = createRollbackRecord({ database, queue, clock });
    pages.route("/", createGateApp({ tokens: settings.apiTokens, gate, recordRollback, clock, log }));
    const changes = await createChangeFeed({ url: server.url, log });
    stops.push(changes.close);
    let address = settings.publicUrl ?? "";
    pages.route(
      "/",
      createCockpit({
        ...outside,
        database,
        queue,
        clock,
        log,
        gate,
        changes,
        signIn:
          settings.cockpit === null
            ? null
            : {
                github: createSignIn({ github: settings.github, cockpit: settings.cockpit }, { clock, log }),
                settings: settings.cockpit,
              },
        publicUrl: () => address,
      }),
    );
    const listener = getRequestListener(pages.fetch, { overrideGlobalObjects: false });
    const headers = () => headersOfAll(address);
    const http = createHttpServer(intake, (...asked) => void listener(...asked), { headers });
    const url = await listenHttp(http, settings);
    address = settings.publicUrl ?? url;
    stops.push(async () => {
      stopping = true;
      intake.stop();
      // Open event streams would keep the server from closing.
      await changes.close();
      await stopHttpServer(http, STOP_GRACE);
      await writer.settled();
    });

    await work({ options, database, queue, clock, log, url, outside });
    const ticks = scheduledWork({ database, queue, clock, log, settings, anchors });
    if (options.clock === undefined) stops.push(startTicks({ ticks, log }).stop);
    log.info("started", { url });
    return { url, database, queue, ticks, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

interface Parts {
  readonly options: StartOptions;
  readonly database: Database;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly url: string;
  readonly outside: Outside;
}

/** The other sides, and how time is measured there. */
type Outside = { readonly jira: ReturnType<typeof createJira> | null } & Pick<
  HandlerDependencies,
  "github" | "githubUrl" | "hour"
>;

function connect(options: StartOptions, database: Database, clock: Clock, log: Log): Outside {
  const { settings, writeGapMilliseconds: gap, boundary = {} } = options;
  const github = createGitHub({
    ...settings.github,
    clock,
    log,
    pauses: createSharedPauses(database),
    parseYaml: parsePlainYaml,
    onRenamed: (repository) => upsertRepository(database, repository, clock.now()),
    ...boundary,
    ...(gap === undefined ? {} : { writeGapMilliseconds: gap }),
  });
  const jira =
    settings.jira === null ? null : createJira(settings.jira, { clock, log, fetch: boundary.fetch });
  return { github, jira, githubUrl: browserUrlOf(settings.github.apiUrl), hour: options.hour ?? HOUR };
}

/** Gives the queue its handlers. */
async function work({ options, database, queue, clock, log, url, outside }: Parts): Promise<void> {
  const { settings, writeGapMilliseconds: gap, boundary = {} } = options;
  const { appId, privateKey } = settings.github;
  const slack =
    settings.slack === null
      ? null
      : createSlack(settings.slack, {
          clock,
          log,
          ...boundary,
          ...(gap === undefined ? {} : { gapMilliseconds: gap }),
        });
  const [webhookSecret = ""] = settings.webhookSecrets;
  const translate = await createTranslator({ appId, privateKey, webhookSecret });
  const publicUrl = settings.publicUrl ?? url;
  const handling: HandlerDependencies & Pick<EffectDependencies, "jira"> = {
    ...outside,
    database,
    queue,
    clock,
    log,
    publicUrl,
    cockpitUrl: settings.cockpit === null ? null : publicUrl,
  };
  await queue.work({
    delivery: ({ id }, context) =>
      processDelivery({ appId, translate, database, queue, clock, log }, id, context),
    look: (data, context) => look(handling, data, context),
    effect: ({ target }) => makeEffectTrue({ ...handling, slack }, target),
  });
}
