import { request as call } from "node:http";
import { text } from "node:stream/consumers";

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/** What `fetch` does, over another address: whoever answers still sees the one that was asked. `fetch` itself lets nobody set `Host`. */
export async function fetchByWayOf(proxyUrl: string, request: Request): Promise<Response> {
  const { hostname, port } = new URL(proxyUrl);
  const asked = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  try {
    return await new Promise<Response>((resolve, reject) => {
      const outgoing = call(
        {
          hostname,
          port,
          path: `${asked.pathname}${asked.search}`,
          method: request.method,
          headers: {
            ...Object.fromEntries(request.headers),
            host: asked.host,
            "content-length": body.length,
          },
          signal: request.signal,
        },
        (incoming) => {
          const headers = new Headers();
          for (const [name, values] of Object.entries(incoming.headersDistinct)) {
            for (const value of values ?? []) headers.append(name, value);
          }
          const status = incoming.statusCode ?? 0;
          text(incoming).then(
            (said) => resolve(new Response(WITHOUT_BODY.has(status) ? null : said, { status, headers })),
            reject,
          );
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  } catch (error) {
    request.signal.throwIfAborted();
    throw new TypeError("fetch failed", { cause: error });
  }
}
