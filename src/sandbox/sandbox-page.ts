import { html } from "hono/html";

/** A piece of a page; whatever is put into one is escaped unless it is a piece itself. */
export type Piece = ReturnType<typeof html>;

const STYLE = html`<style>
  :root {
    color-scheme: light dark;
  }
  body {
    font:
      16px/1.5 system-ui,
      sans-serif;
    margin: 0 auto;
    max-width: 56rem;
    padding: 0 1rem 3rem;
  }
  header {
    border-bottom: 1px solid #8886;
    margin-bottom: 1.5rem;
    padding: 0.75rem 0;
  }
  pre,
  textarea {
    background: #8881;
    border: 1px solid #8886;
    border-radius: 6px;
    box-sizing: border-box;
    font:
      14px/1.5 ui-monospace,
      monospace;
    overflow-x: auto;
    padding: 0.75rem;
    white-space: pre-wrap;
    width: 100%;
  }
  textarea {
    min-height: 24rem;
  }
  table {
    border-collapse: collapse;
  }
  td,
  th {
    border-top: 1px solid #8884;
    padding: 0.3rem 1rem 0.3rem 0;
    text-align: left;
    vertical-align: top;
  }
  button,
  select,
  input {
    font: inherit;
    padding: 0.3rem 0.75rem;
  }
</style>`;

/** A page of something that is only played, and says so. */
export async function sandboxPage(
  of: "GitHub" | "Jira",
  { title, body, status = 200 }: { readonly title: string; readonly body: Piece; readonly status?: number },
): Promise<Response> {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · sandbox ${of}</title>
        ${STYLE}
      </head>
      <body>
        <header><strong>Sandbox ${of}</strong> · played on this machine, nothing here is real</header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return new Response(await page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}
