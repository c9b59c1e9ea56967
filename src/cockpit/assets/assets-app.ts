import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Hono } from "hono";

/** Beside `src/` and `dist/` alike. */
const OWN = new URL("../../../assets/", import.meta.url);
const packages = createRequire(import.meta.url);

/** What browsers load, and where it lies. */
const FILES = {
  "cockpit.css": () => new URL("cockpit.css", OWN),
  "htmx.js": () => packages.resolve("htmx.org/dist/htmx.min.js"),
} as const satisfies Readonly<Record<string, () => URL | string>>;
export type AssetName = keyof typeof FILES;

interface Asset {
  readonly body: Buffer;
  readonly version: string;
}
const loaded = new Map<AssetName, Asset>();

function load(name: AssetName): Asset {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const body = readFileSync(FILES[name]());
  const asset = { body, version: createHash("sha256").update(body).digest("hex").slice(0, 12) };
  loaded.set(name, asset);
  return asset;
}

/** Changes with the content, so that browsers may keep it for ever. */
export function assetUrl(name: AssetName): string {
  return `/-/assets/${load(name).version}/${name}`;
}

export function createAssetsApp(): Hono {
  const app = new Hono();
  app.get("/-/assets/:version/:name", (context) => {
    const name = context.req.param("name");
    if (!isAssetName(name)) return context.notFound();
    return context.body(new Uint8Array(load(name).body), 200, {
      "content-type": `${name.endsWith(".css") ? "text/css" : "text/javascript"}; charset=utf-8`,
      "cache-control": "public, max-age=31536000, immutable",
    });
  });
  return app;
}

function isAssetName(name: string): name is AssetName {
  return Object.hasOwn(FILES, name);
}
