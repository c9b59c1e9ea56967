import { describe, expect, test } from "vitest";
import { findDirt } from "./clean-page.ts";

describe("a page is not clean with", () => {
  test.each([
    ["a script within it", "<p>x</p><script>alert(1)</script>"],
    ["a script from elsewhere", '<script src="https://evil.example/x.js"></script>'],
    ["a style within it", "<style>p{}</style>"],
    ["a painted attribute", '<p style="color:red">x</p>'],
    ["a handler", "<img src=x onerror=alert(1)>"],
    ["a handler of htmx's", '<p hx-on:click="alert(1)">x</p>'],
    ["values that are a script", `<p hx-vals='js:{a: 1}'>x</p>`],
    ["an address that is a script", '<a href="javascript:alert(1)">x</a>'],
    ["an address that is a document", '<a href="data:text/html,x">x</a>'],
    ["a frame", '<iframe src="/"></iframe>'],
    ["another base", '<base href="https://evil.example/">'],
  ])("%s", (_, page) => {
    expect(findDirt(page)).not.toEqual([]);
  });

  test("text says what it likes", () => {
    const page = "<p>&lt;script&gt;alert(1)&lt;/script&gt; style=&quot;x&quot; onerror=alert(1)</p>";
    expect(findDirt(page)).toEqual([]);
  });
});
