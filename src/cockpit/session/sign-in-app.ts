import { type Context, Hono } from "hono";
import { createAllowance } from "../../allowance.ts";
import * as wording from "../../domain/wording/cockpit/session.ts";
import { Fault } from "../../errors.ts";
import { findSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { beginSignIn, SIGN_IN_MINUTES } from "./begin-sign-in.ts";
import {
  dropBrowserCookie,
  dropSessionCookie,
  readBrowserCookie,
  readSessionCookie,
  writeSessionCookie,
} from "./cookies.ts";
import { endSessionOf } from "./end-session.ts";
import { finishSignIn, takeCallback } from "./finish-sign-in.ts";
import { hashSessionId } from "./hash-session-id.ts";
import { refuse } from "./refuse.ts";
import { ownPath } from "./return-to.ts";
import { isSameOrigin } from "./same-origin.ts";
import { liveAt } from "./session-lifetime.ts";
import { endingPage, notSetUpPage, signedInElsewherePage, signInPage } from "./sign-in-pages.ts";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "publicUrl" | "signIn" | "githubUrl">;

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
  const { database, clock, publicUrl, signIn, githubUrl } = parts;
  const app = new Hono<{ Bindings: Bindings }>();
  const beginnings = createAllowance({ limit: BEGINNINGS, window: MINUTE, remembered: REMEMBERED, clock });

  app.get("/-/sign-in", async (context) => {
    if (signIn === null) return await notSetUpPage(context, publicUrl());
    const returnTo = ownPath(context.req.query("return_to"));
    if (await isSignedIn(context)) return context.redirect(returnTo);
    const signedOut = context.req.query("signed_out") !== undefined;
    return await signInPage(context, { returnTo, githubUrl, signedOut });
  });

  app.get("/-/sign-in/github", async (context) => {
    if (signIn === null) return await notSetUpPage(context, publicUrl());
    const address = context.env?.incoming?.socket.remoteAddress ?? "";
    const wait = beginnings.waitFor(address);
    if (wait !== null) {
      context.header("retry-after", String(wait));
      return await refuse(context, null, 429, wording.signInTooOften(), wording.signInTooOftenWhy(wait));
    }
    beginnings.spend(address);
    return await beginSignIn(parts, signIn, context);
  });

  app.get("/-/signed-in", (context) => signedInElsewherePage(context));

  app.get("/signed-in", async (context) =>
    signIn === null ? await notSetUpPage(context, publicUrl()) : await finish({ ...parts, signIn }, context),
  );

  app.post("/-/sign-out", async (context) => {
    if (!isSameOrigin(context, publicUrl())) {
      return await refuse(context, null, 403, wording.notFromHere(), wording.notFromHereWhy());
    }
    const cookie = readSessionCookie(context, publicUrl());
    if (cookie !== null) await endSessionOf(parts, cookie);
    dropSessionCookie(context, publicUrl());
    return context.redirect("/-/sign-in?signed_out", 303);
  });

  async function isSignedIn(context: Context): Promise<boolean> {
    const cookie = readSessionCookie(context, publicUrl());
    if (cookie === null) return false;
    return (await findSession(database, hashSessionId(cookie), liveAt(clock.now()))) !== null;
  }

  return app;
}

/** GitHub sends somebody back: with a code, or with the reason why there is none. */
async function finish(
  parts: Parts & { readonly signIn: NonNullable<CockpitDependencies["signIn"]> },
  context: Context,
): Promise<Response> {
  const { publicUrl, log } = parts;
  const { state = "", code = "", error = "" } = context.req.query();
  const browser = readBrowserCookie(context, publicUrl());
  const begun = await takeCallback(parts, { state, browser });
  if (begun === null) {
    const why = wording.signInNotYoursWhy(SIGN_IN_MINUTES);
    return await endingPage(context, {
      status: 400,
      title: wording.signInNotYours(),
      why,
      icon: "shield-x",
      returnTo: "/",
    });
  }
  dropBrowserCookie(context, publicUrl());
  const { returnTo } = begun;
  if (error !== "") return await denied(context, error, returnTo);
  let signedIn: Awaited<ReturnType<typeof finishSignIn>>;
  try {
    signedIn = await finishSignIn(parts, begun, code);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    log.warn("somebody could not sign in", { error: thrown });
    return await endingPage(context, {
      status: 503,
      ...(thrown.kind === "misconfigured"
        ? { title: wording.signInFailed(), why: wording.signInMisconfigured() }
        : { title: wording.gitHubAway(), why: wording.gitHubAwayAtSignIn() }),
      icon: "alert",
      returnTo,
    });
  }
  if (signedIn.kind !== "signed-in") {
    return await endingPage(context, {
      status: 400,
      title: wording.signInNotYours(),
      why: wording.signInStale(),
      icon: "history",
      returnTo,
    });
  }
  // Whoever was signed in here before is so no more.
  const former = readSessionCookie(context, publicUrl());
  if (former !== null) await endSessionOf(parts, former);
  writeSessionCookie(context, publicUrl(), signedIn.id, signedIn.endsAt);
  return context.redirect(signedIn.returnTo, 303);
}

async function denied(context: Context, error: string, returnTo: string): Promise<Response> {
  if (error === "access_denied") {
    return await endingPage(context, {
      status: 403,
      title: wording.signInDenied(),
      why: wording.signInDeniedWhy(),
      icon: "circle-slash",
      returnTo,
    });
  }
  return await endingPage(context, {
    status: 502,
    title: wording.signInFailed(),
    why: wording.signInRefused(/^[a-z_]{1,60}$/.test(error) ? error : "unknown"),
    icon: "alert",
    returnTo,
  });
}
