import { createHash, randomBytes } from "node:crypto";
import type { Account, Json } from "../model.ts";
import type { World } from "../world.ts";

/** What a browser was sent with. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string;
  readonly method: string;
}

/** What a program sent. */
export type Given = Readonly<Record<string, string | undefined>>;

/** The App's sign-in: who said yes to what, and which tokens came of it. */
export interface Grants {
  /** What is wrong with a request; null: nothing. GitHub asks for no PKCE; this one does, so that nobody forgets it. */
  readonly problemWith: (asked: AuthorizeRequest) => string | null;
  /** Somebody says yes: where their browser goes now. */
  readonly allow: (asked: AuthorizeRequest, account: Account) => string;
  readonly deny: (asked: AuthorizeRequest) => string;
  /** Tokens for a code or a refresh token, or the word for why not; both with status 200, as GitHub does it. */
  readonly exchange: (given: Given) => Json;
  readonly isClient: (id: string, secret: string) => boolean;
  /** False: it was none. */
  readonly revoke: (accessToken: string) => boolean;
  /** From now on people may be sent back to any path there. */
  readonly setCallback: (url: string) => void;
}

const CODE_MILLISECONDS = 10 * 60_000;
const ACCESS_SECONDS = 8 * 3_600;
const REFRESH_SECONDS = 184 * 24 * 3_600;

interface Code {
  readonly asked: AuthorizeRequest;
  readonly account: Account;
  readonly endsAt: Date;
}

interface Refresh {
  readonly account: number;
  readonly accessToken: string;
  readonly endsAt: Date;
}

export function createGrants(
  world: Pick<World, "now" | "tokens">,
  app: { readonly clientId: string; readonly clientSecret: string },
): Grants {
  const codes = new Map<string, Code>();
  const refreshes = new Map<string, Refresh>();
  let callback: string | null = null;

  function later(milliseconds: number): Date {
    return new Date(world.now().getTime() + milliseconds);
  }

  function grant(account: number): Json {
    const accessToken = `ghu_${randomBytes(18).toString("hex")}`;
    const refreshToken = `ghr_${randomBytes(38).toString("hex")}`;
    world.tokens.set(accessToken, { kind: "user", account, endsAt: later(ACCESS_SECONDS * 1_000) });
    refreshes.set(refreshToken, { account, accessToken, endsAt: later(REFRESH_SECONDS * 1_000) });
    return {
      access_token: accessToken,
      expires_in: ACCESS_SECONDS,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_SECONDS,
      token_type: "bearer",
      scope: "",
    };
  }

  function exchangeCode(given: Given): Json {
    const code = codes.get(given["code"] ?? "");
    codes.delete(given["code"] ?? "");
    if (code === undefined || code.endsAt <= world.now()) return refused("bad_verification_code");
    if (given["redirect_uri"] !== undefined && given["redirect_uri"] !== code.asked.redirectUri) {
      return refused("redirect_uri_mismatch");
    }
    const verifier = given["code_verifier"] ?? "";
    if (createHash("sha256").update(verifier).digest("base64url") !== code.asked.challenge) {
      return refused("bad_verification_code");
    }
    return grant(code.account.id);
  }

  /** Used once: with it the token that it was given with ends, too. */
  function refresh(given: Given): Json {
    const found = refreshes.get(given["refresh_token"] ?? "");
    refreshes.delete(given["refresh_token"] ?? "");
    if (found === undefined || found.endsAt <= world.now()) return refused("bad_refresh_token");
    world.tokens.delete(found.accessToken);
    return grant(found.account);
  }

  function isClient(id: string, secret: string): boolean {
    return id === app.clientId && secret === app.clientSecret;
  }

  return {
    isClient,
    problemWith({ clientId, redirectUri, state, challenge, method }) {
      if (clientId !== app.clientId) return "There is no App with this client_id.";
      if (callback === null || !isBelow(redirectUri, callback)) {
        return "The redirect_uri is not associated with this application.";
      }
      if (state === "") return "There is no state, so that anybody could finish this sign-in.";
      if (method !== "S256" || !/^[\w-]{43}$/.test(challenge)) {
        return "There is no code_challenge of the method S256, so that anybody could use the code.";
      }
      return null;
    },
    allow(asked, account) {
      const code = randomBytes(10).toString("hex");
      codes.set(code, { asked, account, endsAt: later(CODE_MILLISECONDS) });
      return back(asked, { code });
    },
    deny: (asked) =>
      back(asked, {
        error: "access_denied",
        error_description: "The user has denied your application access.",
      }),
    exchange(given) {
      if (!isClient(given["client_id"] ?? "", given["client_secret"] ?? "")) {
        return refused("incorrect_client_credentials");
      }
      return given["grant_type"] === "refresh_token" ? refresh(given) : exchangeCode(given);
    },
    revoke(accessToken) {
      for (const [token, { accessToken: paired }] of refreshes) {
        if (paired === accessToken) refreshes.delete(token);
      }
      return world.tokens.get(accessToken)?.kind === "user" && world.tokens.delete(accessToken);
    },
    setCallback(url) {
      callback = url;
    },
  };
}

function isBelow(asked: string, callback: string): boolean {
  return URL.canParse(asked) && new URL(asked).origin === new URL(callback).origin;
}

function back({ redirectUri, state }: AuthorizeRequest, answer: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, state })) url.searchParams.set(name, value);
  return url.href;
}

function refused(error: string): Json {
  return {
    error,
    error_description: error.replaceAll("_", " "),
    error_uri: "https://docs.github.com/apps",
  };
}
