import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps texts in the database so that a copy of it is worth nothing without the settings. */
export interface Sealer {
  readonly seal: (text: string, place: SealedPlace) => Buffer;
  /** null: it was sealed for another place, under a secret that is no longer known, or has been changed. */
  readonly open: (sealed: Buffer, place: SealedPlace) => string | null;
}

/** Where it is kept. What is moved to another row, or to another column of it, does not open. */
export interface SealedPlace {
  readonly purpose: "access token" | "refresh token" | "verifier";
  /** The hash that names the row. */
  readonly row: Buffer;
}

/** The first byte says how it was sealed: AES-256-GCM, then 12 bytes of nonce, the text, and 16 bytes of tag. */
const VERSION = 1;
const NONCE = 12;
const TAG = 16;

const known = new WeakMap<readonly string[], Sealer>();

/** One for each list of secrets: keys are made once. */
export function sealerFor(secrets: readonly string[]): Sealer {
  const sealer = known.get(secrets) ?? createSealer(secrets);
  known.set(secrets, sealer);
  return sealer;
}

/** Keys come from the secrets by HKDF: the first seals, every one of them opens, so that a secret can be replaced in peace. */
export function createSealer(secrets: readonly string[]): Sealer {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), "holdpoint: tokens at rest", 32)),
  );
  const [newest] = keys;
  if (newest === undefined) throw new TypeError("a sealer needs a secret");

  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", newest, nonce, { authTagLength: TAG });
      cipher.setAAD(bindingOf(place));
      const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, hidden, cipher.getAuthTag()]);
    },
    open(sealed, place) {
      if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) return null;
      for (const key of keys) {
        const opened = openWith(key, sealed, place);
        if (opened !== null) return opened;
      }
      return null;
    },
  };
}

function openWith(key: Buffer, sealed: Buffer, place: SealedPlace): string | null {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(bindingOf(place));
  decipher.setAuthTag(sealed.subarray(-TAG));
  try {
    const opened = [decipher.update(sealed.subarray(1 + NONCE, -TAG)), decipher.final()];
    return Buffer.concat(opened).toString("utf8");
  } catch {
    // Its tag does not fit this key and place: what it says is nobody's word.
    return null;
  }
}

function bindingOf({ purpose, row }: SealedPlace): Buffer {
  return Buffer.concat([Buffer.from(`${purpose}\0`), row]);
}
