import { Hono } from "hono";
import { type AssetName, isAssetName } from "./asset-files.ts";
import { encodedAsset, type Encoding, loadAssets } from "./load-assets.ts";

/** Changes with the content of any of them, so that browsers may keep them for ever. */
export function assetUrl(name: AssetName): string {
  return `/-/assets/${loadAssets().version}/${name}`;
}

/** Stylesheets and scripts: the same for everybody, signed in or not. */
export function createAssetsApp(): Hono {
  const app = new Hono();
  app.get("/-/assets/:version/:name", async (context) => {
    const name = context.req.param("name");
    if (!isAssetName(name)) return context.text("", 404);
    const encoding = encodingFor(context.req.header("accept-encoding") ?? "");
    // Two releases side by side: what one promised for ever must not be the other's.
    const ours = context.req.param("version") === loadAssets().version;
    return context.body(await encodedAsset(name, encoding), 200, {
      "content-type": TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
      "cache-control": ours ? "public, max-age=31536000, immutable" : "no-store",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
      ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
    });
  });
  return app;
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** The smallest that the browser takes; `q=0` says that it does not. */
function encodingFor(accepted: string): Encoding {
  const taken = accepted
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(?:\.0*)?$/.test(one))
    .map((one) => one.split(";")[0] ?? "");
  if (taken.includes("br")) return "br";
  return taken.includes("gzip") ? "gzip" : "identity";
}
