import { serve, type Served } from "../../src/sandbox/serve.ts";

/** One address before all replicas, as a load balancer would be: each request goes to the next one that lives. */
export interface Front extends Served {
  readonly add: (url: string) => void;
  readonly remove: (url: string) => void;
  /** How many requests found nobody, or somebody who died over them. */
  readonly failed: () => number;
  /** How many were answered with 5xx by those who live. */
  readonly refused: () => number;
}

export async function startFront(): Promise<Front> {
  const alive: string[] = [];
  let turn = 0;
  let failed = 0;
  let refused = 0;
  async function forward(request: Request): Promise<Response> {
    const to = alive[turn++ % Math.max(1, alive.length)];
    if (to === undefined) return refuse();
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const body = method === "GET" || method === "HEAD" ? null : await request.arrayBuffer();
    try {
      const answer = await fetch(`${to}${pathname}${search}`, { method, headers, body });
      if (answer.status >= 500) refused += 1;
      return new Response(await answer.arrayBuffer(), { status: answer.status });
    } catch {
      // Killed while it answered, or just before: the sender sees what it would see of any load balancer.
      return refuse();
    }
  }
  function refuse(): Response {
    failed += 1;
    return new Response("nobody answers", { status: 502 });
  }
  const served = await serve(forward);
  return {
    ...served,
    add: (url) => void alive.push(url),
    remove(url) {
      const at = alive.indexOf(url);
      if (at !== -1) alive.splice(at, 1);
    },
    failed: () => failed,
    refused: () => refused,
  };
}
