import { setTimeout as pause } from "node:timers/promises";
import { Fault } from "../../errors.ts";
import type { SignsIn, UserTokens } from "../../ports/sign-in.ts";
import { endSession, findSession, type StoredSession } from "../../store/session.ts";
import { claimRefresh, releaseRefresh, replaceTokens } from "../../store/session-token.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { type Sealer, sealerFor } from "./seal.ts";
import { liveAt } from "./session-lifetime.ts";

export type SessionParts = Pick<CockpitDependencies, "database" | "clock" | "signIn">;

/** Before GitHub's end of it, so that it does not end on the way. */
const MARGIN = 60_000;
/** Longer than a call to GitHub may take: whoever crashed with the claim does not keep it. */
const CLAIM = 15_000;
const LOOK_EVERY = 100;
const LOOKS = CLAIM / LOOK_EVERY;

/**
 * The person's token, refreshed where it has ended. null: there is none any more, and the session is over. Throws a `Fault` where
 * GitHub does not answer.
 */
export async function readAccessToken(parts: SessionParts, session: StoredSession): Promise<string | null> {
  const { database, clock, signIn } = parts;
  if (signIn === null) return null;
  const { idHash, accessEndsAt } = session;
  const sealer = sealerFor(signIn.settings.sessionSecrets);
  const token = openAccessToken(sealer, session);
  const left = accessEndsAt === null ? Infinity : accessEndsAt.getTime() - clock.now().getTime();
  if (token !== null && left > MARGIN) return token;
  if (token === null || session.refreshToken === null) {
    if (token !== null && left > 0) return token;
    await endSession(database, idHash);
    return null;
  }
  const { refreshToken } = session;
  const at = clock.now();
  const claimed = await claimRefresh(database, idHash, {
    refreshToken,
    at,
    until: new Date(at.getTime() + CLAIM),
  });
  if (!claimed) return await awaitOther(parts, sealer, session);
  try {
    return await refresh(parts, { github: signIn.github, sealer, session });
  } catch (error) {
    await releaseRefresh(database, idHash);
    if (left > 0) return token;
    throw error;
  }
}

async function refresh(
  { database }: SessionParts,
  {
    github,
    sealer,
    session,
  }: { readonly github: SignsIn; readonly sealer: Sealer; readonly session: StoredSession },
): Promise<string | null> {
  const { idHash } = session;
  const refreshToken =
    session.refreshToken === null
      ? null
      : sealer.open(session.refreshToken, { purpose: "refresh token", row: idHash });
  const tokens = refreshToken === null ? null : await github.refresh(refreshToken);
  if (tokens === null) {
    await endSession(database, idHash);
    return null;
  }
  await replaceTokens(database, idHash, sealTokens(sealer, idHash, tokens));
  return tokens.accessToken;
}

/** Another request refreshes, here or in another replica: what it gets is the session's. */
async function awaitOther(
  { database, clock }: SessionParts,
  sealer: Sealer,
  { idHash, accessToken }: StoredSession,
): Promise<string | null> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const newest = await findSession(database, idHash, liveAt(clock.now()));
    if (newest === null) return null;
    if (!newest.accessToken.equals(accessToken)) return openAccessToken(sealer, newest);
    await pause(LOOK_EVERY);
  }
  throw new Fault({ kind: "retry-later", code: "github-unreachable", doing: "refreshing a person's token" });
}

function openAccessToken(sealer: Sealer, { accessToken, idHash }: StoredSession): string | null {
  return sealer.open(accessToken, { purpose: "access token", row: idHash });
}

/** As the session's row keeps them. */
export function sealTokens(
  sealer: Sealer,
  idHash: Buffer,
  { accessToken, accessEndsAt, refreshToken }: UserTokens,
): {
  readonly accessToken: Buffer;
  readonly accessEndsAt: Date | null;
  readonly refreshToken: Buffer | null;
} {
  return {
    accessToken: sealer.seal(accessToken, { purpose: "access token", row: idHash }),
    accessEndsAt,
    refreshToken:
      refreshToken === null ? null : sealer.seal(refreshToken, { purpose: "refresh token", row: idHash }),
  };
}
