import { createSandboxGitHub, type SandboxGitHub } from "../../src/sandbox/github/create-sandbox-github.ts";
import { createSandboxJira, type SandboxJira } from "../../src/sandbox/jira/create-sandbox-jira.ts";
import { createSandboxSlack, type SandboxSlack } from "../../src/sandbox/slack/create-sandbox-slack.ts";
import type { Dice } from "./dice.ts";
import type { Life } from "./life.ts";
import type { Mailbox } from "./mailbox.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Fate, Service, Weather } from "./weather.ts";

const GITHUB = "https://api.github.com";
const JIRA = "https://acme.atlassian.net";
const SLACK = "https://slack.com";
const HOLDPOINT = "https://holdpoint.example";
const SECRET = "a secret of the simulation";
/** A call takes this long, in milliseconds. */
const LATENCY = [20, 400] as const;

/** GitHub, Jira and Slack in this process, at their own addresses. */
export interface Outside {
  readonly github: SandboxGitHub;
  readonly jira: SandboxJira;
  readonly slack: SandboxSlack;
  readonly environment: Readonly<Record<string, string>>;
  /** The way out of one replica. */
  readonly fetchOf: (life: Life) => typeof globalThis.fetch;
  /** Resolves when everything that was told has been handed over. */
  readonly settled: () => Promise<void>;
  readonly calls: () => Readonly<Record<Service, number>>;
}

export interface OutsideOptions {
  readonly directory: string;
  readonly time: VirtualTime;
  readonly weather: Weather;
  readonly mailbox: Mailbox;
  readonly dice: Dice;
  /** PEM of the App; making one takes a second. */
  readonly privateKey: string;
  /** Answers in GitHub's place where it has an answer: to see that what is wrong is noticed. */
  readonly sabotage?: ((request: Request) => Response | null) | undefined;
}

export function createOutside(options: OutsideOptions): Outside {
  const { time, weather, mailbox, dice } = options;
  const { clock } = time;
  const github = createSandboxGitHub({
    directory: options.directory,
    clock,
    publicUrl: GITHUB,
    app: { privateKey: options.privateKey },
    webhook: { url: `${HOLDPOINT}/api/github/webhooks`, secret: SECRET },
    deliver: mailbox.post,
  });
  const jira = createSandboxJira({
    clock,
    publicUrl: JIRA,
    webhook: { url: `${HOLDPOINT}/api/jira/webhooks`, secret: SECRET },
    async deliver({ url, headers, body }) {
      await mailbox.post(new Request(url, { method: "POST", headers, body }));
    },
  });
  const slack = createSandboxSlack({ clock });
  const services: ReadonlyMap<string, { name: Service; fetch: (request: Request) => Promise<Response> }> =
    new Map([
      [GITHUB, { name: "github", fetch: github.fetch }],
      [JIRA, { name: "jira", fetch: jira.fetch }],
      [SLACK, { name: "slack", fetch: slack.fetch }],
    ]);
  const calls = { github: 0, jira: 0, slack: 0 };

  async function answer(service: Service, request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const path = `${pathname}${search}`;
    const fate = weather.fateOf(service, request.method, path);
    if (service === "github" && isLie(fate)) {
      github.lie({ kind: LIES[fate], times: 1, method: request.method, path: pathname });
      return await github.fetch(request);
    }
    if (fate === "unreachable") throw unreachable();
    if (fate === "server-error") return new Response("Server Error", { status: 503 });
    if (fate === "page")
      return new Response("<html>busy</html>", { headers: { "content-type": "text/html" } });
    const to = [...services.values()].find(({ name }) => name === service);
    const response = await (to?.fetch ?? github.fetch)(request);
    if (fate === "answer-lost") throw unreachable();
    return response;
  }

  return {
    github,
    jira,
    slack,
    environment: {
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: GITHUB,
      JIRA_BASE_URL: JIRA,
      JIRA_EMAIL: jira.credentials.email,
      JIRA_API_TOKEN: jira.credentials.apiToken,
      JIRA_WEBHOOK_SECRET: SECRET,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_API_URL: `${SLACK}/api`,
      HOLDPOINT_URL: HOLDPOINT,
    },
    fetchOf: (life) => async (input, init) => {
      const { signal: _, ...rest } = init ?? {};
      const request = new Request(input, rest);
      const { origin, pathname } = new URL(request.url);
      const service = services.get(origin);
      if (service === undefined) throw new Error(`nobody simulates ${origin}`);
      return await life.through(`${request.method} ${pathname}`, async () => {
        calls[service.name] += 1;
        time.take(dice.between(...LATENCY));
        return options.sabotage?.(request) ?? (await answer(service.name, request));
      });
    },
    settled: async () => {
      await github.settled();
      await jira.delivered();
    },
    calls: () => ({ ...calls }),
  };
}

const LIES = {
  truncated: "truncated",
  "primary-limit": "primary-limit",
  "secondary-limit": "secondary-limit",
  "not-found": "not-found",
  lagging: "lagging",
} as const;

function isLie(fate: Fate): fate is keyof typeof LIES {
  return fate in LIES;
}

function unreachable(): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
}
