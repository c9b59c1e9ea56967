import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DeliverySource } from "../store/delivery.ts";
import type { Intake } from "./intake.ts";

/** Milliseconds; a client that is slower than this is a broken or a hostile one. */
export interface ServerTimes {
  readonly headers: number;
  readonly request: number;
}

export interface ServerOptions {
  readonly times?: ServerTimes | undefined;
  /** On every answer, unless it says otherwise itself. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

const SERVER_TIMES: ServerTimes = { headers: 10_000, request: 30_000 };

/** How long the work in hand may take when Holdpoint is told to stop; the rest is given back to the queue. Milliseconds. */
export const STOP_GRACE = 20_000;

const PATHS: ReadonlyMap<string, DeliverySource> = new Map([
  ["/api/github/webhooks", "github"],
  ["/api/jira/webhooks", "jira"],
]);

/**
 * The one HTTP server: webhooks go to the intake, everything else to `fallback`. Node itself ends
 * connections whose headers or bodies trickle.
 */
export function createHttpServer(
  intake: Intake,
  fallback: (request: IncomingMessage, response: ServerResponse) => void,
  { times = SERVER_TIMES, headers = () => ({}) }: ServerOptions = {},
): Server {
  const server = createServer(
    {
      headersTimeout: times.headers,
      requestTimeout: times.request,
      connectionsCheckingInterval: Math.min(5_000, times.headers),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
      // Duplicates of a security header must be seen, not joined.
      joinDuplicateHeaders: false,
    },
    (request, response) => {
      for (const [name, value] of Object.entries(headers())) response.setHeader(name, value);
      const source = request.method === "POST" ? PATHS.get(pathOf(request)) : undefined;
      if (source === undefined) fallback(request, response);
      else void intake.take(source, request, response);
    },
  );
  server.maxConnections = 10_000;
  return server;
}

/**
 * Takes no new connections and waits until the requests in hand are answered, for at most `grace` milliseconds:
 * once it is closing, Node itself no longer ends those that trickle.
 */
export async function stopHttpServer(server: Server, grace: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

/** Answers the address that it listens on; `port` 0 takes any that is free. */
export async function listenHttp(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  const bound = isAddressInfo(address) ? address.port : port;
  return `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
}

function isAddressInfo(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
