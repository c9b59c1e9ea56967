import { randomBytes, timingSafeEqual } from "node:crypto";
import type { SeenRepository, UserTokens } from "../../ports/sign-in.ts";
import { addSession, replaceRights } from "../../store/session.ts";
import { takeSignIn } from "../../store/sign-in.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { sealTokens } from "./access-token.ts";
import { callbackAddress } from "./begin-sign-in.ts";
import { hashSessionId } from "./hash-session-id.ts";
import { sealerFor } from "./seal.ts";
import { sessionEnd } from "./session-lifetime.ts";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "publicUrl"> & {
  readonly signIn: NonNullable<CockpitDependencies["signIn"]>;
};

/** What GitHub sent the browser back with. */
export interface Callback {
  readonly state: string;
  readonly code: string;
  /** The cookie of the browser; null: it has none. */
  readonly browser: string | null;
}

export type SignedIn =
  | {
      readonly kind: "signed-in";
      readonly userId: number;
      readonly id: string;
      readonly endsAt: Date;
      readonly returnTo: string;
    }
  /** Not begun here, used before, or too late. */
  | { readonly kind: "not-yours" }
  /** GitHub takes the code, or what it gave for it, no more. */
  | { readonly kind: "stale"; readonly returnTo: string };

/** The sign-in that this is the answer to; whoever asks second finds none. */
export async function takeCallback(
  { database, clock }: Pick<Parts, "database" | "clock">,
  { state, browser }: Pick<Callback, "state" | "browser">,
): Promise<{
  readonly stateHash: Buffer;
  readonly verifier: Buffer;
  readonly returnTo: string;
} | null> {
  if (state === "" || browser === null) return null;
  const stateHash = hashSessionId(state);
  const begun = await takeSignIn(database, stateHash, clock.now());
  if (begun === null || !timingSafeEqual(begun.browserHash, hashSessionId(browser))) return null;
  return { stateHash, verifier: begun.verifier, returnTo: begun.returnTo };
}

/** Makes a session of GitHub's answer, under a name that nobody can have known before. */
export async function finishSignIn(
  parts: Parts,
  begun: NonNullable<Awaited<ReturnType<typeof takeCallback>>>,
  code: string,
): Promise<SignedIn> {
  const { signIn, clock, publicUrl } = parts;
  const { github, settings } = signIn;
  const { returnTo } = begun;
  const sealer = sealerFor(settings.sessionSecrets);
  const verifier = sealer.open(begun.verifier, { purpose: "verifier", row: begun.stateHash });
  const redirectUri = callbackAddress(publicUrl());
  const tokens = verifier === null ? null : await github.exchangeCode({ code, verifier, redirectUri });
  if (tokens === null) return { kind: "stale", returnTo };
  const at = clock.now();
  const [user, seen] = await Promise.all([
    github.readUser(tokens.accessToken),
    github.listRepositories(tokens.accessToken),
  ]);
  if (user === null || seen === null) return { kind: "stale", returnTo };
  const session = await keepSession(parts, { user, tokens, seen, at });
  return { kind: "signed-in", userId: user.id, ...session, returnTo };
}

async function keepSession(
  { database, signIn }: Parts,
  {
    user,
    tokens,
    seen,
    at,
  }: {
    readonly user: { readonly id: number; readonly login: string };
    readonly tokens: UserTokens;
    readonly seen: readonly SeenRepository[];
    readonly at: Date;
  },
): Promise<{ readonly id: string; readonly endsAt: Date }> {
  const id = randomBytes(32).toString("base64url");
  const idHash = hashSessionId(id);
  const endsAt = sessionEnd(at);
  const sealed = sealTokens(sealerFor(signIn.settings.sessionSecrets), idHash, tokens);
  await database.transaction(async (transaction) => {
    await addSession(transaction, {
      idHash,
      userId: user.id,
      login: user.login,
      ...sealed,
      at,
      endsAt,
    });
    const rights = seen.map((one) => ({ repositoryId: one.id, permission: one.permission }));
    await replaceRights(transaction, idHash, rights, at);
  });
  return { id, endsAt };
}
