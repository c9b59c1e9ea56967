import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { SECRET } from "../payloads.ts";
import { announce, untilLetGo } from "./parent.ts";

/** The least that a webhook's receiver can do: read, verify, answer. Nothing is stored. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const digest = createHmac("sha256", SECRET).update(Buffer.concat(chunks)).digest("hex");
    const given = Buffer.from(String(request.headers["x-hub-signature-256"]));
    const expected = Buffer.from(`sha256=${digest}`);
    const good = given.length === expected.length && timingSafeEqual(given, expected);
    response.writeHead(good ? 202 : 401).end();
  });
});

await announce(server);
untilLetGo(() => server.closeAllConnections());
