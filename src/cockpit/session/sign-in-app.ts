import { type Context, Hono } from "hono";
import { createAllowance } from "../../allowance.ts";
import * as wording from "../../domain/wording/cockpit/session.ts";
import { findSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { answerCallback } from "./answer-callback.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { dropSessionCookie, readSessionCookie } from "./cookies.ts";
import { endSessionOf } from "./end-session.ts";
import { hashSessionId } from "./hash-session-id.ts";
import { refuse } from "./refuse.ts";
import { ownPath } from "./return-to.ts";
import { signInAddress } from "./answer-stranger.ts";
import { isFromElsewhere, isSameOrigin } from "./same-origin.ts";
import { liveAt } from "./session-lifetime.ts";
import { notSecurePage, notSetUpPage, signedInElsewherePage, signInPage } from "./sign-in-pages.ts";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "publicUrl" | "signIn">;

/** What Node's server adds to a request. */
interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
}

/** Sign-ins that may be begun in a minute from one address, which may be a whole company's: each is a row for ten minutes. */
const BEGINNINGS = 240;
const MINUTE = 60_000;
const REMEMBERED = 10_000;

/** Sign-in through the App, and out again. */
export function createSignInApp(parts: Parts): Hono<{ Bindings: Bindings }> {
  const { database, clock, publicUrl, signIn } = parts;
  const app = new Hono<{ Bindings: Bindings }>();
  const beginnings = createAllowance({ limit: BEGINNINGS, window: MINUTE, remembered: REMEMBERED, clock });

  /** Where people can sign in at all; otherwise a page that says what is missing. */
  async function whereOpen(
    context: Context,
    answer: (open: NonNullable<Parts["signIn"]>) => Promise<Response>,
  ): Promise<Response> {
    if (signIn === null) return await notSetUpPage(context, publicUrl());
    return isKeptFromOthers(publicUrl()) ? await answer(signIn) : await notSecurePage(context);
  }

  app.get("/-/sign-in", (context) =>
    whereOpen(context, async () => {
      const returnTo = ownPath(context.req.query("return_to"));
      if (await isSignedIn(context)) return context.redirect(returnTo);
      const signedOut = context.req.query("signed_out") !== undefined;
      return await signInPage(context, { returnTo, signedOut });
    }),
  );

  app.get("/-/sign-in/github", (context) =>
    whereOpen(context, async (open) => {
      // Where GitHub asks nothing any more, another site's link would sign somebody in whom nobody asked.
      if (isFromElsewhere(context))
        return context.redirect(signInAddress(context.req.query("return_to") ?? "/"));
      const address = context.env?.incoming?.socket.remoteAddress ?? "";
      const wait = beginnings.waitFor(address);
      if (wait !== null) {
        context.header("retry-after", String(wait));
        return await refuse(context, null, 429, wording.signInTooOften(), wording.signInTooOftenWhy(wait));
      }
      beginnings.spend(address);
      return await beginSignIn(parts, open, context);
    }),
  );

  app.get("/-/signed-in", (context) => signedInElsewherePage(context));

  app.get("/signed-in", (context) =>
    whereOpen(context, (open) => answerCallback({ ...parts, signIn: open }, context)),
  );

  app.post("/-/sign-out", async (context) => {
    if (!isSameOrigin(context, publicUrl())) {
      return await refuse(context, null, 403, wording.notFromHere(), wording.notFromHereWhy());
    }
    const cookie = readSessionCookie(context, publicUrl());
    if (cookie !== null) await endSessionOf(parts, cookie);
    dropSessionCookie(context, publicUrl());
    // With it goes what the browser keeps for the way back: pages that somebody else could still look at.
    context.header("clear-site-data", '"cache"');
    return context.redirect("/-/sign-in?signed_out", 303);
  });

  async function isSignedIn(context: Context): Promise<boolean> {
    const cookie = readSessionCookie(context, publicUrl());
    if (cookie === null) return false;
    return (await findSession(database, hashSessionId(cookie), liveAt(clock.now()))) !== null;
  }

  return app;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function isKeptFromOthers(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === "https:" || LOOPBACK.has(hostname);
}
