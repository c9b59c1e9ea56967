import type { Json } from "../model.ts";
import { notFound } from "../refusal.ts";
import type { Deliveries, Delivery } from "../webhooks/deliveries.ts";
import { type Call, ok, pageOf, type Reply, type Route, route } from "./call.ts";

/** The App's own look at what was delivered, and asking for it again. */
export function deliveryRoutes(deliveries: Deliveries): readonly Route[] {
  function find(call: Call): Delivery {
    const delivery = deliveries.find(call.number("id"));
    if (delivery === null) throw notFound();
    return delivery;
  }
  return [
    route("app", "GET", "/app/hook/deliveries", (call) => list(call, deliveries.list())),
    route("app", "GET", "/app/hook/deliveries/:id", (call) => ok(renderDelivery(find(call)))),
    route("app", "POST", "/app/hook/deliveries/:id/attempts", (call) => {
      deliveries.redeliver(call.world, find(call).id);
      return { status: 202, body: {} };
    }),
  ];
}

/** By cursor, newest first: a page number would skip what came meanwhile. */
function list(call: Call, all: readonly Delivery[]): Reply {
  const { size } = pageOf(call);
  const cursor = Number(call.query.get("cursor") ?? Infinity);
  const wanted = call.query.get("status");
  const seen = all.filter(
    (delivery) => delivery.id <= cursor && (wanted === null || matches(delivery, wanted)),
  );
  const next = seen[size];
  const url = new URL(call.url);
  if (next !== undefined) url.searchParams.set("cursor", String(next.id));
  return {
    status: 200,
    body: seen.slice(0, size).map(renderItem),
    headers: next === undefined ? {} : { link: `<${url.href}>; rel="next"` },
  };
}

/** One that never connected is neither. */
function matches({ outcome }: Delivery, wanted: string): boolean {
  const code = outcome?.statusCode ?? 0;
  return wanted === "success" ? code >= 200 && code < 400 : code >= 400 && code < 600;
}

function renderItem(delivery: Delivery): Json {
  const { outcome } = delivery;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt.toISOString(),
    redelivery: delivery.redelivery,
    duration: outcome?.seconds ?? 0,
    status: outcome?.status ?? "pending",
    status_code: outcome?.statusCode ?? 0,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function renderDelivery(delivery: Delivery): Json {
  const payload: unknown = JSON.parse(delivery.body);
  return {
    ...renderItem(delivery),
    url: "",
    request: { headers: delivery.requestHeaders, payload },
    response: {
      headers: delivery.outcome?.responseHeaders ?? {},
      payload: delivery.outcome?.responseBody ?? null,
    },
  };
}
