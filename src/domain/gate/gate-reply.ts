import type { Answer } from "../decision.ts";

/** What a `holdpoint.gate/1` document says to whoever asked, as far as it is shown. */
export interface GateReply {
  readonly repository: string;
  readonly environment: string;
  readonly sha: string;
  readonly decision: Answer;
  readonly would_be: Answer;
  readonly reasons: readonly GateReplyReason[];
}

export interface GateReplyReason {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly who: string;
  readonly url: string | null;
}
