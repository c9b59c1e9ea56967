import { once } from "node:events";
import { type Socket, type SocketConnectOpts, connect, createServer } from "node:net";

/**
 * What it does with what comes by.
 *
 * through      hands it on
 * refuse       ends each new connection before a byte went through, and leaves the old ones alone
 * reset        the same, and cuts those that are there (RST)
 * half-open    on connections that are there nothing arrives any more and nothing is closed; new ones go through
 * black-hole   the same for all, new ones included
 * delay        hands it on a while later
 */
export type ProxyMood = "through" | "refuse" | "reset" | "half-open" | "black-hole" | "delay";

export interface TcpProxy {
  readonly port: number;
  readonly be: (mood: ProxyMood) => void;
  readonly close: () => Promise<void>;
}

const DELAY = 400;

interface Pair {
  readonly sockets: readonly [Socket, Socket];
  deaf: boolean;
}

/** Stands between a client and a server on this machine. */
export async function startTcpProxy(target: () => SocketConnectOpts): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let mood: ProxyMood = "through";

  const server = createServer((inner) => {
    inner.on("error", () => undefined);
    if (mood === "refuse" || mood === "reset") {
      inner.resetAndDestroy();
      return;
    }
    const outer = connect(target());
    const pair: Pair = { sockets: [inner, outer], deaf: mood === "black-hole" };
    pairs.add(pair);
    join(pair, inner, outer);
    join(pair, outer, inner);
  });

  function join(pair: Pair, from: Socket, to: Socket): void {
    from.on("data", (chunk: Buffer) => {
      if (pair.deaf) return;
      if (mood === "delay") setTimeout(() => to.writable && to.write(chunk), DELAY);
      else to.write(chunk);
    });
    from.on("error", () => pair.deaf || to.destroy());
    from.on("close", () => {
      if (from.destroyed && to.destroyed) pairs.delete(pair);
      if (!pair.deaf) to.destroy();
    });
  }

  function be(next: ProxyMood): void {
    const before = mood;
    mood = next;
    if (next === "half-open" || next === "black-hole") for (const pair of pairs) pair.deaf = true;
    // What was deaf is never heard again: whoever still waits is told now.
    const cut = next === "reset" || (next === "through" && before !== "delay" && before !== "refuse");
    for (const { sockets, deaf } of pairs) {
      if (!cut || (!deaf && next !== "reset")) continue;
      const [inner, outer] = sockets;
      inner.resetAndDestroy();
      // It may be a socket of the file system, which knows no reset.
      outer.destroy();
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    be,
    async close() {
      for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
