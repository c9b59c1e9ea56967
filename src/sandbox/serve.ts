import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Serves something that answers requests on a free port of loopback. */
export async function serve(fetch: (request: Request) => Promise<Response> | Response): Promise<Served> {
  const listener = getRequestListener((request) => fetch(request), { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was expected");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
