import { serve } from "@hono/node-server";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import type { BasePermission } from "../../../src/domain/authority/authority.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { makeEffectTrue } from "../../../src/effects/make-effect-true.ts";
import { Fault } from "../../../src/errors.ts";
import { look } from "../../../src/handlers/look.ts";
import type { HandlerDependencies } from "../../../src/handlers/dependencies.ts";
import type { MendsTickets, ReadsTickets } from "../../../src/ports/jira.ts";
import type { JobRequest } from "../../../src/queue/jobs.ts";
import { createSandboxJira, type SandboxJira } from "../../../src/sandbox/jira/create-sandbox-jira.ts";
import { storePolicy } from "../../../src/store/policy.ts";
import { beginLook, saveLook } from "../../../src/store/subject.ts";
import { loudLog } from "../../database/loud-log.ts";
import { key, missing, sha } from "../../domain/build-snapshot.ts";
import { gitHubWith } from "../github-with.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit } from "../open-cockpit.ts";

/** The cockpit with a Jira behind it: whatever a form asks for is done as Holdpoint does it, while the page waits. */
export interface MendingWorld {
  readonly cockpit: OpenCockpit;
  readonly sandbox: SandboxJira;
  readonly jira: ReadsTickets & MendsTickets;
  readonly shop: RepositoryFacts;
  /** Everything that waits is done; what fails waits again. */
  readonly work: () => Promise<void>;
  /** Kinds of the subjects that were to be looked at since this was asked last; nobody looks here. */
  readonly looks: () => readonly string[];
  /** What looks at a request does, once more. */
  readonly decide: (requestId: number) => Promise<void>;
  /** From now on GitHub says so of everybody, to Holdpoint itself. */
  readonly permits: (permission: BasePermission) => void;
  /** Until it is said otherwise, nothing is worked on while a page waits. */
  readonly rests: (resting: boolean) => void;
  readonly audit: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => Promise<void>;
}

export const MENDING_POLICY = `deploy: { environments: { production: { base: { branch: production } } } }
tickets:
  projects: [PLAY]
  fields:
    - { name: "Risk assessment" }
    - { name: "Post-deploy checks" }
    - { name: "Rollout" }
    - { name: "Users hit" }
    - { name: "Areas" }
    - { name: "Reviewed by" }
`;

