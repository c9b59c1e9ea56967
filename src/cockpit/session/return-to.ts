/**
 * A path of ours that a person may be sent back to, or the overview where what was asked for is none. Browsers take `//host`,
 * `/\host` and schemes for other sites, and leave out tabs and line breaks before they look: nothing of that comes through.
 */
export function ownPath(asked: string | null | undefined): string {
  if (asked === null || asked === undefined || asked.length > LONGEST) return "/";
  if (!/^\/(?![/\\])[!-~]*$/.test(asked) || asked.includes("\\")) return "/";
  const here = "http://holdpoint.invalid";
  if (!URL.canParse(asked, here)) return "/";
  const url = new URL(asked, here);
  // `/x/..//host` becomes `//host` once the dots are followed.
  if (url.origin !== here || url.pathname.startsWith("//")) return "/";
  // Back to a sign-in would be a circle.
  if (/^\/(?:-\/sign-(?:in|out)|signed-in)(?:\/|$)/.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

const LONGEST = 2_000;
