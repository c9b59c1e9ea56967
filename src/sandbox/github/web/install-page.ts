import { html } from "hono/html";
import { sandboxPage } from "../../sandbox-page.ts";
import type { World } from "../world.ts";

/** Where the App is installed on an account. */
export function installPage(world: World): Promise<Response> {
  const installed = new Set([...world.installations.values()].map(({ account }) => account.id));
  const owners = [...world.repositories.values()].map(({ owner }) => owner);
  const accounts = [...world.accounts.values()].filter(
    (account) => account.type === "Organization" || owners.includes(account),
  );
  const rows = accounts.map(
    ({ id, login }) =>
      html`<tr>
        <td>${login}</td>
        <td>
          ${
            installed.has(id)
              ? "installed"
              : html`<form method="post">
                  <input type="hidden" name="account" value="${login}" /><button>Install on ${login}</button>
                </form>`
          }
        </td>
      </tr>`,
  );
  return sandboxPage("GitHub", {
    title: `Install ${world.app.name}`,
    body: html`<table>
      ${rows}
    </table>`,
  });
}
