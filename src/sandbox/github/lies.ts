import { z } from "zod";

/** What the sandbox can pretend; each is used up by `times` calls, or stays until told otherwise. */
export const lieSchema = z.strictObject({
  kind: z.enum([
    "lagging",
    "accepted-and-nothing",
    "not-found",
    "unauthorized",
    "forbidden",
    "primary-limit",
    "secondary-limit",
    "server-error",
    "html",
    "truncated",
    "broken-off",
    "reset",
    "slow",
    "delivery-twice",
    "delivery-after-the-next",
    "delivery-lost",
    "delivery-refused",
  ]),
  times: z.int().positive().optional(),
  /** Only calls of this method. */
  method: z.string().optional(),
  /** Only calls whose path and query hold this text; for GraphQL also the name of the query. */
  path: z.string().optional(),
  /** Only deliveries of this event. */
  event: z.string().optional(),
  /** The HTTP status, for `server-error` (500), the limits (403) and `html` (200). */
  status: z.int().optional(),
  /** For the limits; none for `null`. */
  retryAfterSeconds: z.int().nonnegative().nullable().optional(),
  /** For `slow`. */
  milliseconds: z.int().nonnegative().optional(),
});

export type Lie = z.infer<typeof lieSchema>;

export interface Lies {
  readonly tell: (lie: Lie) => void;
  readonly stop: () => void;
  /** The lie that this call gets, used up by it; null: the truth. */
  readonly takeForCall: (method: string, path: string) => Lie | null;
  readonly takeForDelivery: (event: string) => Lie | null;
}

export function createLies(): Lies {
  let told: { readonly lie: Lie; left: number }[] = [];

  function take(matches: (lie: Lie) => boolean): Lie | null {
    const entry = told.find(({ lie, left }) => left > 0 && matches(lie));
    if (entry === undefined) return null;
    entry.left -= 1;
    return entry.lie;
  }

  const isOfDelivery = ({ kind }: Lie): boolean => kind.startsWith("delivery-");
  return {
    tell: (lie) => void told.push({ lie, left: lie.times ?? Infinity }),
    stop: () => {
      told = [];
    },
    takeForCall: (method, path) =>
      take((lie) => !isOfDelivery(lie) && (lie.method ?? method) === method && path.includes(lie.path ?? "")),
    takeForDelivery: (event) => take((lie) => isOfDelivery(lie) && (lie.event ?? event) === event),
  };
}
