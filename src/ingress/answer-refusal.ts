import { type IncomingMessage, STATUS_CODES, type ServerResponse } from "node:http";
import { requestRefused } from "../domain/wording/ingress.ts";
import type { Refusal } from "./refusal.ts";

/**
 * Milliseconds. Closing a connection on which unread bytes arrive resets it, and a reset takes the answer with it: so
 * long is thrown away what still comes, and then the connection is cut off.
 */
const LINGER = 500;

/** Says no. What was not read must not be read as the next request: the connection ends with the answer. */
export function answerRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  if (response.destroyed) return;
  const text = `${requestRefused(refusal.code)}\n`;
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(Buffer.byteLength(text)),
    ...(refusal.status === 503 ? { "retry-after": "10" } : {}),
  };
  if (request.complete) {
    response.writeHead(refusal.status, headers);
    response.end(text);
    return;
  }
  const { socket } = response;
  // Without one, an earlier request of this connection is still to be answered; nobody who does that is owed words.
  if (socket === null) {
    request.destroy();
    return;
  }
  const head = Object.entries({ ...response.getHeaders(), ...headers, connection: "close" }).map(
    ([name, value]) => `${name}: ${String(value)}\r\n`,
  );
  const status = `HTTP/1.1 ${String(refusal.status)} ${STATUS_CODES[refusal.status] ?? ""}\r\n`;
  socket.end(`${status}${head.join("")}\r\n${text}`);
  request.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once("close", () => clearTimeout(timer));
  request.once("end", () => socket.destroy());
}
