import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { Answer } from "./exchange.ts";

/** 100 a page: a hundred thousand of anything is not a list any more. */
const MAX_PAGES = 1_000;

/**
 * Reads pages as GitHub's `Link` header tells, to the end or until `take` says that it has enough. Only the query of the next
 * address is used, on the route that was asked for, and an address on another host is refused: tokens go nowhere else.
 */
export async function readPages(
  readPage: (parameters: Readonly<Record<string, string>>) => Promise<Answer>,
  apiUrl: string,
  take: (answer: Answer) => "more" | "enough",
): Promise<void> {
  let parameters: Readonly<Record<string, string>> = {};
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    // Each page says where the next one is.
    const answer = await readPage(parameters);
    if (take(answer) === "enough") return;
    const next = nextPage(answer, apiUrl);
    if (next === null) return;
    parameters = next;
  }
  throw doubtful(wording.githubPagesEndless());
}

/** The parameters of the next page; null on the last. */
function nextPage(answer: Answer, apiUrl: string): Readonly<Record<string, string>> | null {
  const address = nextAddress(answer.headers["link"] ?? "");
  if (address === null) return null;
  if (!URL.canParse(address, apiUrl) || new URL(address, apiUrl).origin !== new URL(apiUrl).origin) {
    throw doubtful(wording.githubForeignAddress());
  }
  return Object.fromEntries(new URL(address, apiUrl).searchParams);
}

/** RFC 8288, as far as GitHub uses it: `<address>; rel="next", <address>; rel="last"`. */
function nextAddress(header: string): string | null {
  for (const link of header.split(/,\s*(?=<)/)) {
    const close = link.indexOf(">");
    if (link.startsWith("<") && close > 0 && /;\s*rel="?next"?/.test(link.slice(close))) {
      return link.slice(1, close);
    }
  }
  return null;
}

function doubtful(detail: string): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: "reading the next page",
    detail,
  });
}
