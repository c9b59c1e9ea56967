import { html } from "hono/html";
import { sandboxPage } from "../../sandbox-page.ts";
import type { Repository } from "../model.ts";
import { mayWrite } from "../permissions.ts";
import { fullName, type World } from "../world.ts";

/** A new file, filled in by whoever linked here; committed by somebody who may write. */
export function newFilePage(
  world: World,
  repository: Repository,
  { branch, filename, value }: { readonly branch: string; readonly filename: string; readonly value: string },
): Promise<Response> {
  const people = [...world.accounts.values()].filter(
    (account) => account.type === "User" && mayWrite(repository, account),
  );
  return sandboxPage("GitHub", {
    title: `New file in ${fullName(repository)}`,
    body: html`<form method="post">
      <p>
        <label for="filename">Name</label><br />
        <input id="filename" name="filename" value="${filename}" size="40" required />
      </p>
      <p>
        <label for="value">Content</label><br />
        <textarea id="value" name="value">${value}</textarea>
      </p>
      <p>
        <label for="message">Message</label><br />
        <input id="message" name="message" value="Create ${filename}" size="60" required />
      </p>
      <p>
        <label for="as">As</label>
        <select id="as" name="as">
          ${people.map(({ login }) => html`<option>${login}</option>`)}
        </select>
        <button>Commit to ${branch}</button>
      </p>
    </form>`,
  });
}
