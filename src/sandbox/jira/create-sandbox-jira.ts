import { randomUUID } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { asError } from "../../errors.ts";
import { browsePage } from "./browse-page.ts";
import { createControlApp } from "./control-app.ts";
import { DEFAULT_SITE } from "./default-site.ts";
import { answerWith, createLies, type JiraLie } from "./lies.ts";
import type { SandboxField, SandboxIssue, SandboxProject, SandboxResult, SandboxSite } from "./model.ts";
import type { Dialect } from "./render.ts";
import { createRestApp } from "./rest-app.ts";
import { makeWebhook, type JiraWebhook } from "./webhook.ts";
import { createWorld, type IssueEdit, type NewIssue } from "./world.ts";

export interface SandboxJiraOptions {
  readonly clock: Clock;
  readonly site?: SandboxSite;
  /** The sandbox's own address as others see it, no slash at the end; Data Center lives under `/jira` of it. */
  readonly publicUrl?: string;
  readonly credentials?: SandboxCredentials;
  readonly webhook?: WebhookTarget;
  /** Sends one webhook; rejects where it was not taken. Without it none is sent. */
  readonly deliver?: (webhook: JiraWebhook) => Promise<void>;
  readonly newIdentifier?: () => string;
}

export interface SandboxCredentials {
  readonly email: string;
  readonly apiToken: string;
  readonly personalAccessToken: string;
}

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string | null;
}

export interface SandboxRequest {
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  readonly kind: Dialect["kind"];
}

export interface SandboxWebhook extends JiraWebhook {
  readonly outcome: "pending" | "taken" | `refused: ${string}`;
}

/** A Jira to play with. Cloud answers under `/rest/api/{2,3}`, Data Center under `/jira/rest/api/2`, of one state. */
export interface SandboxJira {
  /** Answers a request, in process or behind a server; never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly credentials: SandboxCredentials;
  /** These throw where Jira would refuse: a mistake of the caller. */
  readonly createIssue: (issue: NewIssue) => SandboxIssue;
  readonly editIssue: (key: string, edit: IssueEdit) => SandboxIssue;
  readonly transition: (key: string, to: string) => SandboxIssue;
  readonly comment: (key: string, body: unknown) => SandboxIssue;
  readonly move: (key: string, project: string) => SandboxIssue;
  readonly remove: (key: string) => SandboxIssue;
  /** These answer with Jira's refusal. */
  readonly tryCreateIssue: (issue: NewIssue) => SandboxResult<SandboxIssue>;
  readonly tryEditIssue: (key: string, edit: IssueEdit) => SandboxResult<SandboxIssue>;
  readonly tryTransition: (key: string, to: string) => SandboxResult<SandboxIssue>;
  readonly tryComment: (key: string, body: unknown) => SandboxResult<SandboxIssue>;
  readonly tryMove: (key: string, project: string) => SandboxResult<SandboxIssue>;
  readonly tryRemove: (key: string) => SandboxResult<SandboxIssue>;
  readonly findIssue: (key: string) => SandboxIssue | null;
  readonly listIssues: () => readonly SandboxIssue[];
  readonly addProject: (project: SandboxProject) => void;
  /** To the issue types of these names, in every project. */
  readonly addField: (field: SandboxField, types: readonly string[]) => void;
  readonly lie: (lie: JiraLie) => void;
  readonly tellTheTruth: () => void;
  readonly setWebhook: (target: WebhookTarget) => void;
  readonly webhooks: () => readonly SandboxWebhook[];
  /** Resolves when every webhook so far was taken or refused. */
  readonly delivered: () => Promise<void>;
  /** Calls of the REST interface, oldest first; control calls are not among them. */
  readonly requests: () => readonly SandboxRequest[];
  readonly forgetRequests: () => void;
}

const CREDENTIALS: SandboxCredentials = {
  email: "holdpoint@sandbox.example",
  apiToken: "sandbox-api-token",
  personalAccessToken: "sandbox-personal-token",
};

