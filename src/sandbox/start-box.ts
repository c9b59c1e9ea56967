import type { Clock } from "../clock.ts";
import { ASKED_EVENTS, ASKED_PERMISSIONS } from "../domain/permissions/asked.ts";
import { createSandboxGitHub, type SandboxGitHub } from "./github/create-sandbox-github.ts";
import { createSandboxJira, type SandboxJira } from "./jira/create-sandbox-jira.ts";
import { serve } from "./serve.ts";
import { createSandboxSlack, type SandboxSlack } from "./slack/create-sandbox-slack.ts";

export interface BoxOptions {
  /** An empty folder for the repositories. */
  readonly directory: string;
  readonly clock: Clock;
  readonly inspect?: Parameters<typeof createSandboxGitHub>[0]["inspect"];
}

/** A GitHub, a Jira and a Slack on loopback, and the settings by which Holdpoint meets them. */
export interface Box {
  readonly github: SandboxGitHub;
  readonly jira: SandboxJira;
  readonly slack: SandboxSlack;
  readonly githubUrl: string;
  readonly jiraUrl: string;
  readonly slackUrl: string;
  /** Environment variables for Holdpoint; where its data lives is left to the caller. */
  readonly environment: Readonly<Record<string, string>>;
  /** From now on both tell Holdpoint what happens. */
  readonly connect: (holdpointUrl: string) => void;
  /** Resolves when every webhook so far was taken or refused. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const WEBHOOK_SECRET = "sandbox-webhook-secret";
const SESSION_SECRET = "sandbox-session-secret-that-opens-nothing-else";
const JIRA_WEBHOOK_SECRET = "sandbox-jira-secret";

/** Everything outside that Holdpoint needs, on this machine, with nothing of it real but the behaviour. */
export async function startBox(options: BoxOptions): Promise<Box> {
  const { clock, directory, inspect } = options;
  let github: SandboxGitHub | null = null;
  const servedGitHub = await serve((request) =>
    github === null ? new Response(null, { status: 503 }) : github.fetch(request),
  );
  // Holdpoint answers only at addresses of the GitHub that it is set up for.
  const openGitHub = createSandboxGitHub({
    directory,
    clock,
    publicUrl: servedGitHub.url,
    // What app.yml asks for, and nothing beside it: whatever needs more does not work here either.
    app: { permissions: ASKED_PERMISSIONS, events: ASKED_EVENTS },
    ...(inspect === undefined ? {} : { inspect }),
  });
  github = openGitHub;
  let jira: SandboxJira | null = null;
  const servedJira = await serve((request) =>
    jira === null ? new Response(null, { status: 503 }) : jira.fetch(request),
  );
  const openJira = createSandboxJira({
    clock,
    publicUrl: servedJira.url,
    async deliver({ url, headers, body }) {
      const response = await fetch(url, { method: "POST", headers, body });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    },
  });
  jira = openJira;
  const slack = createSandboxSlack({ clock });
  const servedSlack = await serve(slack.fetch);
  return {
    github: openGitHub,
    jira: openJira,
    slack,
    githubUrl: servedGitHub.url,
    jiraUrl: servedJira.url,
    slackUrl: servedSlack.url,
    environment: {
      APP_ID: String(openGitHub.app.id),
      PRIVATE_KEY: openGitHub.app.privateKey,
      WEBHOOK_SECRET,
      GITHUB_CLIENT_ID: openGitHub.app.clientId,
      GITHUB_CLIENT_SECRET: openGitHub.app.clientSecret,
      SESSION_SECRET,
      GITHUB_API_URL: servedGitHub.url,
      JIRA_BASE_URL: servedJira.url,
      JIRA_EMAIL: openJira.credentials.email,
      JIRA_API_TOKEN: openJira.credentials.apiToken,
      JIRA_WEBHOOK_SECRET,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_API_URL: `${servedSlack.url}/api`,
    },
    connect(holdpointUrl) {
      openGitHub.setWebhook({ url: `${holdpointUrl}/api/github/webhooks`, secret: WEBHOOK_SECRET });
      openGitHub.setCallback(holdpointUrl);
      openJira.setWebhook({ url: `${holdpointUrl}/api/jira/webhooks`, secret: JIRA_WEBHOOK_SECRET });
    },
    async settled() {
      await Promise.all([openGitHub.settled(), openJira.delivered()]);
    },
    async stop() {
      await Promise.all([servedGitHub.stop(), servedJira.stop(), servedSlack.stop()]);
    },
  };
}
