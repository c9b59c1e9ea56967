import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isDeliveryId } from "../domain/brands.ts";
import type { DeliveryId } from "../domain/model.ts";
import type { DeliverySource } from "../store/delivery.ts";
import type { Refusal } from "./refusal.ts";

/** What the headers of a delivery say, before anything of its body is read. */
export interface DeliveryHeaders {
  /** null: to be made from the body's hash (Jira Data Center names none). */
  readonly id: DeliveryId | null;
  /** null: to be read from the body (Jira names it there). */
  readonly event: string | null;
  readonly appId: number | null;
  readonly signature: string;
}

export type HeadersRead =
  | { readonly ok: true; readonly headers: DeliveryHeaders }
  | { readonly ok: false; readonly refusal: Refusal };

/** `projects_v2_item` has a digit. */
const EVENT = /^[a-z][a-z0-9_]{0,63}$/;

/** Checks the headers strictly. A header that stands twice is refused: which one counts would be a guess. */
export function readDeliveryHeaders(source: DeliverySource, request: IncomingMessage): HeadersRead {
  const { headers } = request;
  const refused = refuseTransport(headers) ?? refuseTwice(request, source);
  if (refused !== null) return { ok: false, refusal: refused };
  return source === "github" ? readGitHub(headers) : readJira(headers);
}

function readGitHub(headers: IncomingHttpHeaders): HeadersRead {
  const signature = textOf(headers["x-hub-signature-256"]);
  if (signature === "") return refuse(401, "signature-missing");
  if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return refuse(401, "signature-malformed");
  const id = textOf(headers["x-github-delivery"]);
  const event = textOf(headers["x-github-event"]);
  if (id === "" || event === "") return refuse(400, "header-missing");
  if (!isDeliveryId(id) || !EVENT.test(event)) return refuse(400, "header-malformed");
  const appId = textOf(headers["x-github-hook-installation-target-id"]);
  const isApp = textOf(headers["x-github-hook-installation-target-type"]) === "integration";
  return {
    ok: true,
    headers: { id, event, signature, appId: isApp && /^[0-9]{1,15}$/.test(appId) ? Number(appId) : null },
  };
}

/** https://developer.atlassian.com/cloud/jira/platform/webhooks: `X-Hub-Signature: sha256=…`, an identifier that retries keep. */
function readJira(headers: IncomingHttpHeaders): HeadersRead {
  const signature = textOf(headers["x-hub-signature"]);
  if (signature === "") return refuse(401, "signature-missing");
  if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return refuse(401, "signature-malformed");
  const identifier = textOf(headers["x-atlassian-webhook-identifier"]);
  const id = `jira:${identifier}`;
  if (identifier !== "" && !isDeliveryId(id)) return refuse(400, "header-malformed");
  const known = identifier !== "" && isDeliveryId(id) ? id : null;
  return { ok: true, headers: { id: known, event: null, signature, appId: null } };
}

/** Compressed bodies could unfold without bound, and forms hide the JSON that was signed. */
function refuseTransport(headers: IncomingHttpHeaders): Refusal | null {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return { status: 415, code: "encoding" };
  const type = textOf(headers["content-type"]).split(";")[0]?.trim().toLowerCase();
  return type === "application/json" ? null : { status: 415, code: "content-type" };
}

const SINGLE: Readonly<Record<DeliverySource, readonly string[]>> = {
  github: ["x-hub-signature-256", "x-github-delivery", "x-github-event"],
  jira: ["x-hub-signature", "x-atlassian-webhook-identifier"],
};

function refuseTwice(request: IncomingMessage, source: DeliverySource): Refusal | null {
  const twice = SINGLE[source].some((name) => (request.headersDistinct[name]?.length ?? 0) > 1);
  return twice ? { status: 400, code: "header-malformed" } : null;
}

function refuse(status: Refusal["status"], code: Refusal["code"]): HeadersRead {
  return { ok: false, refusal: { status, code } };
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}
