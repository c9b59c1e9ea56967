import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM_MISSING, findChromium } from "./find-chromium.ts";
import type { Stage } from "./open-stage.ts";

export interface VisitorOptions {
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly javaScript?: boolean;
}

/** Somebody with a browser of their own. What goes wrong in it is kept, and fails the test that asks. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a page of the cockpit and waits until it is all there; answers the status. */
  readonly visit: (path: string) => Promise<number>;
  /** Errors in the console, violations of the content security policy, dialogs, and requests to strangers. */
  readonly problems: () => readonly string[];
  readonly leave: () => Promise<void>;
}

/** A real browser before a whole Holdpoint. */
export interface Browsing {
  readonly stranger: (options?: VisitorOptions) => Promise<Visitor>;
  /** Signed in by picking that person in the sandbox. */
  readonly signIn: (login: string, options?: VisitorOptions) => Promise<Visitor>;
  readonly close: () => Promise<void>;
}

const PATIENCE = 20_000;

export async function openBrowser(stage: Pick<Stage, "url" | "box">): Promise<Browsing> {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error(CHROMIUM_MISSING);
  const browser = await chromium.launch({
    executablePath,
    args: ["--disable-dev-shm-usage", "--disable-lcd-text"],
  });

  async function signIn(login: string, options?: VisitorOptions): Promise<Visitor> {
    const visitor = await arrive(browser, stage, options);
    await visitor.page.goto(`${stage.url}/-/sign-in?return_to=%2F`);
    if (new URL(visitor.page.url()).origin === stage.url) {
      await visitor.page
        .getByRole("main")
        .getByRole("button")
        .or(visitor.page.getByRole("main").getByRole("link"))
        .first()
        .click();
    }
    await visitor.page.getByRole("button", { name: login, exact: true }).click();
    await visitor.page.waitForURL(`${stage.url}/`);
    return visitor;
  }

  return {
    stranger: (options) => arrive(browser, stage, options),
    signIn,
    close: () => browser.close(),
  };
}

async function arrive(
  browser: Browser,
  { url, box }: Pick<Stage, "url" | "box">,
  { theme = "light", width = 1280, javaScript = true }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE);
  const problems: string[] = [];
  const ours = new Set([url, box.githubUrl, box.jiraUrl]);
  await context.route("**/*", async (route) => {
    const asked = route.request().url();
    if (ours.has(new URL(asked).origin)) return await route.continue();
    problems.push(`a request to a stranger: ${asked}`);
    await route.abort();
  });
  // The browser's own word for what the policy has stopped.
  await context.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => console.error('stopped by the policy: ' + event.violatedDirective + ' ' + event.blockedURI))",
  );
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`${message.type()} on ${page.url()}: ${message.text()} ${message.location().url}`);
    }
  });
  page.on("pageerror", (error) => void problems.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`a dialog on ${page.url()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    page,
    context,
    async visit(path) {
      const answer = await page.goto(`${url}${path}`, { waitUntil: "load" });
      return answer?.status() ?? 0;
    },
    problems: () => problems,
    leave: () => context.close(),
  };
}
