import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import { type Server, createServer } from "node:net";

/** Tells the bench something. */
export function tell(message: object): void {
  process.send?.(message);
}

/** Listens on a free port of loopback and tells the bench which. */
export async function announce(server: HttpServer): Promise<void> {
  tell({ port: await listen(server) });
}

/** For servers that cannot choose one themselves. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was expected");
  return address.port;
}

/** The bench lets its servers go by ending the channel; what has to be closed first is closed. */
export function untilLetGo(close: () => Promise<void> | void): void {
  process.once("disconnect", () => void Promise.resolve(close()).finally(() => process.exit()));
}
