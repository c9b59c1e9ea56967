import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { ASSETS, type AssetName, isAssetName } from "./asset-files.ts";

export type Encoding = "br" | "gzip" | "identity";

/** One version for all: a module that another one loads by its name lies beside it, and is of the same release. */
interface LoadedAssets {
  readonly version: string;
  readonly bodies: ReadonlyMap<AssetName, Buffer>;
}
let loaded: LoadedAssets | null = null;
const compressed = new Map<string, Promise<Buffer>>();

/** Read once, at the first page. */
export function loadAssets(): LoadedAssets {
  if (loaded !== null) return loaded;
  const hash = createHash("sha256");
  const bodies = new Map<AssetName, Buffer>();
  for (const name of Object.keys(ASSETS).filter(isAssetName)) {
    const body = readAsset(name);
    hash.update(name).update(body);
    bodies.set(name, body);
  }
  loaded = { version: hash.digest("hex").slice(0, 12), bodies };
  return loaded;
}

/** Compressed once each, when somebody asks. */
export async function encodedAsset(name: AssetName, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const body = loadAssets().bodies.get(name) ?? Buffer.alloc(0);
  if (encoding === "identity") return new Uint8Array(body);
  const key = `${encoding} ${name}`;
  const known = compressed.get(key);
  const work = known ?? compress(body, encoding);
  if (known === undefined) compressed.set(key, work);
  return new Uint8Array(await work);
}

async function compress(body: Buffer, encoding: "br" | "gzip"): Promise<Buffer> {
  if (encoding === "gzip") return await promisify(gzip)(body, { level: 9 });
  return await promisify(brotliCompress)(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
}

function readAsset(name: AssetName): Buffer {
  const text = ASSETS[name]()
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  // Primer's variables come with a comment each, and name maps that are not served.
  return Buffer.from(name === "primer.css" ? withoutComments(text).replaceAll(/\n\s*/g, "\n") : text);
}

function withoutComments(css: string): string {
  const [first = "", ...others] = css.split("/*");
  return first + others.map((piece) => piece.slice(piece.indexOf("*/") + 2)).join("");
}
