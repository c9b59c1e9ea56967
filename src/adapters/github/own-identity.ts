import { fields, text } from "./json.ts";
import type { Transport } from "./transport.ts";

/** Who we are on GitHub, to know our own writings from those of others. */
export interface OwnIdentity {
  readonly isOwnApp: (appId: number | null) => boolean;
  /** For an account that GitHub says is a bot. */
  readonly isOwnBot: (author: { readonly login: string; readonly appId: number | null }) => Promise<boolean>;
  /** Narrows a list of check runs to our own. */
  readonly checkRunFilter: Readonly<Record<string, unknown>>;
  /** The App's name in addresses; asked for once. */
  readonly slug: () => Promise<string>;
}

/** A bot's login is the App's slug with `[bot]`, which no person can register. The slug may be renamed, the App's number not. */
export function createOwnIdentity(appId: number, transport: Transport): OwnIdentity {
  let slug: string | null = null;

  async function readSlug(): Promise<string> {
    const answer = await transport.send({
      caller: { kind: "app" },
      route: "GET /app",
      parameters: {},
      doing: "reading the App's own name",
    });
    return text(fields(answer.data, "app"), "slug");
  }

  async function ownSlug(): Promise<string> {
    slug ??= await readSlug();
    return slug;
  }

  return {
    isOwnApp: (id) => id === appId,
    isOwnBot: async (author) => {
      if (author.appId !== null) return author.appId === appId;
      return author.login === `${await ownSlug()}[bot]`;
    },
    checkRunFilter: { app_id: appId },
    slug: ownSlug,
  };
}
