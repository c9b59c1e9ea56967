import { createPrivateKey, randomUUID, sign } from "node:crypto";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";

/** Backdated, so that a clock that runs ahead of GitHub's is not "issued in the future". */
const BACKDATE_SECONDS = 60;
/** GitHub refuses more than ten minutes. */
const LIFETIME_SECONDS = 9 * 60;

/**
 * Signs the App's own token (RS256). Each carries a random `jti`: GitHub was seen to answer 404 to a JWT
 * that is identical to one of the same second.
 */
export function createJwtSigner(appId: number, privateKey: string): (now: Date) => string {
  const key = readKey(privateKey);
  const header = encode({ alg: "RS256", typ: "JWT" });
  return (now) => {
    const issuedAt = Math.floor(now.getTime() / 1_000) - BACKDATE_SECONDS;
    const payload = encode({
      iss: String(appId),
      iat: issuedAt,
      exp: issuedAt + LIFETIME_SECONDS,
      jti: randomUUID(),
    });
    const signed = `${header}.${payload}`;
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
  };
}

function readKey(privateKey: string): ReturnType<typeof createPrivateKey> {
  // OpenSSL keeps its errors in a queue that Node reads after each call, and was seen (Node 24.21, OpenSSL 3.5.8) to find there what
  // another call had left behind. Reading empties the queue: a key that is good is read at the second try.
  for (let tries = 1; tries <= 2; tries += 1) {
    try {
      return createPrivateKey(privateKey);
    } catch {
      // The cause is left out: some versions of OpenSSL quote what they could not parse.
    }
  }
  throw new Fault({
    kind: "misconfigured",
    code: "github-forbidden",
    doing: "reading the App's private key",
    detail: wording.githubCredentialsRefused(),
  });
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
