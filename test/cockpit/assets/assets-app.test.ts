import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ASSETS, isAssetName } from "../../../src/cockpit/assets/asset-files.ts";
import { assetUrl, createAssetsApp } from "../../../src/cockpit/assets/assets-app.ts";

const app = createAssetsApp();
const names = Object.keys(ASSETS).filter(isAssetName);

async function ask(path: string, encoding = "identity"): Promise<Response> {
  return await app.request(path, { headers: { "accept-encoding": encoding } });
}

describe("what browsers load", () => {
  test.each(names)(
    "%s comes in its type, whole in every encoding, and may be kept for ever",
    async (name) => {
      const plain = await ask(assetUrl(name));
      const type = {
        css: "text/css; charset=utf-8",
        js: "text/javascript; charset=utf-8",
        svg: "image/svg+xml",
      };
      const ending = name.slice(name.lastIndexOf(".") + 1);
      expect(plain.status).toBe(200);
      expect(plain.headers.get("content-type")).toBe(new Map(Object.entries(type)).get(ending));
      expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(plain.headers.get("vary")).toBe("accept-encoding");
      expect(plain.headers.get("content-encoding")).toBeNull();
      const text = await plain.text();
      expect(text.length).toBeGreaterThan(100);

      const brotli = await ask(assetUrl(name), "gzip, deflate, br");
      expect(brotli.headers.get("content-encoding")).toBe("br");
      expect(brotliDecompressSync(await brotli.arrayBuffer()).toString()).toBe(text);

      const gzip = await ask(assetUrl(name), "gzip;q=0.9, br;q=0");
      expect(gzip.headers.get("content-encoding")).toBe("gzip");
      expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(text);
    },
  );

  test("what is of another release is not promised to stay", async () => {
    const answer = await ask("/-/assets/000000000000/cockpit.css");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    "constructor",
    "..%2Fpackage.json",
    "%2e%2e%2fcockpit.css",
    "cockpit.css%00",
    "globals.d.ts",
    "",
  ])("there is no file called %j", async (name) => {
    expect((await ask(`/-/assets/${assetUrl("htmx.js").split("/")[3] ?? ""}/${name}`)).status).toBe(404);
  });

  test("a first visit loads less than 120 KB", async () => {
    const sizes = await Promise.all(
      names.map(async (name) => (await (await ask(assetUrl(name), "br")).arrayBuffer()).byteLength),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000);
  });

  test("no stylesheet loads anything from elsewhere", async () => {
    for (const name of names.filter((one) => one.endsWith(".css"))) {
      const text = await (await ask(assetUrl(name))).text();
      expect(text).not.toMatch(/@import|url\(\s*["']?(?:https?:|\/\/)/i);
    }
  });
});
