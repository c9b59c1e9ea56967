import type { Clock } from "../../../src/clock.ts";
import type { JiraSettings } from "../../../src/config.ts";
import type { TicketKey } from "../../../src/domain/model.ts";
import type { TransportLimits } from "../../../src/adapters/jira/transport.ts";
import { asTicketKey } from "../../../src/adapters/jira/issue.ts";

export const CLOUD_URL = "https://acme.example";
export const API_TOKEN = "canary-api-token-7f3a";
export const PAT = "canary-personal-token-91bd";

export const CLOUD: JiraSettings = {
  kind: "cloud",
  baseUrl: CLOUD_URL,
  email: "holdpoint@acme.example",
  apiToken: API_TOKEN,
};

export const DATA_CENTER: JiraSettings = {
  kind: "data-center",
  baseUrl: "https://issues.acme.example/jira",
  personalAccessToken: PAT,
};

export const TINY: TransportLimits = { answerWithin: 60, completeWithin: 160, bodyLimit: 64 * 1024 };

export interface TestClock extends Clock {
  readonly advance: (milliseconds: number) => void;
}

export function createTestClock(start = "2026-03-02T09:00:00.000Z"): TestClock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}

export function key(text: string): TicketKey {
  const parsed = asTicketKey(text);
  if (parsed === null) throw new Error(`${text} is no ticket key`);
  return parsed;
}

export function keys(count: number, project = "PLAY"): TicketKey[] {
  return Array.from({ length: count }, (_, index) => key(`${project}-${index + 1}`));
}

/** An issue as Jira answers it. */
export function rawIssue(ofKey: string, fields: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    id: "10001",
    key: ofKey,
    self: `${CLOUD_URL}/rest/api/3/issue/10001`,
    fields: {
      summary: `Summary of ${ofKey}`,
      issuetype: { id: "10002", name: "Story", subtask: false },
      status: { name: "Ready to deploy", statusCategory: { id: 3, key: "done", name: "Erledigt" } },
      ...fields,
    },
  };
}
