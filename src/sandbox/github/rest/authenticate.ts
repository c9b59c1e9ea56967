import { verify, type KeyObject } from "node:crypto";
import type { Repository } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { isSelected, type World } from "../world.ts";
import { asJson, type Caller } from "./call.ts";

/** GitHub allows the clocks to differ by so much. */
const LEEWAY_SECONDS = 30;
const LONGEST_JWT_SECONDS = 600;

/** Who a request comes from, by its `Authorization`; throws a 401 for what proves nobody. */
export function authenticate(world: World, publicKey: KeyObject, header: string | null): Caller {
  const [scheme = "", credential = ""] = (header ?? "").split(" ");
  if (!/^(?:bearer|token)$/i.test(scheme) || credential === "") throw unauthorised("Requires authentication");
  if (credential.split(".").length === 3) return checkJwt(world, publicKey, credential);
  const token = world.tokens.get(credential);
  if (token === undefined) throw unauthorised("Bad credentials");
  if (token.kind === "user") {
    const account = world.accounts.get(token.account);
    const isOver = token.endsAt !== null && token.endsAt <= world.now();
    if (account === undefined || isOver) throw unauthorised("Bad credentials");
    return { kind: "user", account };
  }
  const installation = world.installations.get(token.installation);
  if (installation === undefined || token.expiresAt <= world.now()) throw unauthorised("Bad credentials");
  if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
  const { repositories } = token;
  return {
    kind: "installation",
    app: world.app,
    installation: installation.id,
    permissions: token.permissions,
    mayUse: (repository: Repository) =>
      repository.owner.id === installation.account.id &&
      isSelected(installation, repository) &&
      (repositories === null || repositories.includes(repository.id)),
  };
}

/** https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function checkJwt(world: World, publicKey: KeyObject, jwt: string): Caller {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const { alg } = decode(header);
  const claims = decode(payload);
  const signed = Buffer.from(`${header}.${payload}`);
  if (alg !== "RS256" || !verify("RSA-SHA256", signed, publicKey, Buffer.from(signature, "base64url"))) {
    throw unauthorised("A JSON web token could not be decoded");
  }
  if (String(claims["iss"]) !== String(world.app.id)) {
    throw unauthorised("Integration not found");
  }
  const now = world.now().getTime() / 1_000;
  const { iat, exp } = claims;
  if (typeof iat !== "number" || iat > now + LEEWAY_SECONDS) {
    throw unauthorised(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (typeof exp !== "number" || exp <= now - LEEWAY_SECONDS) {
    throw unauthorised(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + LONGEST_JWT_SECONDS + LEEWAY_SECONDS) {
    throw unauthorised("'Expiration time' claim ('exp') is too far in the future");
  }
  return { kind: "app", app: world.app };
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return asJson(JSON.parse(Buffer.from(part, "base64url").toString("utf8")));
  } catch (error) {
    throw new Refusal(401, "A JSON web token could not be decoded", { cause: error });
  }
}

function unauthorised(message: string): Refusal {
  return new Refusal(401, message);
}
