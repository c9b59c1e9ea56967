import type { Clock } from "../../clock.ts";
import type { InstallationId } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { Authorisation, Caller, Credentials } from "./caller.ts";
import type { Answer } from "./exchange.ts";
import { fields, optionalText, text } from "./json.ts";
import type { Transport } from "./transport.ts";

/** Less is replaced before use: a long job must not lose its token half-way. */
const RENEW_BEFORE_MILLISECONDS = 5 * 60_000;
const FRESH_MILLISECONDS = 10_000;
/** Below this a clock that differs from GitHub's explains no refusal: the JWT is backdated by a minute. */
const NOTABLE_OFFSET_MILLISECONDS = 5_000;

interface InstallationToken {
  readonly header: string;
  readonly mintedAt: number;
  readonly expiresAt: number;
}

/** The App's JWT, and an hour's token for each installation, cached and minted once however many ask. */
export function createAppCredentials(
  signJwt: (now: Date) => string,
  clock: Clock,
  send: Transport["send"],
): Credentials {
  const tokens = new Map<InstallationId, InstallationToken>();
  const minting = new Map<InstallationId, Promise<InstallationToken>>();
  /** GitHub's clock less ours, learned from a refusal. */
  let offset = 0;

  async function authorise(caller: Caller): Promise<Authorisation> {
    if (caller.kind === "app") {
      const jwt = signJwt(new Date(clock.now().getTime() + offset));
      return { header: `Bearer ${jwt}`, fresh: false };
    }
    const token = await tokenFor(caller.installation);
    return {
      header: token.header,
      fresh: clock.now().getTime() - token.mintedAt < FRESH_MILLISECONDS,
    };
  }

  async function tokenFor(installation: InstallationId): Promise<InstallationToken> {
    const cached = tokens.get(installation);
    if (cached !== undefined && cached.expiresAt - clock.now().getTime() > RENEW_BEFORE_MILLISECONDS) {
      return cached;
    }
    const underWay = minting.get(installation) ?? mintAndKeep(installation);
    minting.set(installation, underWay);
    return underWay;
  }

  async function mintAndKeep(installation: InstallationId): Promise<InstallationToken> {
    try {
      const token = await mint(installation);
      tokens.set(installation, token);
      return token;
    } finally {
      minting.delete(installation);
    }
  }

  async function mint(installation: InstallationId): Promise<InstallationToken> {
    let answer = await askForToken(installation);
    if (answer.status === 404) {
      await confirmInstallation(installation);
      answer = await askForToken(installation);
    }
    if (answer.status !== 201) throw unclear(answer.status);
    const data = fields(answer.data, "token");
    const now = clock.now().getTime();
    // GitHub's hour is counted by GitHub's clock.
    const date = Date.parse(answer.headers["date"] ?? "");
    const lifetime = Date.parse(text(data, "expires_at")) - (Number.isNaN(date) ? now + offset : date);
    return { header: `token ${text(data, "token")}`, mintedAt: now, expiresAt: now + lifetime };
  }

  function askForToken(installation: InstallationId): Promise<Answer> {
    return send({
      caller: { kind: "app" },
      route: "POST /app/installations/{installation_id}/access_tokens",
      parameters: { installation_id: installation },
      doing: "asking for an installation's token",
      repeatable: true,
      readsOnly: true,
    });
  }

  /** A 404 on the token alone does not mean that the App was uninstalled. */
  async function confirmInstallation(installation: InstallationId): Promise<void> {
    const answer = await send({
      caller: { kind: "app" },
      route: "GET /app/installations/{installation_id}",
      parameters: { installation_id: installation },
      doing: "looking for an installation",
    });
    if (answer.status === 404) throw gone(wording.githubInstallationGone());
    if (optionalText(fields(answer.data, "installation"), "suspended_at") !== null) {
      throw gone(wording.githubInstallationSuspended());
    }
  }

  function renew(caller: Caller, used: Authorisation, refusal: Answer): boolean {
    if (caller.kind === "app") return learnOffset(refusal);
    if (tokens.get(caller.installation)?.header === used.header) tokens.delete(caller.installation);
    return true;
  }

  function learnOffset(refusal: Answer): boolean {
    const date = Date.parse(refusal.headers["date"] ?? "");
    if (Number.isNaN(date)) return false;
    const seen = date - clock.now().getTime();
    if (Math.abs(seen - offset) < NOTABLE_OFFSET_MILLISECONDS) return false;
    offset = seen;
    return true;
  }

  return { authorise, renew };
}

function gone(detail: string): Fault {
  return new Fault({
    kind: "misconfigured",
    code: "github-forbidden",
    doing: "asking for an installation's token",
    status: 404,
    detail,
  });
}

function unclear(status: number): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: "asking for an installation's token",
    status,
    detail: wording.githubInstallationUnclear(),
  });
}
