import { createRequire } from "node:module";

/** Beside `src/` and `dist/` alike. */
const OWN = new URL("../../../assets/", import.meta.url);
const packages = createRequire(import.meta.url);

/** Primer's primitives first: sizes and type, then the colours of both themes; its classes stand on them. */
const PRIMER = [
  "@primer/primitives/dist/css/base/size/size.css",
  "@primer/primitives/dist/css/base/typography/typography.css",
  "@primer/primitives/dist/css/functional/size/border.css",
  "@primer/primitives/dist/css/functional/size/radius.css",
  "@primer/primitives/dist/css/functional/size/size.css",
  "@primer/primitives/dist/css/functional/size/size-fine.css",
  "@primer/primitives/dist/css/functional/size/size-coarse.css",
  "@primer/primitives/dist/css/functional/typography/typography.css",
  "@primer/primitives/dist/css/functional/themes/light.css",
  "@primer/primitives/dist/css/functional/themes/dark.css",
  "@primer/css/dist/core.css",
] as const;

/** What browsers load, and the files that each of them is made of. */
export const ASSETS = {
  "primer.css": () => PRIMER.map((path) => packages.resolve(path)),
  "cockpit.css": () => [new URL("cockpit.css", OWN)],
  "htmx.js": () => [packages.resolve("htmx.org/dist/htmx.min.js")],
  "idiomorph.js": () => [packages.resolve("idiomorph/dist/idiomorph-ext.min.js")],
  "cockpit.js": () => [new URL("cockpit.js", OWN)],
  "appearance.js": () => [new URL("appearance.js", OWN)],
  "keys.js": () => [new URL("keys.js", OWN)],
  "live.js": () => [new URL("live.js", OWN)],
  "moments.js": () => [new URL("moments.js", OWN)],
  "morph.js": () => [new URL("morph.js", OWN)],
  "mark.svg": () => [new URL("mark.svg", OWN)],
} as const satisfies Readonly<Record<string, () => readonly (URL | string)[]>>;
export type AssetName = keyof typeof ASSETS;

export function isAssetName(name: string): name is AssetName {
  return Object.hasOwn(ASSETS, name);
}

/** What is ours and modules, which the first of them loads by their names. */
export const MODULES: readonly AssetName[] = [
  "appearance.js",
  "keys.js",
  "live.js",
  "moments.js",
  "morph.js",
];
