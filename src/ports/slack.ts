/** Where a Slack message stands. */
export interface SlackPlace {
  readonly channel: string;
  readonly ts: string;
}

/** Slack, outgoing. Errors that stay (no such channel, not invited) are `refused`; the others are faults. */
export interface SendsMessages {
  /** Posts unless a message of ours with that key is there already. */
  readonly sendMessage: (message: {
    key: string;
    to: { kind: "channel"; channel: string } | { kind: "user"; id: string };
    thread: SlackPlace | null;
    text: string;
    /** An earlier try may have posted it since then, and was not told; null: there was none, so nobody looks. */
    mayBeThereSince: Date | null;
  }) => Promise<
    | { readonly state: "done"; readonly place: SlackPlace }
    | { readonly state: "refused"; readonly detail: string }
  >;
  /** null: no such person, or not active. */
  readonly findUserByEmail: (email: string) => Promise<string | null>;
}
