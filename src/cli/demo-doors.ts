import type { CommandInput } from "./command.ts";
import { gate } from "./gate.ts";
import { readGateReply } from "./read-gate-reply.ts";

/** For nobody but this demo: it listens on loopback, and ends with it. */
export const DEMO_TOKEN = "demo-token-that-opens-nothing-else";

interface Question {
  readonly environment: string;
  readonly sha: string;
  readonly intent?: "rollback";
}

/** What a deploy tool is told at each of its doors. */
interface Doors {
  /** `holdpoint gate`: what it prints, and its exit code. */
  readonly askWithCommand: (
    words: readonly string[],
  ) => Promise<{ readonly code: number; readonly out: string }>;
  readonly askOverHttp: (question: Question) => Promise<{
    readonly status: number;
    readonly decision: string;
    /** Codes with their messages. */
    readonly reasons: readonly string[];
  }>;
}

/** The doors for deploy tools, as the story knocks on them. */
export function openDoors(input: CommandInput, url: string, repository: string): Doors {
  return {
    async askWithCommand(words) {
      const printed: string[] = [];
      const code = await gate.run({
        ...input,
        arguments: words,
        environment: { HOLDPOINT_URL: url, HOLDPOINT_TOKEN: DEMO_TOKEN },
        out: (text) => void printed.push(text),
        err: (text) => void printed.push(text),
      });
      return { code, out: printed.join("") };
    },

    async askOverHttp({ environment, sha, intent }) {
      const query = new URLSearchParams({ environment, sha, ...(intent === undefined ? {} : { intent }) });
      const response = await fetch(`${url}/api/v1/repos/${repository}/gate?${query.toString()}`, {
        headers: { authorization: `Bearer ${DEMO_TOKEN}` },
        signal: input.signal,
      });
      const read = readGateReply(await response.text(), { repository, environment, sha });
      return {
        status: response.status,
        decision: read?.reply.decision ?? "",
        reasons: (read?.reply.reasons ?? []).map(({ code, message }) => `${code}: ${message}`),
      };
    },
  };
}
