import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { exchangeManifestCode } from "./adapters/github/exchange-manifest-code.ts";
import { createRegistrationApp } from "./cockpit/registration-app.ts";
import { listenHttp, STOP_GRACE, stopHttpServer } from "./ingress/server.ts";
import { parsePlainYaml } from "./policy/parse-plain-yaml.ts";
import type { AppCredentials } from "./ports/installations.ts";

export interface RegistrationOptions {
  /** The text of `app.yml`. */
  readonly manifest: string;
  readonly port: number;
  /** An Enterprise Server's host; null: github.com. */
  readonly githubHost: string | null;
  /** Keeps the App's settings; answers where. */
  readonly keep: (credentials: AppCredentials) => Promise<string>;
}

/** Serves the page that registers the App, on loopback whatever HOST says. */
export async function serveRegistration(
  options: RegistrationOptions,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const { githubHost, keep, port } = options;
  const githubUrl = githubHost === null ? "https://github.com" : `https://${githubHost}`;
  const apiUrl = githubHost === null ? "https://api.github.com" : `${githubUrl}/api/v3`;
  const manifest = parsePlainYaml(options.manifest);
  const server = createServer();
  const url = await listenHttp(server, { host: "127.0.0.1", port });
  const app = createRegistrationApp({
    manifest: { ...(typeof manifest === "object" ? manifest : {}) },
    githubUrl,
    here: url,
    exchange: (code) => exchangeManifestCode(apiUrl, code),
    keep,
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on("request", (request, response) => void listener(request, response));
  return { url, stop: () => stopHttpServer(server, STOP_GRACE) };
}
