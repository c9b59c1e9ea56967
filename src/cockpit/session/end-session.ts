import { asError } from "../../errors.ts";
import { endSession, findSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { hashSessionId } from "./hash-session-id.ts";
import { sealerFor } from "./seal.ts";
import { liveAt } from "./session-lifetime.ts";

/**
 * The session behind a cookie ends here and now, whoever has a copy of it; then GitHub is told to end its token. Where GitHub does
 * not answer, the token ends by itself within hours, and nobody has it any more.
 */
export async function endSessionOf(
  { database, clock, log, signIn }: Pick<CockpitDependencies, "database" | "clock" | "log" | "signIn">,
  cookie: string,
): Promise<void> {
  const idHash = hashSessionId(cookie);
  const session = await findSession(database, idHash, liveAt(clock.now()));
  await endSession(database, idHash);
  if (session === null) return;
  log.info("somebody signed out", { user: session.userId });
  if (signIn === null) return;
  const token = sealerFor(signIn.settings.sessionSecrets).open(session.accessToken, {
    purpose: "access token",
    row: idHash,
  });
  if (token === null) return;
  try {
    await signIn.github.revoke(token);
  } catch (error) {
    log.warn("GitHub could not be told to end a token", { error: asError(error) });
  }
}
