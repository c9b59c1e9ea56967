import { Hono } from "hono";
import type { InspectedExchange } from "../door.ts";
import { asJson } from "../rest/call.ts";
import type { Given, Grants } from "./grants.ts";

/** What programs ask of sign-in, with the App's client secret. */
export function createOAuthApp(
  grants: Grants,
  onExchange: (exchange: InspectedExchange, route: string) => void,
): Hono {
  const app = new Hono();

  app.post("/login/oauth/access_token", async (context) => {
    const answer = grants.exchange(await readGiven(context.req.raw));
    const { method, path } = context.req;
    onExchange({ method, path, status: 200 }, `${method} ${path}`);
    return context.json(answer);
  });

  app.delete("/applications/:client_id/token", async (context) => {
    const { method, path } = context.req;
    const [scheme, credentials = ""] = (context.req.header("authorization") ?? "").split(" ");
    const [id = "", secret = ""] = Buffer.from(credentials, "base64").toString("utf8").split(":");
    const requestBody = await readGiven(context.req.raw);
    const known = scheme?.toLowerCase() === "basic" && grants.isClient(id, secret);
    const status = !known ? 401 : grants.revoke(requestBody["access_token"] ?? "") ? 204 : 404;
    const exchange = { method, path, requestBody, status };
    onExchange(exchange, `${method} /applications/:client_id/token`);
    return status === 204
      ? context.body(null, 204)
      : context.json(
          { message: status === 401 ? "Bad credentials" : "Not Found", status: String(status) },
          status,
        );
  });

  return app;
}

/** What is asked with a person's browser, and with a program, at addresses of their own. */
export function isOAuth({ method, url }: Request): boolean {
  const { pathname } = new URL(url);
  return (
    (method === "POST" && pathname === "/login/oauth/access_token") ||
    (method === "DELETE" && /^\/applications\/[^/]+\/token$/.test(pathname))
  );
}

/** As JSON, or as browsers encode forms: GitHub takes both. */
async function readGiven(request: Request): Promise<Given> {
  const text = await request.text();
  if (request.headers.get("content-type")?.includes("json") !== true) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  const parsed: unknown = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(asJson(parsed)).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