export function createSandboxJira(options: SandboxJiraOptions): SandboxJira {
  const publicUrl = options.publicUrl ?? "http://127.0.0.1";
  const credentials = options.credentials ?? CREDENTIALS;
  const newIdentifier = options.newIdentifier ?? randomUUID;
  const cloud: Dialect = { kind: "cloud", version: "3", siteUrl: publicUrl };
  const lies = createLies();
  const sent: SentWebhook[] = [];
  let requests: SandboxRequest[] = [];
  let target = options.webhook ?? null;
  let deliveries = Promise.resolve();

  const world = createWorld(options.clock, options.site ?? DEFAULT_SITE, (event, issue, changes) => {
    const { deliver } = options;
    if (target === null || deliver === undefined) return;
    const change = { identifier: newIdentifier(), event, issue, changes, at: options.clock.now() };
    const record: SentWebhook = { webhook: makeWebhook(world, cloud, target, change), outcome: "pending" };
    sent.push(record);
    deliveries = deliverAfter(deliveries, record, deliver);
  });

  const places = [
    {
      prefix: "/jira/rest/api/2",
      dialect: { kind: "data-center", version: "2", siteUrl: `${publicUrl}/jira` },
    },
    { prefix: "/rest/api/3", dialect: cloud },
    { prefix: "/rest/api/2", dialect: { ...cloud, version: "2" } },
  ] as const;
  const doors = places.map(({ prefix, dialect }) => ({
    prefix,
    dialect,
    app: createRestApp(world, dialect),
  }));

  const jira: Omit<SandboxJira, "fetch"> = {
    credentials,
    createIssue: (issue) => expectDone(world.create(issue)),
    editIssue: (key, edit) => expectDone(world.edit(key, edit)),
    transition: (key, to) => expectDone(world.transition(key, to)),
    comment: (key, body) => expectDone(world.comment(key, body)),
    move: (key, project) => expectDone(world.move(key, project)),
    remove: (key) => expectDone(world.remove(key)),
    tryCreateIssue: world.create,
    tryEditIssue: world.edit,
    tryTransition: world.transition,
    tryComment: world.comment,
    tryMove: world.move,
    tryRemove: world.remove,
    findIssue: world.find,
    listIssues: world.list,
    addProject: world.addProject,
    addField: world.addField,
    lie: lies.tell,
    tellTheTruth: lies.stop,
    setWebhook(next) {
      target = next;
    },
    webhooks: () => sent.map(({ webhook, outcome }) => ({ ...webhook, outcome })),
    delivered: () => deliveries,
    requests: () => [...requests],
    forgetRequests() {
      requests = [];
    },
  };
  const control = createControlApp(jira);

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname.startsWith("/_control/")) {
      return await control.fetch(new Request(new URL(url.pathname.slice("/_control".length), url), request));
    }
    const [, browsed] = /^(?:\/jira)?\/browse\/([^/]+)$/.exec(url.pathname) ?? [];
    if (browsed !== undefined) return await browsePage(world.find(browsed), world.site().fields);
    const door = doors.find(({ prefix }) => url.pathname.startsWith(`${prefix}/`));
    if (door === undefined)
      return new Response("<h1>404</h1>", { status: 404, headers: { "content-type": "text/html" } });
    const { dialect, prefix, app } = door;
    const path = `${url.pathname}${url.search}`;
    const inner = new Request(new URL(`${url.pathname.slice(prefix.length)}${url.search}`, url), request);
    const respond = async (): Promise<Response> =>
      refuseStranger(request, dialect, credentials) ?? (await app.fetch(inner));
    const lie = lies.take(path);
    const response = lie === null ? await respond() : await answerWith(lie, lies, respond);
    const at = options.clock.now().toISOString();
    requests.push({ at, method: request.method, path, status: response.status, kind: dialect.kind });
    return response;
  }

  return { ...jira, fetch: answer };
}

interface SentWebhook {
  readonly webhook: JiraWebhook;
  outcome: SandboxWebhook["outcome"];
}

/** In the order of the changes. What the receiver makes of it is a fact to look at, not a fault of Jira's. */
async function deliverAfter(
  before: Promise<void>,
  record: SentWebhook,
  deliver: (webhook: JiraWebhook) => Promise<void>,
): Promise<void> {
  await before;
  try {
    await deliver(record.webhook);
    record.outcome = "taken";
  } catch (error) {
    record.outcome = `refused: ${asError(error).message}`;
  }
}

/**
 * What somebody without the right credentials gets: in a data center a 401; in the cloud, as in the real one, a
 * cheerful 200 in which nothing is to be seen, with the truth in a header.
 */
function refuseStranger(
  request: Request,
  dialect: Dialect,
  credentials: SandboxCredentials,
): Response | null {
  const given = request.headers.get("authorization") ?? "";
  if (dialect.kind === "data-center") {
    if (given === `Bearer ${credentials.personalAccessToken}`) return null;
    return new Response("<h1>Unauthorized (401)</h1>", {
      status: 401,
      headers: { "content-type": "text/html" },
    });
  }
  const basic = Buffer.from(`${credentials.email}:${credentials.apiToken}`, "utf8").toString("base64");
  if (given === `Basic ${basic}`) return null;
  return Response.json(
    { issues: [], issueErrors: [], values: [], total: 0, isLast: true },
    { headers: { "x-seraph-loginreason": "AUTHENTICATED_FAILED" } },
  );
}

function expectDone(result: SandboxResult<SandboxIssue>): SandboxIssue {
  if (result.ok) return result.value;
  const { messages, errors } = result.refusal;
  throw new Error([...messages, ...Object.values(errors)].join(" "));
}
