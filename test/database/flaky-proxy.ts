import { once } from "node:events";
import { type Socket, connect, createServer } from "node:net";
import { Client } from "pg";

/** Stands between a client and PostgreSQL, on loopback. */
export interface FlakyProxy {
  /** The same database by way of the proxy. */
  readonly url: string;
  /** From now on nothing goes through and nothing is closed: half-open. */
  readonly freeze: () => void;
  /** Cuts what is there; new connections go through. */
  readonly thaw: () => void;
  /** Cuts a connection as soon as its client sends this, which does not arrive. */
  readonly cutAt: (text: string) => void;
  /** Lets this arrive, and cuts the connection in the place of the answer. */
  readonly cutAnswerTo: (text: string) => void;
  /** How many were made so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export async function startFlakyProxy(targetUrl: string): Promise<FlakyProxy> {
  const { host, port, user, password, database } = new Client({ connectionString: targetUrl });
  const sockets = new Set<Socket>();
  let frozen = false;
  let connections = 0;
  let cutText: string | null = null;
  let unansweredText: string | null = null;

  const server = createServer((inner) => {
    connections += 1;
    let unanswered = false;
    const outer = connect(
      host.startsWith("/") ? { path: `${host}/.s.PGSQL.${String(port)}` } : { host, port },
    );
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk: Buffer) => {
        if (frozen) return;
        const cut = from === inner ? cutText !== null && chunk.includes(cutText) : unanswered;
        unanswered ||= from === inner && unansweredText !== null && chunk.includes(unansweredText);
        if (cut) {
          inner.destroy();
          outer.destroy();
        } else {
          to.write(chunk);
        }
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        if (!frozen) to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const credentials = `${user ?? ""}:${encodeURIComponent(password ?? "")}`;
  return {
    url: `postgresql://${credentials}@127.0.0.1:${String(address.port)}/${database ?? ""}`,
    freeze: () => (frozen = true),
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.destroy();
    },
    cutAt: (text) => (cutText = text),
    cutAnswerTo: (text) => (unansweredText = text),
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
