import type { Context } from "hono";
import * as wording from "../../domain/wording/cockpit/session.ts";
import { Fault } from "../../errors.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { SIGN_IN_MINUTES } from "./begin-sign-in.ts";
import { dropBrowserCookie, readBrowserCookie, readSessionCookie, writeSessionCookie } from "./cookies.ts";
import { endSessionOf } from "./end-session.ts";
import { finishSignIn, takeCallback } from "./finish-sign-in.ts";
import { endingPage } from "./sign-in-pages.ts";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "publicUrl"> & {
  readonly signIn: NonNullable<CockpitDependencies["signIn"]>;
};

/** GitHub sends somebody back: with a code, or with the reason why there is none. */
export async function answerCallback(parts: Parts, context: Context): Promise<Response> {
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
