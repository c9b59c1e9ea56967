import type { ChangeSet, Reading } from "../model.ts";
import { baseNotRead, changesNotRead, commitGone } from "../wording/rules.ts";
import { reasonInFull, reasonOfUnknown } from "../wording/unread.ts";

/** A finding's words for a change set that nothing can be said about. */
export interface UnreadChanges {
  readonly code: string;
  readonly message: string;
  readonly publicMessage: string;
}

/** What goes out, or why nothing can be said of it. */
export type Changes =
  | { readonly readable: true; readonly changeSet: ChangeSet }
  | { readonly readable: false; readonly why: UnreadChanges };

export function readChanges(reading: Reading<ChangeSet>): Changes {
  switch (reading.state) {
    case "known": {
      const changeSet = reading.value;
      if (changeSet.relation !== "unrelated") return { readable: true, changeSet };
      const message = changesNotRead(reasonOfUnknown("unrelated-histories"));
      return { readable: false, why: { code: "unrelated-histories", message, publicMessage: message } };
    }
    case "missing": {
      const message = changesNotRead(commitGone(reading.detail));
      const publicMessage = changesNotRead(commitGone(""));
      return { readable: false, why: { code: "commit-not-found", message, publicMessage } };
    }
    case "unknown": {
      const message = changesNotRead(reasonInFull(reading));
      const publicMessage = changesNotRead(reasonOfUnknown(reading.because));
      return { readable: false, why: { code: reading.because, message, publicMessage } };
    }
  }
}

/** Without what is live nothing can be counted from there: every rule says the one reason, in the same words. */
export function unreadBase(base: Extract<Reading<unknown>, { state: "unknown" }>): UnreadChanges {
  const message = baseNotRead(reasonInFull(base));
  const publicMessage = baseNotRead(reasonOfUnknown(base.because));
  return { code: base.because, message, publicMessage };
}
