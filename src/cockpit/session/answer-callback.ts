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
    log.warn("a sign-in was refused", { code: "not-begun-here" });
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
  if (error !== "") {
    log.info("a sign-in was refused", { code: errorWord(error) });
    return await denied(context, errorWord(error), returnTo);
  }
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
    log.warn("a sign-in was refused", { code: signedIn.kind });
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
  log.info("somebody signed in", { user: signedIn.userId });
  writeSessionCookie(context, publicUrl(), signedIn.id, signedIn.endsAt);
  return context.redirect(signedIn.returnTo, 303);
}

/** GitHub's word for why, where it is one. */
function errorWord(error: string): string {
  return /^[a-z_]{1,60}$/.test(error) ? error : "unknown";
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
    why: wording.signInRefused(error),
    icon: "alert",
    returnTo,
  });
}
