import { type Html, html } from "./html.ts";

/** A sentence of ours, with what stands between backticks set off as code. */
export function codeInText(text: string): readonly Html[] {
  return text.split(/(`[^`]+`)/).map((part) => {
    const isCode = part.length > 2 && part.startsWith("`") && part.endsWith("`");
    return isCode ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`;
  });
}
