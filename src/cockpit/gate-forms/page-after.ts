/** The page that a form came from, with what became of what was asked. */
export function pageAfter(path: string, requestId: number, hash?: string): string {
  const url = new URL(path, "http://here");
  url.searchParams.set("request", String(requestId));
  return `${url.pathname}${url.search}${hash === undefined ? "" : `#${hash}`}`;
}
