import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { raw } from "hono/html";
import { type Html, html } from "./html.ts";

/** The pictures that the pages use, by GitHub's own names; each comes in 16 and 24 pixels. */
export const OCTICONS = [
  "alert",
  "alert-fill",
  "archive",
  "arrow-left",
  "arrow-right",
  "beaker",
  "calendar",
  "check",
  "check-circle",
  "check-circle-fill",
  "chevron-down",
  "chevron-right",
  "circle-slash",
  "clock",
  "command-palette",
  "comment",
  "copy",
  "database",
  "device-desktop",
  "diamond",
  "dot",
  "dot-fill",
  "download",
  "eye",
  "eye-closed",
  "file",
  "filter",
  "gear",
  "git-branch",
  "git-commit",
  "git-merge",
  "git-pull-request",
  "graph",
  "history",
  "hourglass",
  "info",
  "issue-closed",
  "issue-opened",
  "issue-reopened",
  "key",
  "law",
  "light-bulb",
  "link",
  "link-external",
  "lock",
  "mark-github",
  "megaphone",
  "moon",
  "north-star",
  "organization",
  "pencil",
  "people",
  "person",
  "plus",
  "pulse",
  "question",
  "repo",
  "rocket",
  "reply",
  "search",
  "server",
  "shield",
  "shield-check",
  "shield-x",
  "sign-out",
  "skip",
  "stop",
  "sun",
  "sync",
  "tag",
  "tools",
  "undo",
  "unlink",
  "unlock",
  "workflow",
  "x",
  "x-circle",
  "x-circle-fill",
  "zap",
] as const;
export type OcticonName = (typeof OCTICONS)[number];

const packages = createRequire(import.meta.url);
const drawn = new Map<string, Html>();

/** One of GitHub's pictures. Without a label it is decoration: the words beside it say the same. */
export function octicon(
  name: OcticonName,
  { size = 16, label }: { readonly size?: 16 | 24; readonly label?: string } = {},
): Html {
  if (label !== undefined) {
    return html`<svg
      class="octicon"
      viewBox="0 0 ${size} ${size}"
      width="${size}"
      height="${size}"
      fill="currentColor"
      role="img"
      aria-label="${label}"
    >
      ${shapeOf(name, size)}
    </svg>`;
  }
  const key = `${name} ${size}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const made = html`<svg
    class="octicon"
    viewBox="0 0 ${size} ${size}"
    width="${size}"
    height="${size}"
    fill="currentColor"
    aria-hidden="true"
  >
    ${shapeOf(name, size)}
  </svg>`;
  drawn.set(key, made);
  return made;
}

/** The paths alone, as the package has them; it is read at most once for each picture. */
function shapeOf(name: OcticonName, size: 16 | 24): Html {
  const key = `${name} ${size} shape`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const svg = readFileSync(packages.resolve(`@primer/octicons/build/svg/${name}-${size}.svg`), "utf8");
  const shape = raw((svg.match(/<path [^<>]*>(?:<\/path>)?/g) ?? []).join(""));
  drawn.set(key, shape);
  return shape;
}