export async function openMending(): Promise<MendingWorld> {
  let pending: JobRequest[] = [];
  const others: string[] = [];
  let permission: BasePermission = "write";
  let isResting = false;
  const sandbox = createSandboxJira({ clock: { now: () => new Date("2026-11-21T12:00:00Z") } });
  const { port, stop } = await listen(sandbox);
  const { email, apiToken } = sandbox.credentials;
  const settings = { kind: "cloud" as const, baseUrl: `http://127.0.0.1:${port}`, email, apiToken };
  const clock = { now: () => cockpit.now() };
  const jira = createJira(settings, { clock });
  const watching = new Set<(repositoryId: number | null) => void>();
  const queue = {
    enqueue: async (_transaction: unknown, jobs: readonly JobRequest[]) => void pending.push(...jobs),
    counts: nobodyAsks,
    listParked: nobodyAsks,
    retryParked: nobodyAsks,
  };

  async function runOne(job: JobRequest): Promise<void> {
    if (job.kind === "effect") await makeEffectTrue(effects, job.data.target);
    else if (job.kind === "look" && job.data.subject.kind === "request") await look(handlers, job.data);
    else if (job.kind === "look") others.push(job.data.subject.kind);
  }
  async function work(): Promise<void> {
    const failed: JobRequest[] = [];
    for (;;) {
      const job = pending.shift();
      if (job === undefined) break;
      try {
        await runOne(job);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        failed.push(job);
      }
    }
    pending = failed;
    for (const onChange of watching) onChange(null);
  }

  const cockpit = await openCockpit({
    jira,
    queue,
    changes: {
      // A page that waits is what has Holdpoint work: nothing here runs by itself.
      subscribe(onChange) {
        watching.add(onChange);
        if (!isResting) void work();
        return () => void watching.delete(onChange);
      },
      close: async () => undefined,
    },
  });
  const shop = await cockpit.repository();
  const github = gitHubWith({
    readOutline: async () => ({
      repository: shop,
      squashOnly: false,
      policyFile: { state: "known", value: { text: MENDING_POLICY, sha: sha("policy") } },
      organisationPolicyFile: missing(),
    }),
    readPermission: async () => permission,
  });
  const { database } = cockpit.db;
  const handlers: HandlerDependencies = {
    github,
    jira,
    database,
    queue,
    clock,
    log: loudLog,
    publicUrl: COCKPIT_URL,
    cockpitUrl: COCKPIT_URL,
    githubUrl: "https://github.com",
    hour: 3_600_000,
  };
  const effects = { github, jira, slack: null, queue, database, clock, log: loudLog };
  const policy = { text: MENDING_POLICY, sha: sha("policy"), organisationText: null, organisationSha: null };
  await storePolicy(database, shop.id, policy, cockpit.now());
  await carry(cockpit, shop, ["PLAY-1", "PLAY-2", "PLAY-3", "OPS-1"]);
  return {
    cockpit,
    sandbox,
    jira,
    shop,
    work,
    looks: () => others.splice(0),
    decide: (requestId) =>
      look(handlers, { subject: { kind: "request", repositoryId: shop.id, requestId }, because: "again" }),
    permits: (next) => void (permission = next),
    rests: (resting) => void (isResting = resting),
    async audit() {
      const rows = await database.query<{ record: Record<string, unknown> }>(
        "select record from holdpoint.audit order by sequence",
      );
      return rows.map(({ record }) => record);
    },
    async close() {
      sandbox.tellTheTruth();
      stop();
      await cockpit.close();
    },
  };
}

/** The deploy's head was looked at, and stands on these tickets. */
async function carry(cockpit: OpenCockpit, shop: RepositoryFacts, tickets: readonly string[]): Promise<void> {
  const { database } = cockpit.db;
  const run = await beginLook(database, { kind: "deploy", repositoryId: shop.id });
  if (run === null) throw new Error("the repository is known");
  const at = cockpit.now();
  const result = {
    head: sha("head"),
    verdict: null,
    at,
    lookAgainAt: null,
    tickets: tickets.map(key),
    closed: false,
  };
  await database.transaction((transaction) => saveLook(transaction, run, result));
}

async function listen(sandbox: SandboxJira): Promise<{ readonly port: number; readonly stop: () => void }> {
  return await new Promise((resolve) => {
    const server = serve({ fetch: sandbox.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ port, stop: () => void server.close() }),
    );
  });
}

function nobodyAsks(): never {
  throw new Error("nobody asks for that here");
}

/** The form's hidden fields and what stands in its controls, as a browser would send them. */
export function formOf(
  page: string,
  id: string,
): { readonly action: string; readonly fields: Record<string, string> } {
  const form = new RegExp(`<form[^>]*id="${id}"[^>]*>([\\s\\S]*?)</form>`).exec(page);
  const action = /action="([^"]*)"/.exec(form?.[0] ?? "")?.[1] ?? "";
  const fields: Record<string, string> = {};
  for (const [tag] of (form?.[1] ?? "").matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
    const name = unescaped(/\sname="([^"]*)"/.exec(tag)?.[1] ?? "");
    if (tag.includes('type="checkbox"') && !/\schecked/.test(tag)) continue;
    fields[name] = unescaped(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? "");
  }
  for (const [, name = "", text = ""] of (form?.[1] ?? "").matchAll(
    /<textarea[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g,
  )) {
    fields[unescaped(name)] = unescaped(text).replace(/^\n/, "");
  }
  for (const [, name = "", options = ""] of (form?.[1] ?? "").matchAll(
    /<select[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    fields[unescaped(name)] = unescaped(/value="([^"]*)"\s+selected/.exec(options)?.[1] ?? "");
  }
  return { action, fields };
}

export function unescaped(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
