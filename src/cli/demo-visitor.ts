/** The cockpit's page of a repository, as somebody reads it who is signed in. */
export interface SeenPage {
  readonly status: number;
  /** Its first heading: what the gate says. */
  readonly title: string;
  /** Its words, without markup. */
  readonly words: string;
  /** Where its links lead, in their order. */
  readonly links: readonly string[];
}

export interface DemoVisitor {
  readonly read: (path: string) => Promise<SeenPage>;
}

const MOST_HOPS = 5;

/** Somebody who visits the cockpit without a browser: picked in the sandbox, then with the cookies that Holdpoint gave. */
export function createVisitor(given: {
  readonly cockpit: string;
  readonly github: string;
  readonly login: string;
  readonly signal: AbortSignal;
}): DemoVisitor {
  const { cockpit, github, login, signal } = given;
  const cookies = new Map<string, string>();

  async function ask(address: URL, body?: URLSearchParams): Promise<Response> {
    const ours = address.origin === cockpit;
    const answer = await fetch(address, {
      redirect: "manual",
      signal,
      headers: {
        accept: "text/html",
        ...(ours ? { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") } : {}),
      },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    if (ours) {
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
    }
    return answer;
  }

  /** Follows redirects; at the sandbox, the person is picked. */
  async function follow(from: URL): Promise<Response> {
    let at = from;
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      const picks = at.origin === github;
      const body = picks ? new URLSearchParams([...at.searchParams, ["login", login]]) : undefined;
      const answer = await ask(picks ? new URL(at.pathname, at) : at, body);
      const next = answer.headers.get("location");
      if (next === null) return answer;
      at = new URL(next, at);
    }
    throw new Error(`${from.href} leads nowhere`);
  }

  return {
    async read(path) {
      let answer = await ask(new URL(path, cockpit));
      if (answer.status >= 300 && answer.status < 400) {
        const begin = new URL("/-/sign-in/github", cockpit);
        begin.searchParams.set("return_to", path);
        answer = await follow(begin);
      }
      const page = await answer.text();
      return {
        status: answer.status,
        title: plain(within(page, "h1") ?? ""),
        words: plain(within(page, "main") ?? page),
        links: [...page.matchAll(/<a\b[^<>]{0,300} href="([^"<>]*)"/g)].map(([, href = ""]) => plain(href)),
      };
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** What stands in the first element of a name. */
function within(page: string, name: string): string | null {
  const open = page.indexOf(`<${name}`);
  const from = open < 0 ? -1 : page.indexOf(">", open);
  const to = from < 0 ? -1 : page.indexOf(`</${name}>`, from);
  return to < 0 ? null : page.slice(from + 1, to);
}

/** For looking at in a terminal; nothing is shown as markup anywhere. */
function plain(markup: string): string {
  return markup
    .replaceAll(/<[^<>]*>/g, " ")
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\s+/g, " ")
    .trim();
}
