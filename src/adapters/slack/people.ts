import type { Clock } from "../../clock.ts";
import * as wording from "../../domain/wording/slack-answers.ts";
import type { Log } from "../../log.ts";
import type { SlackCaller } from "./caller.ts";

/** Who has that address does not change by the hour; who is new is found the same day. */
const LIFETIME = 6 * 3_600_000;
const MOST_KEPT = 5_000;

/**
 * People by their e-mail address, kept for six hours, those who were not found too: Slack allows fifty questions a
 * minute. null: no such person, or not active. Needs the scope `users:read.email`.
 */
export function createFindUserByEmail(
  call: SlackCaller,
  clock: Clock,
  log: Log,
): (email: string) => Promise<string | null> {
  const kept = new Map<string, { readonly id: string | null; readonly until: number }>();

  return async (email) => {
    const address = email.toLowerCase();
    const known = kept.get(address);
    if (known !== undefined && clock.now().getTime() < known.until) return known.id;
    const answer = await call({
      doing: "looking a person up",
      limit: "users.lookupByEmail",
      send: (client) => client.users.lookupByEmail({ email: address }),
    });
    if (answer.state === "refused" && answer.error !== "users_not_found") {
      log.warn("nobody can be looked up in Slack by e-mail", {
        code: answer.error,
        detail: wording.slackSays(answer.error),
      });
      return null;
    }
    const user = answer.state === "answered" ? answer.value.user : undefined;
    const id = user?.deleted === true || user?.is_bot === true ? null : (user?.id ?? null);
    kept.delete(address);
    kept.set(address, { id, until: clock.now().getTime() + LIFETIME });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return id;
  };
}
