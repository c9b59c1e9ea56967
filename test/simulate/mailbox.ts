import { z } from "zod";
import type { Dice } from "./dice.ts";

/** A webhook on its way to Holdpoint. */
export interface Letter {
  readonly arrivesAt: Date;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Between GitHub or Jira and Holdpoint: late, twice, never, in any order. */
export interface Mailbox {
  /** GitHub hands one over; throws where it sees that nobody took it. */
  readonly post: (request: Request) => Promise<Response>;
  /** What has arrived by now, in the order of arrival, and is taken out. */
  readonly take: (now: Date) => readonly Letter[];
  readonly nextAt: () => Date | null;
  /** Nobody takes webhooks until then; GitHub sees that. */
  readonly outage: (until: Date) => void;
  /** Everything arrives at once, and each only once; until it is called with false. */
  readonly calm: (calm: boolean) => void;
  readonly counts: () => Readonly<Record<"sent" | "late" | "twice" | "never" | "refused", number>>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** What happens together is told together; looked at one by one, each day would take ten times as long. */
const TOGETHER = 20 * SECOND;
/**
 * Told of, and nothing follows from it: most of what GitHub says of a run of CI. One in twenty arrives, the others only cost time. An
 * unknown one is never among them.
 */
const NOISE: ReadonlySet<string> = new Set([
  "workflow_run requested",
  "workflow_run in_progress",
  "workflow_job queued",
  "workflow_job in_progress",
  "check_run created",
  "check_suite requested",
  "check_suite completed",
]);
/** What Holdpoint itself has posted, told back to it. */
const ECHOES: ReadonlySet<string> = new Set(["status", "check_run", "label"]);
const NOISE_HEARD = 0.05;

export function createMailbox(dice: Dice, now: () => Date): Mailbox {
  let waiting: Letter[] = [];
  let refusedUntil = 0;
  let calm = false;
  const counts = { sent: 0, late: 0, twice: 0, never: 0, refused: 0 };

  function delay(): number {
    if (calm) return 0;
    if (!dice.chance(0.15)) return TOGETHER;
    counts.late += 1;
    return dice.chance(0.2) ? dice.between(1, 90) * MINUTE : dice.between(5, 300) * SECOND;
  }

  function put(letter: Omit<Letter, "arrivesAt">): void {
    const at = now().getTime() + delay();
    waiting.push({ ...letter, arrivesAt: new Date(Math.ceil(at / TOGETHER) * TOGETHER) });
  }

  return {
    async post(request) {
      counts.sent += 1;
      if (!calm && (refusedUntil > now().getTime() || dice.chance(0.01))) {
        counts.refused += 1;
        throw new Error("nobody takes webhooks just now");
      }
      const letter = {
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      };
      if (isNoise(letter) && !dice.chance(NOISE_HEARD)) return new Response(null, { status: 202 });
      if (!calm && dice.chance(0.01)) {
        counts.never += 1;
        return new Response(null, { status: 202 });
      }
      put(letter);
      if (!calm && dice.chance(0.02)) {
        counts.twice += 1;
        put(letter);
      }
      return new Response(null, { status: 202 });
    },
    take(at) {
      const arrived = waiting
        .filter(({ arrivesAt }) => calm || arrivesAt.getTime() <= at.getTime())
        .toSorted((left, right) => left.arrivesAt.getTime() - right.arrivesAt.getTime());
      waiting = waiting.filter((letter) => !arrived.includes(letter));
      return arrived;
    },
    nextAt: () =>
      waiting.length === 0
        ? null
        : new Date(Math.min(...waiting.map(({ arrivesAt }) => arrivesAt.getTime()))),
    outage(until) {
      refusedUntil = Math.max(refusedUntil, until.getTime());
    },
    calm(is) {
      calm = is;
      if (is) refusedUntil = 0;
    },
    counts: () => ({ ...counts }),
  };
}

const payloadSchema = z.object({
  action: z.string().optional(),
  sender: z.object({ login: z.string() }).optional(),
});

function isNoise({ headers, body }: Pick<Letter, "headers" | "body">): boolean {
  const { action = "", sender } = payloadSchema.parse(JSON.parse(body));
  const event = headers["x-github-event"] ?? "";
  return NOISE.has(`${event} ${action}`) || (sender?.login === "holdpoint[bot]" && ECHOES.has(event));
}
