import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownPath } from "../../../src/cockpit/session/return-to.ts";

describe("REL-76: where somebody is sent back to", () => {
  test.each([
    ["/acme/storefront", "/acme/storefront"],
    [
      "/acme/storefront?environment=staging&x=%2F%2F#cases",
      "/acme/storefront?environment=staging&x=%2F%2F#cases",
    ],
    ["/a/../b", "/b"],
    ["/", "/"],
    ["/-/signed-in", "/-/signed-in"],
  ])("%s is a path of ours: %s", (asked, path) => {
    expect(ownPath(asked)).toBe(path);
  });

  test.each([
    [""],
    ["acme"],
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["/x\\..\\..\\evil.example"],
    ["https://evil.example"],
    ["http:evil.example"],
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    ["/\n/evil.example"],
    ["/\t/evil.example"],
    [" //evil.example"],
    ["/\r\nset-cookie: x=y"],
    ["/.//evil.example"],
    ["/a/..//evil.example"],
    ["/%2e//evil.example"],
    ["/ü"],
    ["/a b"],
    [`/${"a".repeat(2_000)}`],
    ["/-/sign-in"],
    ["/-/sign-in/github?return_to=/"],
    ["/-/sign-out"],
    ["/signed-in?code=x&state=y"],
  ])("%j is none: the overview", (asked) => {
    expect(ownPath(asked)).toBe("/");
  });

  test("whatever is asked for, a browser stays here", () => {
    const part = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "%2f",
      "//",
      "@",
      ":",
      "evil.example",
      "\t",
      "\n",
      "?",
      "#",
      "a",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => `/${parts.join("")}`),
          fc.string(),
        ),
        (asked) => {
          const path = ownPath(asked);
          expect(new URL(path, "https://holdpoint.example").origin).toBe("https://holdpoint.example");
          expect(path).toMatch(/^\/(?![/\\])/);
        },
      ),
    );
  });

  test("nothing asked is the overview", () => {
    expect([ownPath(null), ownPath(undefined)]).toEqual(["/", "/"]);
  });
});
