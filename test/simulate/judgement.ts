/** What should be so at a quiet moment: everything was delivered or compared, nothing is down, nothing waits. */
export interface Expected {
  readonly repository: string;
  readonly gate: (sha: string) => ExpectedGate;
  /** Streaks that are red now and must have an open case; `deadline` is null while nobody has been warned. */
  readonly cases: readonly {
    readonly check: string;
    readonly firstRed: string;
    readonly deadline: Date | null;
    /** Where the law leaves room (a policy that changed in the minute in which it opened): the latest that it allows. */
    readonly latest: Date | null;
    readonly expired: boolean;
    readonly overridden: boolean;
  }[];
  /** One for each first red commit of which there is an issue, or must be one. */
  readonly issues: readonly ExpectedIssue[];
}

export type Sure = "yes" | "no" | "maybe";

export interface ExpectedIssue {
  readonly firstRed: string;
  /** Whether there is any reason for it at all, now or before. */
  readonly founded: boolean;
  readonly open: Sure;
  /** `deploy-halt` is on it. */
  readonly halted: Sure;
  /** `halt-override` is on it. */
  readonly lifted: Sure;
}

export type GateAnswer = "open" | "held" | "unknown";

export interface ExpectedGate {
  readonly decision: GateAnswer;
  /** What it would be if the policy did not merely observe. */
  readonly wouldBe: GateAnswer;
  /** The other answers that are right, too, because Holdpoint may have looked at more than one moment; mostly none. */
  readonly or: readonly GateAnswer[];
  /** By what Holdpoint calls them: what must be among its reasons, and what may be. */
  readonly reasons: readonly { readonly code: string; readonly sure: Sure }[];
  /** One line for each thing that holds it, in words that a person reading the report understands. */
  readonly because: readonly string[];
}

/** One way in which what is seen differs from what should be. */
export interface Difference {
  readonly what:
    | "wrong halt"
    | "wrong opening"
    | "early expiry"
    | "late expiry"
    | "missing issue"
    | "duplicate issue"
    | "wrong issue"
    | "said twice"
    | "not said"
    | "audit"
    | "parked"
    | "other";
  readonly repository: string;
  readonly at: Date;
  readonly expected: string;
  readonly seen: string;
}
