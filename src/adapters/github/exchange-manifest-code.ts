import { Fault } from "../../errors.ts";
import type { AppCredentials } from "../../ports/installations.ts";

const DOING = "exchanging the manifest's code for the App's settings";

/**
 * POST /app-manifests/{code}/conversions: needs no authentication, works once and within the hour
 * (https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
 */
export async function exchangeManifestCode(apiUrl: string, code: string): Promise<AppCredentials> {
  const response = await fetch(`${apiUrl}/app-manifests/${code}/conversions`, {
    method: "POST",
    redirect: "error",
    headers: { accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status !== 201) {
    throw new Fault({ kind: "never-retry", code: "github-refused", doing: DOING, status: response.status });
  }
  const answer: unknown = await response.json();
  const entries = new Map(Object.entries(typeof answer === "object" && answer !== null ? answer : {}));
  const text = (key: string): string => {
    const value: unknown = entries.get(key);
    if (typeof value === "string" || typeof value === "number") return String(value);
    throw new Fault({
      kind: "never-retry",
      code: "github-unexpected",
      doing: DOING,
      detail: `no ${key} in the answer`,
    });
  };
  return {
    appId: Number(text("id")),
    appPage: text("html_url"),
    privateKey: text("pem"),
    webhookSecret: text("webhook_secret"),
    clientId: text("client_id"),
    clientSecret: text("client_secret"),
  };
}
