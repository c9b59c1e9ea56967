import type { Clock } from "../../clock.ts";
import type { CockpitSettings, GitHubSettings } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { SignsIn } from "../../ports/sign-in.ts";
import { browserUrlOf } from "./browser-url.ts";
import { createBoundedFetch } from "./bounded-fetch.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { integer, text } from "./json.ts";
import { createSeenRepositories } from "./seen-repositories.ts";
import { createTokenGrants } from "./token-grants.ts";
import { createUserCalls } from "./user-calls.ts";

export interface SignInOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Another way out, for a GitHub in the same process. */
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMilliseconds?: number;
}

/** The App's sign-in, on behalf of one person at a time. Tokens go to GitHub's two addresses, and nowhere else. */
export function createSignIn(
  settings: { readonly github: Pick<GitHubSettings, "apiUrl">; readonly cockpit: CockpitSettings },
  options: SignInOptions,
): SignsIn {
  const { apiUrl } = settings.github;
  const webUrl = browserUrlOf(apiUrl);
  const { clock } = options;
  function exchangeWith(url: string): Exchange {
    const { fetch, timeoutMilliseconds } = options;
    const bounded = createBoundedFetch({ origin: new URL(url).origin, fetch, timeoutMilliseconds });
    return createExchange(url, bounded, options.log);
  }
  const api = exchangeWith(apiUrl);
  const calls = createUserCalls({ exchange: api, clock });
  const { clientId } = settings.cockpit;
  return {
    authorizeUrl({ state, challenge, redirectUri }) {
      const url = new URL(`${webUrl}/login/oauth/authorize`);
      url.searchParams.set("client_id", clientId);
      url.searchParams.set("redirect_uri", redirectUri);
      url.searchParams.set("state", state);
      url.searchParams.set("code_challenge", challenge);
      url.searchParams.set("code_challenge_method", "S256");
      return url.href;
    },
    ...createTokenGrants({ web: exchangeWith(webUrl), api, clock, app: settings.cockpit }),
    async readUser(accessToken) {
      const user = await calls.read(accessToken, { route: "GET /user", doing: "reading who signs in" });
      return user === null ? null : { id: integer(user, "id"), login: text(user, "login") };
    },
    ...createSeenRepositories({ calls, apiUrl }),
  };
}
