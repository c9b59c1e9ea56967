/** One call that was answered. */
export interface SandboxRequest {
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** `GET /repos/:owner/:repo/compare/:basehead`, or `POST /graphql Outline`; "" for what is no route. */
  readonly route: string;
  readonly status: number;
  /** How long the sandbox itself took, in milliseconds. */
  readonly took: number;
}

export interface RequestLog {
  readonly add: (request: SandboxRequest) => void;
  /** Oldest first, the newest ten thousand. */
  readonly list: () => readonly SandboxRequest[];
  /** How often each route was answered; 304s are counted under `304 `, for they cost nothing. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** All the sandbox's own time, in milliseconds. */
  readonly took: () => number;
  readonly forget: () => void;
}

const KEPT_REQUESTS = 10_000;

export function createRequestLog(): RequestLog {
  let requests: SandboxRequest[] = [];
  let counts = new Map<string, number>();
  let took = 0;
  return {
    add: (request) => {
      requests.push(request);
      if (requests.length > 2 * KEPT_REQUESTS) requests = requests.slice(-KEPT_REQUESTS);
      const key = `${request.status === 304 ? "304 " : ""}${request.route}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      took += request.took;
    },
    list: () => requests.slice(-KEPT_REQUESTS),
    counts: () => Object.fromEntries(counts),
    took: () => took,
    forget: () => {
      requests = [];
      counts = new Map();
      took = 0;
    },
  };
}
