import { getRequestListener } from "@hono/node-server";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createGateApp } from "../../src/api/gate-app.ts";
import type { GateFacts } from "../../src/domain/gate/gate.ts";
import type { Gate } from "../../src/snapshot/take-gate-facts.ts";
import { buildPolicy, buildRepository, TAKEN_AT, unread } from "../domain/build-snapshot.ts";
import { gateWith, TOKENS } from "./open-gate.ts";

const silent = (): void => undefined;

/** How the gate is. */
export type GateState = "open" | "held" | "unknown";

const FACTS: Readonly<Record<GateState, Partial<GateFacts>>> = {
  open: {},
  held: {
    halts: [
      {
        id: 3,
        repositoryId: buildRepository().id,
        environment: null,
        by: "octocat",
        because: "the till is down",
        issueNumber: 4,
        beganAt: TAKEN_AT,
        endedAt: null,
        issueUrl: "https://github.com/acme/storefront/issues/4",
      },
    ],
  },
  unknown: { judgement: unread("github-unreachable", "GitHub did not answer.") },
};

/** What the server does with a request: the gate's real address, or something that stands in its place. */
export type Stand =
  | GateState
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };

export interface ServedGate {
  readonly url: string;
  /** What comes next, one for each request; the last stays. */
  readonly say: (...stands: readonly Stand[]) => void;
  readonly requests: { readonly url: string; readonly authorization: string }[];
  readonly stop: () => Promise<void>;
}

/** A Holdpoint on loopback, as far as its gate goes; it answers about acme/storefront. */
export async function serveGate(): Promise<ServedGate> {
  let stands: Stand[] = ["open"];
  let state: GateState = "open";
  const requests: { url: string; authorization: string }[] = [];
  const gate: Gate = {
    ask: (question) => {
      const { repository, environment, sha, intent } = question;
      const name = "name" in repository ? repository.name.toLowerCase() : "";
      if (name !== "storefront") return Promise.resolve({ state: "no-such-repository" });
      const to = environment ?? "production";
      const { deploy, ...policy } = buildPolicy();
      const environments = [{ name: to, base: { kind: "branch", branch: "production" } as const }];
      return gateWith({
        ...FACTS[state],
        policy: { ...policy, deploy: { ...deploy, environments } },
        environment: to,
        sha,
        intent,
      }).ask(question);
    },
  };
  const clock = { now: () => TAKEN_AT };
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const recordRollback = () => Promise.resolve();
  const app = createGateApp({ tokens: TOKENS, gate, recordRollback, clock, log });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    requests.push({ url: request.url ?? "", authorization: request.headers.authorization ?? "" });
    const stand = (stands.length > 1 ? stands.shift() : stands[0]) ?? "open";
    if (typeof stand === "string") {
      state = stand;
      void listener(request, response);
      return;
    }
    response.writeHead(stand.status, { "content-type": "text/html", ...stand.headers }).end(stand.body);
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was expected");
  return {
    url: `http://127.0.0.1:${address.port}`,
    say: (...next) => {
      stands = [...next];
      requests.splice(0);
    },
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
