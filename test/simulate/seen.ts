/** What anybody can see from outside of one repository at a quiet moment: nothing of it comes from Holdpoint's database. */
export interface Seen {
  readonly at: Date;
  readonly repository: string;
  /** What the gate answers, for the head of the trunk, what is live, and some commits between them. */
  readonly gates: readonly SeenGate[];
  /** Issues that Holdpoint opened, oldest first. */
  readonly issues: readonly SeenIssue[];
  /** Said in the channel, or to a person, about this repository, oldest first. */
  readonly messages: readonly {
    readonly at: Date;
    readonly text: string;
    readonly thread: string | null;
    /** Where it was said, and by what Holdpoint knows it again: the same again is the same message again. */
    readonly key: string | null;
  }[];
  /** The newest status of each context on the head of the trunk. */
  readonly statuses: readonly {
    readonly context: string;
    readonly state: string;
    readonly description: string;
  }[];
}

export interface SeenGate {
  readonly sha: string;
  readonly environment: "production";
  readonly decision: "open" | "held" | "unknown";
  readonly wouldBe: "open" | "held" | "unknown";
  readonly reasons: readonly {
    readonly kind: string;
    readonly code: string;
    readonly message: string;
    readonly since: Date | null;
    readonly until: Date | null;
  }[];
}

export interface SeenIssue {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly createdAt: Date;
  /** By Holdpoint, oldest first. */
  readonly comments: readonly { readonly at: Date; readonly body: string }[];
}
