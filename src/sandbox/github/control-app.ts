import { Hono } from "hono";
import { z } from "zod";
import { asError } from "../../errors.ts";
import type { RunsActions } from "./control.ts";
import { type Lies, lieSchema } from "./lies.ts";
import type { RequestLog } from "./request-log.ts";
import type { Deliveries, Target } from "./webhooks/deliveries.ts";

export interface Controlled {
  readonly run: RunsActions;
  readonly lies: Lies;
  readonly requests: RequestLog;
  readonly deliveries: Deliveries;
  readonly setWebhook: (target: Target | null) => void;
  readonly violations: () => readonly string[];
  /** What somebody needs who wants to be the App. */
  readonly app: Readonly<Record<string, unknown>>;
}

const webhook = z.strictObject({ url: z.url(), secret: z.string() }).nullable();

/** The doors below `/_control/`, for a sandbox in a process of its own: each action under its name, and what there is to see. */
export function createControlApp(controlled: Controlled): Hono {
  const { lies, requests, deliveries } = controlled;
  const app = new Hono().basePath("/_control");
  app.onError((error, context) => context.json({ error: asError(error).message }, 400));
  app.notFound((context) => context.json({ error: "the sandbox has no such door" }, 404));

  app.get("/app", (context) => context.json(controlled.app));
  app.post("/actions/:name", async (context) => {
    const wanted: unknown = await context.req.json();
    return context.json({ result: (await controlled.run(context.req.param("name"), wanted)) ?? null });
  });
  app.post("/lies", async (context) => {
    lies.tell(lieSchema.parse(await context.req.json()));
    return context.body(null, 204);
  });
  app.delete("/lies", (context) => {
    lies.stop();
    return context.body(null, 204);
  });
  app.put("/webhook", async (context) => {
    controlled.setWebhook(webhook.parse(await context.req.json()));
    return context.body(null, 204);
  });
  app.post("/settled", async (context) => {
    await deliveries.settled();
    return context.body(null, 204);
  });
  app.get("/requests", (context) =>
    context.json({ requests: requests.list(), counts: requests.counts(), took: requests.took() }),
  );
  app.delete("/requests", (context) => {
    requests.forget();
    return context.body(null, 204);
  });
  app.get("/deliveries", (context) => context.json(deliveries.list()));
  app.get("/violations", (context) => context.json(controlled.violations()));
  return app;
}
