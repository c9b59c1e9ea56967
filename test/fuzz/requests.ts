import { isUtf8 } from "node:buffer";
import { createHmac, hash } from "node:crypto";
import * as fc from "fast-check";
import { exampleOf } from "../ingress/examples.ts";
import { mutatedBytes } from "./mutate.ts";

export const SECRET = "the fuzz's own secret";
const BODIES = ["{}", "Hello, World!", '{"text":"äöü € 日本語"}', JSON.stringify(exampleOf("push"))];

/** Bytes as they go over the connection, in pieces. */
export interface Sent {
  readonly bytes: Buffer;
  readonly piece: number;
  /** It is right in every way: not to take it would be wrong. */
  readonly isRight: boolean;
}

const PATHS = ["/api/github/webhooks", "/api/jira/webhooks", "/api/github/webhooks?x=1", "/", "//api", "*"];
const SHAPES = ["length", "chunked", "both", "none", "long", "short", "negative"] as const;

/** A request that is right but for what was changed on purpose, and sent in some form of HTTP. */
const made = fc
  .record({
    path: fc.constantFrom(...PATHS, "/api/github/webhooks", "/api/github/webhooks"),
    body: mutatedBytes(
      BODIES.map((text) => Buffer.from(text)),
      { limit: 200_000, grownOneIn: 40 },
    ),
    signature: fc.constantFrom("right", "right", "right", "wrong", "short", "missing", "twice", "sha1"),
    shape: fc.constantFrom(...SHAPES, "length", "chunked", "length"),
    extra: fc.constantFrom(
      "",
      "",
      "",
      "content-encoding: gzip\r\n",
      "transfer-encoding: gzip\r\n",
      "x-github-event: ping\r\n",
      "expect: 100-continue\r\n",
      "connection: upgrade\r\nupgrade: x\r\n",
      `x-long: ${"a".repeat(20_000)}\r\n`,
      "content-type: text/plain\r\n",
      " folded: x\r\n",
    ),
  })
  .map((given) => {
    const { path, body, signature, shape, extra } = given;
    const right = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
    const name = path.includes("jira") ? "x-hub-signature" : "x-hub-signature-256";
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: push\r\nx-github-delivery: ${hash("sha1", body)}\r\n${signed(name, right, signature)}${extra}`;
    const bytes = Buffer.concat([Buffer.from(head, "latin1"), framed(shape, body)]);
    const isRight =
      path.startsWith("/api/github") &&
      signature === "right" &&
      (shape === "length" || shape === "chunked") &&
      extra === "" &&
      isUtf8(body);
    return { bytes, isRight };
  });
/** What was wrongly read once is tried with every byte around it. */
const changed = mutatedBytes(
  ["right", "wrong"].flatMap((signature) =>
    BODIES.slice(0, 3).map((text) => {
      const body = Buffer.from(text);
      const right = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
      const head = `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: push\r\nx-github-delivery: 1\r\n`;
      return Buffer.concat([
        Buffer.from(head + signed("x-hub-signature-256", right, signature)),
        framed("length", body),
      ]);
    }),
  ),
  { limit: 100_000, grownOneIn: 100 },
).map((bytes) => ({ bytes, isRight: false }));

function signed(name: string, right: string, how: string): string {
  switch (how) {
    case "missing":
      return "";
    case "wrong":
      return `${name}: sha256=${"0".repeat(64)}\r\n`;
    case "short":
      return `${name}: ${right.slice(0, -1)}\r\n`;
    case "twice":
      return `${name}: ${right}\r\n${name}: ${right}\r\n`;
    case "sha1":
      return `x-hub-signature: sha1=${"0".repeat(40)}\r\n`;
    default:
      return `${name}: ${right}\r\n`;
  }
}

function framed(shape: (typeof SHAPES)[number], body: Buffer): Buffer {
  const length = (bytes: number) => `content-length: ${String(bytes)}\r\n`;
  const chunk = Buffer.concat([
    // A chunk of nothing would be the end.
    ...(body.length === 0 ? [] : [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]),
    Buffer.from("0\r\n\r\n"),
  ]);
  switch (shape) {
    case "length":
      return Buffer.concat([Buffer.from(`${length(body.length)}\r\n`), body]);
    case "chunked":
      return Buffer.concat([Buffer.from("transfer-encoding: chunked\r\n\r\n"), chunk]);
    case "both":
      return Buffer.concat([Buffer.from(`${length(3)}transfer-encoding: chunked\r\n\r\n`), chunk]);
    case "none":
      return Buffer.concat([Buffer.from("\r\n"), body]);
    case "long":
      return Buffer.concat([Buffer.from(`${length(30_000_000)}\r\n`), body]);
    case "short":
      return Buffer.concat([Buffer.from(`${length(Math.floor(body.length / 2))}\r\n`), body]);
    case "negative":
      return Buffer.concat([Buffer.from(`${length(-1)}\r\n`), body]);
  }
}

export const requests: fc.Arbitrary<Sent> = fc
  .tuple(fc.oneof(made, made, changed), fc.constantFrom(1_000_000, 1_000_000, 700, 11))
  .map(([{ bytes, isRight }, piece]) => ({
    bytes,
    isRight,
    piece: bytes.length > 20_000 ? 1_000_000 : piece,
  }));
