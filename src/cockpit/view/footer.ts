import { readFileSync } from "node:fs";
import * as wording from "../../domain/wording/cockpit/layout.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { octicon } from "./octicon.ts";

/** What runs here, and the list of keys, which the script shows. */
export function pageFooter(withKeys: boolean): Html {
  return html`<footer class="hp-footer">
      <span>${wording.releaseName(readVersion())}</span>
    </footer>
    ${withKeys ? keyList() : NOTHING}`;
}

function keyList(): Html {
  const rows = wording.keyList().map(
    ({ keys, does }) =>
      html`<div class="hp-key-row">
        <dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
        <dd>${does}</dd>
      </div>`,
  );
  return html`<dialog class="hp-dialog" id="keys" aria-labelledby="keys-title">
    <div class="hp-dialog-head">
      <h2 id="keys-title">${wording.keyboard()}</h2>
      <form method="dialog">
        <button class="btn btn-sm" aria-label="${wording.closeDialog()}">${octicon("x")}</button>
      </form>
    </div>
    <dl class="hp-key-list">${rows}</dl>
    <div class="hp-check">
      <input type="checkbox" id="single-keys" data-single-keys checked />
      <label for="single-keys">${wording.singleKeys()}</label>
    </div>
  </dialog>`;
}

let version: string | null = null;

/** Of the package; read once. */
function readVersion(): string {
  version ??= versionIn(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  return version;
}

function versionIn(manifest: string): string {
  const read: unknown = JSON.parse(manifest);
  return typeof read === "object" && read !== null && "version" in read ? String(read.version) : "";
}
