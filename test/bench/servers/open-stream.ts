import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";

/** A stream of server-sent events, as a browser's `EventSource` holds it open. */
export interface OpenStream {
  /** When the next change is told, on the clock of `performance`. */
  readonly next: (signal: AbortSignal) => Promise<number>;
  readonly close: () => void;
}

export async function openStream(url: string, cookie: string): Promise<OpenStream> {
  const request = get(url, { agent: false, headers: { cookie, accept: "text/event-stream" } });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve).once("error", reject);
  });
  if (response.statusCode !== 200) throw new Error(`${url} was answered ${String(response.statusCode)}`);
  const told = new EventTarget();
  let rest = "";
  response.setEncoding("utf8");
  response.on("data", (chunk) => {
    const messages = `${rest}${String(chunk)}`.split("\n\n");
    rest = messages.pop() ?? "";
    if (messages.some((message) => /^event: ?change$/m.test(message)))
      told.dispatchEvent(new Event("change"));
  });
  // Ours to end; what is cut off then is no failure.
  request.on("error", () => undefined);
  return {
    async next(signal) {
      await once(told, "change", { signal });
      return performance.now();
    },
    close: () => request.destroy(),
  };
}
