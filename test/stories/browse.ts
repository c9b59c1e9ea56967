import type { Shop } from "./shop.ts";

/** A browser without scripts: links, forms and cookies. */
export interface Browser {
  /** Follows redirects of Holdpoint's own, and is whoever the sandbox is asked for. */
  readonly open: (
    path: string,
    form?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly path: string; readonly page: string }>;
}

const MOST_HOPS = 6;

/** Somebody of the sandbox's, who signs in when they are asked to. */
export function browse(shop: Shop, login: string): Browser {
  const cockpit = new URL(shop.holdpoint().url).origin;
  const cookies = new Map<string, string>();

  /** GitHub's own page lets a person be picked; everything else is asked with the cookies that were given. */
  async function ask(at: URL, form: Readonly<Record<string, string>> | undefined): Promise<Response> {
    const picks = at.origin !== cockpit;
    const body = picks ? { ...Object.fromEntries(at.searchParams), login } : form;
    const answer = await fetch(picks ? new URL(at.pathname, at) : at, {
      redirect: "manual",
      headers: {
        accept: "text/html",
        origin: cockpit,
        ...(picks ? {} : { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") }),
      },
      ...(body === undefined ? {} : { method: "POST", body: new URLSearchParams(body) }),
    });
    for (const cookie of picks ? [] : answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return answer;
  }

  return {
    async open(path, form) {
      let at = new URL(path, cockpit);
      let answer = await ask(at, form);
      for (let hop = 0; hop < MOST_HOPS; hop += 1) {
        const next = answer.headers.get("location");
        if (next === null) break;
        at = new URL(next, at);
        // The page that asks who one is has a button; its address begins the sign-in.
        if (at.pathname === "/-/sign-in") at = new URL(`/-/sign-in/github${at.search}`, at);
        answer = await ask(at, undefined);
      }
      return { path: `${at.pathname}${at.search}`, page: await answer.text() };
    },
  };
}
