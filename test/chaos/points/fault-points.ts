import { writeSync } from "node:fs";

/** What happens to a process that comes to a point: it is killed, or stopped until somebody lets it go on. */
export type Blow = "kill" | "stop";

export interface ArmedPoint {
  readonly name: string;
  /** At which passage, from 1. */
  readonly nth: number;
  readonly blow: Blow;
}

export interface FaultPoints {
  /** The process is about to do what the point is named after, or has just done it. */
  readonly pass: (name: string) => void;
  /** In place of what was armed before; counting begins anew. */
  readonly arm: (points: readonly ArmedPoint[]) => void;
}

/** Lines of a replica's standard error that are about points. Written at once: a process that is killed sends no messages any more. */
export const SEEN = "chaos saw ";
export const STRUCK = "chaos struck ";

const SIGNALS = { kill: "SIGKILL", stop: "SIGSTOP" } as const;

export function createFaultPoints(): FaultPoints {
  const seen = new Set<string>();
  let armed = new Map<string, { readonly blow: Blow; left: number }>();
  return {
    pass(name) {
      if (!seen.has(name)) {
        seen.add(name);
        writeSync(2, `${SEEN}${name}\n`);
      }
      const found = armed.get(name);
      if (found === undefined) return;
      found.left -= 1;
      if (found.left > 0) return;
      armed.delete(name);
      writeSync(2, `${STRUCK}${found.blow} ${name}\n`);
      process.kill(process.pid, SIGNALS[found.blow]);
    },
    arm(points) {
      armed = new Map(points.map(({ name, nth, blow }) => [name, { blow, left: nth }]));
    },
  };
}

/** `before POST /repos/{}/{}/issues#2|stop:after commit of …`: how a point is named in CHAOS_POINT and in messages. */
export function readArmed(text: string): readonly ArmedPoint[] {
  return text
    .split("|")
    .filter((one) => one !== "")
    .map((one) => {
      const blow: Blow = one.startsWith("stop:") ? "stop" : "kill";
      const [name = "", nth = "1"] = one.replace(/^(stop|kill):/, "").split("#");
      return { name, nth: Number(nth), blow };
    });
}

export function writeArmed(points: readonly ArmedPoint[]): string {
  return points.map(({ name, nth, blow }) => `${blow}:${name}#${String(nth)}`).join("|");
}
