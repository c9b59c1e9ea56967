import { type Actions, actions } from "./actions/actions.ts";
import { callable, type Control } from "./control.ts";
import type { Lie } from "./lies.ts";
import type { Target } from "./webhooks/deliveries.ts";

/** A sandbox in another process, by the same names as one in this process. */
export interface RemoteSandbox {
  readonly control: Control<Actions>;
  readonly lie: (lie: Lie) => Promise<void>;
  readonly tellTheTruth: () => Promise<void>;
  readonly setWebhook: (target: Target | null) => Promise<void>;
  /** Resolves when every delivery so far has its outcome. */
  readonly settled: () => Promise<void>;
  /** `{ id, slug, name, privateKey, ... }`, as JSON. */
  readonly readApp: () => Promise<unknown>;
  /** `{ requests, counts, took }`, as JSON. */
  readonly readRequests: () => Promise<unknown>;
  readonly forgetRequests: () => Promise<void>;
  readonly readDeliveries: () => Promise<unknown>;
  readonly readViolations: () => Promise<unknown>;
}

/** Talks to `/_control/` of the sandbox at that address. Rejects with what it says where it refuses. */
export function connectToSandbox(url: string): RemoteSandbox {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/_control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 204) return null;
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(String(fieldOf(answer, "error")));
    return answer;
  }

  async function tell(method: string, path: string, body?: unknown): Promise<void> {
    await ask(method, path, body);
  }

  return {
    control: callable(actions, async (name, wanted) =>
      fieldOf(await ask("POST", `/actions/${name}`, wanted), "result"),
    ),
    lie: (lie) => tell("POST", "/lies", lie),
    tellTheTruth: () => tell("DELETE", "/lies"),
    setWebhook: (target) => tell("PUT", "/webhook", target),
    settled: () => tell("POST", "/settled"),
    readApp: () => ask("GET", "/app"),
    readRequests: () => ask("GET", "/requests"),
    forgetRequests: () => tell("DELETE", "/requests"),
    readDeliveries: () => ask("GET", "/deliveries"),
    readViolations: () => ask("GET", "/violations"),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}
