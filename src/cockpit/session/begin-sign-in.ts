import { createHash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import { addSignIn } from "../../store/sign-in.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { writeBrowserCookie } from "./cookies.ts";
import { hashSessionId } from "./hash-session-id.ts";
import { ownPath } from "./return-to.ts";
import { sealerFor } from "./seal.ts";

/** Long enough for a password and a second factor. */
export const SIGN_IN_MINUTES = 10;

type Parts = Pick<CockpitDependencies, "database" | "clock" | "publicUrl">;

/**
 * Sends the browser to GitHub. What comes back must carry this `state`, once, in this browser, in time; and the code that comes
 * with it is worth nothing without the verifier, which never leaves here.
 */
export async function beginSignIn(
  { database, clock, publicUrl }: Parts,
  signIn: NonNullable<CockpitDependencies["signIn"]>,
  context: Context,
): Promise<Response> {
  const [state, browser, verifier] = [secret(), secret(), secret()];
  const stateHash = hashSessionId(state);
  const endsAt = new Date(clock.now().getTime() + SIGN_IN_MINUTES * 60_000);
  await addSignIn(database, {
    stateHash,
    browserHash: hashSessionId(browser),
    verifier: sealerFor(signIn.settings.sessionSecrets).seal(verifier, {
      purpose: "verifier",
      row: stateHash,
    }),
    returnTo: ownPath(context.req.query("return_to")),
    endsAt,
  });
  writeBrowserCookie(context, publicUrl(), browser, endsAt);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const redirectUri = callbackAddress(publicUrl());
  return context.redirect(signIn.github.authorizeUrl({ state, challenge, redirectUri }));
}

/** Where GitHub sends people back; the App's settings there must name it. */
export function callbackAddress(publicUrl: string): string {
  return `${publicUrl}/signed-in`;
}

/** 256 bits, in 43 characters that any address and cookie may carry. */
function secret(): string {
  return randomBytes(32).toString("base64url");
}
