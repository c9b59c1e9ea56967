import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { type Actions, actions } from "./actions/actions.ts";
import { callable, type Control, createRunner } from "./control.ts";
import { answerLie } from "./answer-lie.ts";
import { createControlApp } from "./control-app.ts";
import { createDoor, type InspectedExchange } from "./door.ts";
import { createWorld } from "./create-world.ts";
import { createLies, type Lie } from "./lies.ts";
import type { Permissions } from "./model.ts";
import { createGrants } from "./oauth/grants.ts";
import { createOAuthApp, isOAuth } from "./oauth/oauth-app.ts";
import { renderTime } from "./render/time.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { deliveryRoutes } from "./rest/delivery-routes.ts";
import { createWebApp, wantsPage } from "./web/web-app.ts";
import { createDeliveries, type Deliveries, type Fate, type Target } from "./webhooks/deliveries.ts";

export interface SandboxGitHubOptions {
  /** An empty folder for the repositories. */
  readonly directory: string;
  readonly clock: Clock;
  readonly app?: Partial<SandboxApp>;
  /** Where the App is told what happens; nowhere until it is set. */
  readonly webhook?: Target;
  /** The way to the App; `fetch`, where left out. */
  readonly deliver?: (request: Request) => Promise<Response>;
  /** Deliveries under way at a time; 1 keeps their order. */
  readonly deliveriesAtOnce?: number;
  /** GitHub waits ten seconds. */
  readonly deliveryTimeoutMilliseconds?: number;
  /** Where it is served, for the links in its answers; whatever it was last called by, where left out. */
  readonly publicUrl?: string;
  /** Calls an hour and token; as many as wanted, where left out. */
  readonly rateLimit?: number;
  /** Looks at each exchange and says what is wrong with it. */
  readonly inspect?: (exchange: InspectedExchange) => readonly string[];
}

export interface SandboxApp {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** PEM. */
  readonly privateKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** A GitHub to play with, on real repositories. */
export interface SandboxGitHub {
  /** Answers a request, in process or behind a server; `/_control/` is for whoever plays. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly app: SandboxApp;
  /** What can be made to happen; the same over HTTP. */
  readonly control: Control<Actions>;
  readonly lie: (lie: Lie) => void;
  readonly tellTheTruth: () => void;
  readonly setWebhook: (target: Target | null) => void;
  /** Where the App's sign-in may send people back to: any path there. */
  readonly setCallback: (url: string) => void;
  readonly deliveries: Deliveries;
  /** Resolves when every delivery so far has its outcome. */
  readonly settled: () => Promise<void>;
  readonly requests: RequestLog;
  /** What was wrong with requests or answers by GitHub's own descriptions, or is missing here. */
  readonly violations: () => readonly string[];
}

const PERMISSIONS: Permissions = {
  actions: "read",
  checks: "write",
  contents: "read",
  deployments: "write",
  issues: "write",
  members: "read",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "write",
};

const EVENTS = [
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_protection_rule",
  "deployment_status",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "pull_request",
  "push",
  "repository",
  "status",
  "workflow_job",
  "workflow_run",
];

export function createSandboxGitHub(options: SandboxGitHubOptions): SandboxGitHub {
  const { clock } = options;
  const app = completeApp(options.app ?? {});
  const lies = createLies();
  const requests = createRequestLog();
  const violations: string[] = [];
  let target = options.webhook ?? null;
  let calledBy = "https://api.github.com";
  const setWebhook = (next: Target | null): void => {
    target = next;
  };
  const deliveries = createDeliveries({
    deliver: options.deliver ?? ((request) => fetch(request)),
    target: () => target,
    fate: (event) => fateOf(lies.takeForDelivery(event)),
    atOnce: options.deliveriesAtOnce ?? 1,
    timeoutMilliseconds: options.deliveryTimeoutMilliseconds ?? 10_000,
  });
  const world = createWorld({
    now: () => clock.now(),
    apiUrl: () => options.publicUrl ?? calledBy,
    deliveries,
    app,
  });
  const door = createDoor({
    world,
    publicKey: createPublicKey(createPrivateKey(app.privateKey)),
    lies,
    requests,
    routes: deliveryRoutes(deliveries),
    rateLimit: options.rateLimit ?? null,
    inspect: options.inspect ?? null,
    onViolation: (problem) => void violations.push(problem),
  });
  const run = createRunner(actions, world, { directory: options.directory });
  const grants = createGrants(world, app);
  const seen = {
    requests,
    deliveries,
    setWebhook,
    setCallback: (url: string) => grants.setCallback(url),
    app,
    violations: (): readonly string[] => [...violations],
  };
  const web = createWebApp(world, run, grants);
  const oauth = createOAuthApp(grants, (exchange, route) => {
    const { method, path, status } = exchange;
    requests.add({ at: renderTime(clock.now()), method, path, route, status, took: 0 });
    // GitHub describes none of what browsers and programs ask outside its API.
    if (!path.startsWith("/login/")) violations.push(...(options.inspect?.(exchange) ?? []));
  });
  const controlApp = createControlApp({ ...seen, app: { ...app }, run, lies });

  return {
    ...seen,
    fetch: async (request) => {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/_control/")) return controlApp.fetch(request);
      if (wantsPage(request)) return web.fetch(request);
      if (isOAuth(request)) {
        const lie = lies.takeForCall(request.method, url.pathname);
        return lie === null
          ? oauth.fetch(request)
          : answerLie(lie, clock.now(), async () => await oauth.fetch(request));
      }
      calledBy = url.origin;
      return door(request);
    },
    control: callable(actions, run),
    lie: lies.tell,
    tellTheTruth: lies.stop,
    settled: deliveries.settled,
  };
}

function completeApp(app: Partial<SandboxApp>): SandboxApp {
  return {
    id: app.id ?? 1,
    slug: app.slug ?? "holdpoint",
    name: app.name ?? "Holdpoint",
    privateKey: app.privateKey ?? ownPrivateKey(),
    clientId: app.clientId ?? `Iv${app.id ?? 1}`,
    clientSecret: app.clientSecret ?? "sandbox-client-secret",
    permissions: app.permissions ?? PERMISSIONS,
    events: app.events ?? EVENTS,
  };
}

let ownKey: string | null = null;

/** One for all sandboxes of a process: making one takes a tenth of a second, and nothing of it is secret. */
function ownPrivateKey(): string {
  ownKey ??= generateKeyPairSync("rsa", { modulusLength: 2_048 })
    .privateKey.export({ type: "pkcs1", format: "pem" })
    .toString();
  return ownKey;
}

const FATES: ReadonlyMap<Lie["kind"], Fate> = new Map([
  ["delivery-twice", "twice"],
  ["delivery-after-the-next", "after-the-next"],
  ["delivery-lost", "lost"],
  ["delivery-refused", "refused"],
]);

function fateOf(lie: Lie | null): Fate {
  return (lie === null ? undefined : FATES.get(lie.kind)) ?? "arrives";
}
