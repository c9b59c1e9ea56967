import type { Clock } from "../../clock.ts";
import type { CockpitSettings } from "../../config.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { SignsIn, UserTokens } from "../../ports/sign-in.ts";
import type { Answer, Exchange } from "./exchange.ts";
import { fields, isFields, optionalInteger, optionalText, shownText, text } from "./json.ts";
import { limitIn } from "./limit.ts";
import { userFault } from "./user-calls.ts";

interface Parts {
  /** OAuth is answered where the browsers are. */
  readonly web: Exchange;
  readonly api: Exchange;
  readonly clock: Clock;
  readonly app: Pick<CockpitSettings, "clientId" | "clientSecret">;
}

/** The App itself is refused: an operator must look, the person cannot help it. */
const OPERATORS = new Set([
  "incorrect_client_credentials",
  "redirect_uri_mismatch",
  "unauthorized_client",
  "unsupported_grant_type",
  "application_suspended",
]);

/**
 * A person's tokens: for the code of a sign-in, for a refresh token, and their end.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
 */
export function createTokenGrants({
  web,
  api,
  clock,
  app,
}: Parts): Pick<SignsIn, "exchangeCode" | "refresh" | "revoke"> {
  const credentials = { client_id: app.clientId, client_secret: app.clientSecret };

  /** Never sent twice: codes and refresh tokens work once. */
  async function grant(
    doing: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<UserTokens | null> {
    const body = { ...credentials, ...parameters };
    const answer = await web.send("POST /login/oauth/access_token", body, { accept: "application/json" });
    if (answer.status !== 200) throw userFault(doing, answer, clock.now());
    const granted = fields(answer.data, "token");
    const error = optionalText(granted, "error");
    if (error === null) return parseTokens(granted, clock.now());
    if (OPERATORS.has(error)) throw misconfigured(doing, error);
    return null;
  }

  return {
    exchangeCode: ({ code, verifier, redirectUri }) =>
      grant("exchanging the code of a sign-in", {
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      }),

    refresh: (refreshToken) =>
      grant("refreshing a person's token", { grant_type: "refresh_token", refresh_token: refreshToken }),

    async revoke(accessToken) {
      const doing = "ending a person's token";
      const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString("base64");
      const answer = await api.send(
        "DELETE /applications/{client_id}/token",
        { client_id: app.clientId, access_token: accessToken },
        { authorization: `Basic ${basic}` },
      );
      // 404 and 422: it is over, or never was.
      if ([204, 404, 422].includes(answer.status)) return;
      if (isRefusalOfApp(answer, clock.now())) throw misconfigured(doing, "incorrect_client_credentials");
      throw userFault(doing, answer, clock.now());
    },
  };
}

function isRefusalOfApp(answer: Answer, now: Date): boolean {
  return answer.status === 401 || (answer.status === 403 && limitIn(answer, now) === null);
}

/** Tokens without an end: the App's owner has switched their expiry off. */
function parseTokens(granted: unknown, now: Date): UserTokens {
  const from = fields(granted, "token");
  const seconds = optionalInteger(from, "expires_in");
  return {
    accessToken: text(from, "access_token"),
    accessEndsAt: seconds === null ? null : new Date(now.getTime() + seconds * 1_000),
    refreshToken: isFields(granted) ? shownText(granted, "refresh_token") || null : null,
  };
}

function misconfigured(doing: string, error: string): Fault {
  return new Fault({
    kind: "misconfigured",
    code: "sign-in-refused",
    doing,
    detail: wording.githubRefusesSignIn(error.slice(0, 60)),
  });
}
