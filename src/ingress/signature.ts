import { createHmac, createSecretKey, type Hmac, type KeyObject, timingSafeEqual } from "node:crypto";

/** Computes the signature of a body as it comes in, once for each secret, so that a large one never blocks. */
export interface SignatureCheck {
  readonly update: (chunk: Buffer) => void;
  /** Whether the header (`sha256=<64 hex digits>`) is right for any of the secrets. */
  readonly matches: (header: string) => boolean;
}

const SHAPE = /^sha256=[0-9a-f]{64}$/;

/** Prepared once: making a key of a string is a good part of the cost of a small body. */
export function prepareSecrets(secrets: readonly string[]): readonly KeyObject[] {
  return secrets.map((secret) => createSecretKey(secret, "utf8"));
}

/** Several secrets, for a rotation: the old one and the new one are both good while it lasts. */
export function startSignatureCheck(secrets: readonly KeyObject[]): SignatureCheck {
  const digests: readonly Hmac[] = secrets.map((secret) => createHmac("sha256", secret));
  return {
    update(chunk) {
      for (const digest of digests) digest.update(chunk);
    },
    matches(header) {
      if (!SHAPE.test(header)) return false;
      const given = Buffer.from(header.slice("sha256=".length), "hex");
      let good = false;
      // No early exit: the time must not tell which secret it was.
      for (const digest of digests) good = timingSafeEqual(digest.digest(), given) || good;
      return good;
    },
  };
}
