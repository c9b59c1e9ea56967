import { Hono } from "hono";
import { createAssetsApp } from "./assets/assets-app.ts";
import { createCaseApp } from "./case/case-app.ts";
import type { CockpitDependencies } from "./cockpit-dependencies.ts";
import { createGateFormsApp } from "./gate-forms/gate-forms-app.ts";
import { createHistoryApp } from "./history/history-app.ts";
import { createLiveApp } from "./live/live-app.ts";
import { createMendingApp } from "./mending/mending-app.ts";
import { notFound } from "./not-found.ts";
import { createOperationsApp } from "./operations/operations-app.ts";
import { createOverviewApp } from "./overview/overview-app.ts";
import type { CockpitEnvironment } from "./person.ts";
import { pageFailed } from "./page-failed.ts";
import { createRepositoryApp } from "./repository/repository-app.ts";
import { securityHeaders } from "./security-headers.ts";
import { requirePerson } from "./session/require-person.ts";
import { createSignInApp } from "./session/sign-in-app.ts";
import { createAppearanceApp } from "./view/appearance-app.ts";
import { createWhyApp } from "./why/why-app.ts";

/**
 * The cockpit: pages and forms. Pages read what is stored; forms ask for what shall be done, by the queue, in the person's name.
 * What is ours alone lies under `/-/`, because no account of GitHub's begins with a hyphen.
 */
export function createCockpit(dependencies: CockpitDependencies): Hono {
  const cockpit = new Hono();
  cockpit.onError((error, context) => pageFailed(context, dependencies.log, error));
  cockpit.use(securityHeaders(dependencies.publicUrl));
  cockpit.route("/", createAssetsApp());
  cockpit.route("/", createSignInApp(dependencies));
  // Tools that ask for what is not there are not sent to sign in; no account of GitHub's is called so.
  cockpit.all("/api/*", (context) => context.body(null, 404));
  const signedIn = new Hono<CockpitEnvironment>();
  signedIn.use(requirePerson(dependencies));
  signedIn.route("/", createLiveApp(dependencies));
  signedIn.route("/", createAppearanceApp(dependencies));
  signedIn.route("/", createOverviewApp(dependencies));
  signedIn.route("/", createOperationsApp(dependencies));
  signedIn.route("/", createRepositoryApp(dependencies));
  signedIn.route("/", createMendingApp(dependencies));
  signedIn.route("/", createGateFormsApp(dependencies));
  signedIn.route("/", createCaseApp(dependencies));
  signedIn.route("/", createWhyApp(dependencies));
  signedIn.route("/", createHistoryApp(dependencies));
  signedIn.notFound((context) => notFound(context, context.get("person")));
  signedIn.all("*", (context) => notFound(context, context.get("person")));
  cockpit.route("/", signedIn);
  return cockpit;
}
