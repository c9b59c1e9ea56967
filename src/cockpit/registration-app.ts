import { randomBytes, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";
import * as wording from "../domain/wording/registration.ts";
import { asError } from "../errors.ts";
import type { AppCredentials } from "../ports/installations.ts";

export interface RegistrationOptions {
  /** `app.yml` as data; the addresses are filled in here. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** `https://github.com`, or the Enterprise Server's own. */
  readonly githubUrl: string;
  /** Exchanges the code that GitHub sends back; works once, within the hour. */
  readonly exchange: (code: string) => Promise<AppCredentials>;
  /** Keeps the credentials; answers the name of the file. */
  readonly keep: (credentials: AppCredentials) => Promise<string>;
  /** Where this page is reached: `http://127.0.0.1:3000`. */
  readonly here: string;
}

/**
 * The page that registers the App from its manifest
 * (https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
 * Whoever reaches it can mint an App, so it listens on loopback only, and a `state` of its own keeps other
 * pages from finishing what they did not begin.
 */
export function createRegistrationApp(options: RegistrationOptions): Hono {
  const state = randomBytes(24).toString("base64url");
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    context.header(
      "content-security-policy",
      `default-src 'none'; form-action ${options.githubUrl} ${options.here}; frame-ancestors 'none'`,
    );
    context.header("referrer-policy", "no-referrer");
    context.header("cache-control", "no-store");
  });

  app.onError((error, context) => {
    const failed = html`<p>${wording.registrationFailed(asError(error).message)}</p>`;
    return context.html(page(wording.registrationTitle(), failed), 502);
  });

  app.get("/", (context) => context.html(page(wording.registrationTitle(), formBody())));

  // The organisation is part of the address that the form is sent to, so it is asked for first.
  app.get("/register", (context) => {
    const organisation = context.req.query("organisation")?.trim() ?? "";
    const address = context.req.query("address")?.trim() ?? "";
    if (!/^[A-Za-z0-9-]{0,39}$/.test(organisation)) {
      return context.html(
        page(wording.registrationTitle(), html`<p>${wording.organisationRefused()}</p>`),
        400,
      );
    }
    if (!URL.canParse(address) || new URL(address).protocol !== "https:") {
      return context.html(
        page(wording.registrationTitle(), html`<p>${wording.publicAddressRefused()}</p>`),
        400,
      );
    }
    const manifest = fillManifest(options.manifest, address.replace(/(?<!\/)\/+$/, ""), options.here);
    const owner = organisation === "" ? "settings" : `organizations/${organisation}/settings`;
    return context.html(
      page(
        wording.registrationTitle(),
        html`<p>${wording.registrationConfirm(organisation)}</p>
          <form method="post" action="${options.githubUrl}/${owner}/apps/new?state=${state}">
            <input type="hidden" name="manifest" value="${JSON.stringify(manifest)}" />
            <button>${wording.registrationButton()}</button>
          </form>`,
      ),
    );
  });

  app.get("/registered", async (context) => {
    const code = context.req.query("code") ?? "";
    if (!sameText(context.req.query("state") ?? "", state) || !/^[A-Za-z0-9]{1,100}$/.test(code)) {
      return context.html(
        page(wording.registrationTitle(), html`<p>${wording.registrationForeign()}</p>`),
        400,
      );
    }
    const credentials = await options.exchange(code);
    const file = await options.keep(credentials);
    return context.html(
      page(
        wording.registrationDone(),
        html`<p>${wording.registrationKept(file)}</p>
          <p><a href="${credentials.appPage}/installations/new">${wording.installNow()}</a></p>`,
      ),
    );
  });

  return app;
}

/** The manifest with the addresses of this installation. */
function fillManifest(
  manifest: Readonly<Record<string, unknown>>,
  publicUrl: string,
  here: string,
): Readonly<Record<string, unknown>> {
  return {
    ...manifest,
    url: publicUrl,
    hook_attributes: { url: `${publicUrl}/api/github/webhooks`, active: true },
    redirect_url: `${here}/registered`,
    callback_urls: [`${publicUrl}/signed-in`],
  };
}

function formBody() {
  return html`<p>${wording.registrationIntroduction()}</p>
    <form method="get" action="/register">
      <p>
        <label for="organisation">${wording.organisationLabel()}</label><br />
        <input id="organisation" name="organisation" maxlength="39" />
      </p>
      <p>
        <label for="address">${wording.publicAddressLabel()}</label><br />
        <input id="address" name="address" type="url" required size="50" />
      </p>
      <button>${wording.registrationNext()}</button>
    </form>`;
}

function page(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`;
}

function sameText(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}
