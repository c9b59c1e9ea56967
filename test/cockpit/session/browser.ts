import type { OpenCockpit } from "../open-cockpit.ts";
import { COCKPIT_URL } from "../open-cockpit.ts";

/** A browser's cookies, and where it stands. */
export interface Browser {
  readonly cookies: Map<string, string>;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly post: (
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  /** As far as GitHub: the state that it is sent with. */
  readonly begin: (returnTo?: string) => Promise<string>;
  /** GitHub sends it back; the code is the login of whoever says yes. */
  readonly finish: (state: string, login: string) => Promise<Response>;
  readonly signIn: (login: string, returnTo?: string) => Promise<Response>;
}

export function openBrowser({ app }: Pick<OpenCockpit, "app">, url: string = COCKPIT_URL): Browser {
  const cookies = new Map<string, string>();

  async function ask(
    path: string,
    wanted: Readonly<Record<string, string>>,
    sent: { readonly method?: string; readonly body?: string } = {},
  ): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie === "" ? {} : { cookie }), ...wanted };
    const response = await app.request(`${url}${path}`, { ...sent, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  const browser: Browser = {
    cookies,
    get: (path, headers = {}) => ask(path, headers),
    post: (path, form, headers = {}) =>
      ask(
        path,
        { origin: url, "content-type": "application/x-www-form-urlencoded", ...headers },
        { method: "POST", body: new URLSearchParams(form).toString() },
      ),
    async begin(returnTo = "/") {
      const sent = await browser.get(`/-/sign-in/github?return_to=${encodeURIComponent(returnTo)}`);
      return new URL(sent.headers.get("location") ?? url).searchParams.get("state") ?? "";
    },
    finish: (state, login) => browser.get(`/signed-in?code=${login}&state=${encodeURIComponent(state)}`),
    async signIn(login, returnTo = "/") {
      return await browser.finish(await browser.begin(returnTo), login);
    },
  };
  return browser;
}
