import { generateKeyPairSync } from "node:crypto";
import { Probot, Server } from "probot";
import { SECRET } from "../payloads.ts";
import { findFreePort, tell, untilLetGo } from "./parent.ts";

/** Probot's own server with a handler that does nothing; its log as it comes (a line for each request), or off (BENCH_LOG). */
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const options = { appId: 1, privateKey, secret: SECRET };
const probot = new Probot(options);
await probot.ready();
const { log } = probot;
log.level = process.env["BENCH_LOG"] === "off" ? "silent" : "info";
const server = new Server({
  host: "127.0.0.1",
  // It takes 0 for its default.
  port: await findFreePort(),
  webhookPath: "/api/github/webhooks",
  log,
  Probot: Probot.defaults({ ...options, log }),
});
await server.load((app) => {
  app.on("push", () => undefined);
});
await server.start();
tell({ port: server.port });
untilLetGo(() => server.stop());
